"""What a supervisor or balancer asks: does the process live, and may people be sent here?

Anybody may ask; the answers hold no name, number or version.
"""

import functools

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meridian.site import database


@require_safe
@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 while the process lives; nothing else is asked."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and is migrated and a worker lives, else 503 with what is missing."""
    found = {"database": False, "migrations": False, "worker": False}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            found["database"] = True
            found["migrations"] = set(cursor.fetchall()) >= _migrations()
        found["worker"] = database.living_workers() > 0
    except Error:
        pass  # what was not reached stays false
    return JsonResponse(found, status=200 if all(found.values()) else 503)


@functools.cache
def _migrations() -> frozenset[tuple[str, str]]:
    """Every migration of the installed house."""
    return frozenset(MigrationLoader(None).disk_migrations)
