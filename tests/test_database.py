"""The databases of the tests and of the house."""

import threading

import pytest
from django.db import connection


@pytest.mark.django_db
def test_each_process_has_its_own_migrated_database(worker_id):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database(), to_regclass('django_session') IS NOT NULL")
        name, migrated = cursor.fetchone()
    assert name.endswith(f"_{worker_id}")
    assert migrated


@pytest.mark.django_db(transaction=True)
def test_other_threads_meet_the_same_database():
    names = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_database()")
            names.append(cursor.fetchone()[0])
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert names == [connection.settings_dict["NAME"]]
