"""What the environment says reaches the settings, and what it says wrongly is told in a sentence."""

import threading
from pathlib import Path

import pytest

from meridian.kernel.console import Fault
from meridian.site import environment


def test_a_url_names_host_user_password_and_options(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://anna:p%40ss@db.example.org:5433/desk?sslmode=require")
    found = environment.database(tmp_path)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.org", "5433", "desk")
    assert (found["USER"], found["PASSWORD"]) == ("anna", "p@ss")
    assert found["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    "url", ["postgresql://anna@%2Frun%2Fpostgres/desk", "postgres:///desk?host=/run/postgres&user=anna"]
)
def test_a_url_may_name_the_folder_of_a_socket(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    found = environment.database(tmp_path)
    assert (found["HOST"], found["USER"], found["NAME"]) == ("/run/postgres", "anna", "desk")


@pytest.mark.parametrize(
    "url",
    ["mysql://a@b/c", "desk", "postgresql://host:port/desk", "postgresql://host", "postgresql://h/d?no=1"],
)
def test_a_url_that_cannot_be_meant_is_told_without_its_password(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url.replace("://", "://u:hidden@") if "@" not in url else url)
    with pytest.raises(Fault, match="DATABASE_URL") as told:
        environment.database(tmp_path)
    assert "hidden" not in told.value.message


def test_without_a_url_the_embedded_server_is_meant(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert environment.database(tmp_path)["HOST"] == str(tmp_path / "postgres")


def test_processes_pool_connections_only_when_told(monkeypatch, tmp_path):
    assert "pool" not in environment.database(tmp_path)["OPTIONS"]
    monkeypatch.setenv("MERIDIAN_POOL_CONNECTIONS", "4")
    assert environment.database(tmp_path)["OPTIONS"]["pool"]["max_size"] == 4


def test_the_secret_key_is_made_once_and_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("MERIDIAN_SECRET_KEY", raising=False)
    keys = []
    makers = [
        threading.Thread(target=lambda: keys.append(environment.secret_key(tmp_path / "v"))) for _ in range(8)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(set(keys)) == 1
    assert len(keys[0]) > 60
    assert (tmp_path / "v" / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [place.name for place in (tmp_path / "v").iterdir()] == ["secret_key"]


def test_the_owner_differs_by_user_alone(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://service@db.example.org/desk")
    monkeypatch.setenv("MERIDIAN_OWNER_URL", "postgresql://owner:secret@db.example.org/desk")
    served = environment.database(Path("/nowhere"))
    owner = environment.database_owner(served)
    assert (served["USER"], owner["USER"], owner["PASSWORD"]) == ("service", "owner", "secret")
    monkeypatch.setenv("MERIDIAN_OWNER_URL", "postgresql://owner@db.example.org/other")
    with pytest.raises(Fault, match="another database"):
        environment.database_owner(served)
    monkeypatch.delenv("MERIDIAN_OWNER_URL")
    assert "USER" not in environment.database_owner(served)
