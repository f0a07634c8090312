"""The demo organisation, walked through as each kind of person: nothing that is shown leads nowhere.

`make soak` has everybody do everything; otherwise what one of them has done is done again by some.
"""

from collections.abc import Iterator

from django.db import connection, transaction
from house.actors import signed_in
from house.crawling import Crowd, Walk
from house.hostile import IS_SOAK
from house.seeds import tampering

from meridian.engine.resources import resources
from meridian.engine.search.documents import searched
from meridian.engine.search.index import rebuild
from meridian.engine.values import resource_name
from meridian.registers.access.models import Account
from meridian.site.demo import loading
from meridian.site.demo.roles import GUESTS

NOW, SCALE, SEED = 1_772_000_000, 0.0005, 7
SHARE = 1 if IS_SOAK else 40
# Of so many rows each search document is like the others, and each row of an export.
MANY_ROWS, FEW_ROWS = 20_000, 1_000


def load_demo() -> None:
    """The demo as `meridian up --demo` loads it; without a soak, less of what is many times the same."""
    loading.load(SCALE, SEED, NOW, lambda _rows: None)
    loading.add_papers()
    if IS_SOAK:
        loading.finish(lambda _rows: None)
        return
    with tampering() as cursor:
        cursor.execute("DELETE FROM inventory_workstation WHERE id > %s", [FEW_ROWS])
    for resource in searched():
        if resource.model._base_manager.count() < MANY_ROWS:
            rebuild(resource)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def long_exports() -> Iterator[tuple[str, str]]:
    """Exports of very many rows that are left to a soak: of those lists one kind of file is asked for."""
    for resource in resources():
        if resource.model._base_manager.count() > MANY_ROWS:
            for kind in ("json", "xlsx"):
                yield f"{resource_name(resource)}-export", kind


def test_whatever_a_person_is_shown_leads_somewhere_and_every_form_can_be_sent_as_it_stands(own_database):
    load_demo()
    crowd = Crowd(SHARE, frozenset() if IS_SOAK else frozenset(long_exports()))
    # In one transaction, so that what was sent can be taken back.
    with transaction.atomic():
        for guest in GUESTS:
            account = Account.objects.get(username=guest.username)
            Walk(guest.username, signed_in(account), crowd).through()
        transaction.set_rollback(True)
    print(dict(crowd.counts))  # noqa: T201 - the figures of a soak
    assert not crowd.faults, "\n".join(crowd.faults)
    lists = {kind.page[0] for kind in crowd.done if getattr(kind, "parameters", None) == {"after"}}
    assert len(lists) > 18, sorted(lists)
    assert crowd.counts["pages"] > 1_200
    assert crowd.counts["odd forms"] > 50
    assert crowd.counts["forms"] > 500
