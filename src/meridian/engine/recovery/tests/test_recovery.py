"""A house is copied, changed and lost; what was at each instant comes back, or the reason is said."""

import datetime
import hashlib
import io
import os
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from meridian.engine.postgres.server import Server
from meridian.engine.recovery.following import follow, keep_files, keep_piece
from meridian.engine.recovery.house import House
from meridian.engine.recovery.place import Place
from meridian.engine.recovery.returning import _refuse_odd, give_back
from meridian.engine.recovery.sealing import new_identity, opened, recipient_of, seal
from meridian.engine.recovery.taking import take
from meridian.kernel.console import Fault

MODEST = {"shared_buffers": "16MB", "fsync": "off"}
PATIENCE_SECONDS = 60


def house_in(var: Path) -> House:
    return House(var, var / "files", var / "trail", Server(var / "postgres", MODEST))


def attach(house: House, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    path = house.files / digest[:2] / digest[2:4] / digest
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return digest


def now_of(house: House) -> datetime.datetime:
    with house.connect() as session:
        row = session.execute("SELECT clock_timestamp()").fetchone()
    assert row is not None
    return row[0]


def write(house: House, number: int) -> None:
    with house.connect() as session:
        session.execute("INSERT INTO kept VALUES (%s)", [number])


def numbers(house: House) -> list[int]:
    with house.connect() as session:
        return [row[0] for row in session.execute("SELECT number FROM kept ORDER BY number")]


def hand_over(house: House, place: Place) -> None:
    """Let what is written leave now, not within a minute."""
    known = len(list(place.kept_wal()))
    with house.connect() as session:
        session.execute("SELECT pg_switch_wal()")
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while len(list(place.kept_wal())) == known:
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
        follow(house)


@dataclass
class Lived:
    """A house with three numbers, copied after the first, that was used since."""

    house: House
    place: Place
    key: str
    second_at: datetime.datetime
    files: list[str]


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    root = tmp_path_factory.mktemp("it's a house")
    house, place = house_in(root / "var"), Place(root / "a place")
    house.server.start()
    with house.connect() as session:
        session.execute("CREATE TABLE kept (number integer)")
    for name in ("secret_key", "trail_key", "trail/roots"):
        path = house.var / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"the {name}")
    first = attach(house, b"first")
    write(house, 1)
    take(house, place, keep=7)
    write(house, 2)
    second_at = now_of(house)
    second = attach(house, b"second")
    follow(house)
    write(house, 3)
    hand_over(house, place)
    yield Lived(house, place, house.key(None), second_at, [first, second])
    house.server.stop()


@pytest.fixture
def other(tmp_path):
    house = house_in(tmp_path / "var")
    yield house
    house.server.stop()


def test_everything_comes_back_up_to_the_last_that_was_kept(lived, other):
    returned = give_back(other, lived.place, lived.key, lived.place.chosen(None, None), None)
    assert numbers(other) == [1, 2, 3]
    assert returned.files == len(list(lived.place.files.glob("??/??/*.age"))) >= 2
    for digest in lived.files:
        content = (other.files / digest[:2] / digest[2:4] / digest).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    assert (other.var / "secret_key").read_text() == "the secret_key"
    assert (other.trail / "roots").read_text() == "the trail/roots"
    write(other, 4)
    with other.connect() as session:
        assert session.execute("SHOW archive_command").fetchone() == ("true",)
        assert session.execute("SHOW restore_command").fetchone() == ("",)


def test_an_instant_comes_back(lived, other):
    returned = give_back(
        other, lived.place, lived.key, lived.place.chosen(None, lived.second_at), lived.second_at
    )
    assert numbers(other) == [1, 2]
    assert returned.reached_at <= lived.second_at


def test_an_instant_that_is_not_kept_is_refused_and_leaves_nothing(lived, other):
    later = now_of(lived.house) + datetime.timedelta(days=1)
    with pytest.raises(Fault, match="ends before"):
        give_back(other, lived.place, lived.key, lived.place.chosen(None, later), later)
    assert not other.server.data.exists()
    with pytest.raises(Fault, match="no backup in .* that ended before"):
        lived.place.chosen(None, lived.second_at - datetime.timedelta(days=1))


def test_a_house_that_is_there_is_never_written_over(lived):
    with pytest.raises(Fault, match="There is a database"):
        give_back(lived.house, lived.place, lived.key, lived.place.chosen(None, None), None)
    assert numbers(lived.house) == [1, 2, 3]


