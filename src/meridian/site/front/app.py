"""The web application, for granian over RSGI: `granian --interface rsgi meridian.site.front.app:application`.

A body is read before a thread is taken, and an answer is kept aside and sent after the thread has gone:
neither who sends slowly nor who reads slowly holds anything but a little memory.
"""

import os

from django.core.wsgi import get_wsgi_application

from meridian.site.front.limits import THREADS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
os.environ.setdefault("MERIDIAN_POOL_CONNECTIONS", str(THREADS))
os.environ["MERIDIAN_BOUNDED_STATEMENTS"] = "1"

house = get_wsgi_application()

# The front reads settings, which are there from here on.
from meridian.site.front.serving import Front  # noqa: E402

application = Front(house)
