"""A supervisor is told whether the process lives and whether people may be sent to it, without signing in."""

import json

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from house.seeds import owning

from meridian.engine.audit.models import Entry


def asked(address: str) -> tuple[int, dict[str, bool]]:
    answer = Client().get(address)
    assert "no-store" in answer["Cache-Control"]
    return answer.status_code, json.loads(answer.content)


def test_a_living_process_answers_without_any_database():
    assert asked("/health") == (200, {"alive": True})


@pytest.mark.django_db
def test_it_is_ready_when_database_migrations_and_worker_are():
    entries = Entry.objects.count()
    assert asked("/ready") == (503, {"database": True, "migrations": True, "worker": False})
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert asked("/ready") == (200, {"database": True, "migrations": True, "worker": True})
    with owning() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name LIKE '0004%'")
    assert asked("/ready") == (503, {"database": True, "migrations": False, "worker": True})
    assert Entry.objects.count() == entries


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_ready(monkeypatch):
    def refuse(*_given: object) -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", refuse)
    assert asked("/ready") == (503, {"database": False, "migrations": False, "worker": False})


@pytest.mark.django_db
def test_only_reading_is_answered():
    assert Client().post("/ready").status_code == 405
    assert settings.SERVICE_ROLE not in Client().get("/ready").content.decode()