def test_nobody_reads_a_backup_without_its_key(lived, other):
    with pytest.raises(Fault, match="sealed for another key"):
        give_back(other, lived.place, new_identity(), lived.place.chosen(None, None), None)
    assert not other.server.data.exists()
    for path in lived.place.folder.rglob("*.age"):
        assert path.read_bytes().startswith(b"age-encryption.org/v1")


def test_a_damaged_copy_is_noticed(lived, other):
    backup = lived.place.chosen(None, None)
    base = lived.place.folder_of(backup.name) / "base.gz.age"
    content = base.read_bytes()
    base.write_bytes(content[: len(content) // 2])
    try:
        with pytest.raises(Fault, match="not what was written"):
            give_back(other, lived.place, lived.key, backup, None)
    finally:
        base.write_bytes(content)


def test_older_backups_go_and_what_only_they_need(tmp_path):
    house, place = house_in(tmp_path / "var"), Place(tmp_path / "place")
    house.server.start()
    try:
        for _round in range(3):
            take(house, place, keep=2)
            # Backups are called by their second.
            time.sleep(1)
    finally:
        house.server.stop()
    known = place.backups()
    assert len(known) == 2
    assert {path.name for path in (place.folder / "backups").iterdir()} == {each.name for each in known}
    assert min(path.name for path in place.kept_wal())[:24] == known[0].first_wal


@pytest.mark.parametrize("name", ["/etc/passwd", "../passwd", "base/../../passwd"])
def test_nothing_is_unpacked_beside_the_folder(name):
    with pytest.raises(Fault, match="no file of a database"):
        _refuse_odd(tarfile.TarInfo(name))


def test_nothing_but_files_and_folders_is_unpacked():
    link = tarfile.TarInfo("base/1")
    link.type = tarfile.SYMTYPE
    with pytest.raises(Fault, match="no file of a database"):
        _refuse_odd(link)


def test_a_place_is_of_one_database(lived, tmp_path):
    with pytest.raises(Fault, match="another database"):
        lived.place.begin("42", lived.house.recipient())
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(Fault, match="other things"):
        Place(tmp_path).begin("42", lived.house.recipient())


def test_two_programs_never_write_to_the_place_at_once(lived):
    with lived.house.alone(waits=True) as first, lived.house.alone(waits=False) as second:
        assert (first, second) == (True, False)
    with lived.house.alone(waits=False) as again:
        assert again


def test_a_file_that_was_attached_later_follows_and_no_other_is_looked_at_again(lived):
    follow(lived.house)
    for folder in lived.house.files.glob("??/??"):
        os.utime(folder, (0, 0))
    new = attach(lived.house, b"third")
    assert keep_files(lived.house, lived.place, lived.house.recipient(), 1.0) == (1, 1)
    assert lived.place.file_of(new).exists()


def test_keys_are_for_their_owner_alone(lived):
    assert lived.house.key_file.stat().st_mode & 0o077 == 0


def test_a_place_that_is_not_mounted_is_not_written_to(lived):
    mark = lived.place.folder / "place.json"
    mark.rename(mark.with_suffix(".away"))
    try:
        with pytest.raises(Fault, match="no place of backups"):
            follow(lived.house)
    finally:
        mark.with_suffix(".away").rename(mark)
    follow(lived.house)


def test_a_piece_is_kept_once_and_another_under_its_name_is_refused(tmp_path):
    key = new_identity()
    place, piece = Place(tmp_path / "place"), tmp_path / "000000010000000000000001"
    place.begin("42", recipient_of(key))
    piece.write_bytes(b"written")
    for _twice in range(2):
        keep_piece(place, recipient_of(key), piece)
    (kept,) = place.kept_wal()
    with opened(kept, key) as file:
        assert file.read() == b"written"
    piece.write_bytes(b"written by another")
    with pytest.raises(FileExistsError):
        keep_piece(place, recipient_of(key), piece)


@pytest.mark.parametrize("size", [0, 1, 65_536, 1_000_001])
def test_what_is_sealed_is_read_again_and_a_lost_end_is_noticed(tmp_path, size):
    key, content = new_identity(), bytes(number * number % 251 for number in range(size))
    path = tmp_path / "sealed"
    seal(io.BytesIO(content), path, recipient_of(key))
    with opened(path, key) as file:
        assert file.read() == content
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(Fault, match="damaged"), opened(path, key) as file:
        file.read()


def test_a_seal_that_fails_leaves_nothing(tmp_path):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise ConnectionError("gone")

    with pytest.raises(ConnectionError):
        seal(Broken(), tmp_path / "sealed", recipient_of(new_identity()))
    assert list(tmp_path.iterdir()) == []
