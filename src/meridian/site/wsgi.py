"""The web application, for granian or any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meridian.site.settings")
os.environ.setdefault("MERIDIAN_POOL_CONNECTIONS", "4")

application = get_wsgi_application()
