"""Every row that work may concern has one entry, which is seen, renamed and removed with it."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from house.factory import MAKER, make
from house.seeds import owning

from meridian.engine.audit import trail
from meridian.engine.listing.lookup import NotKnown, referred_row
from meridian.engine.policies import NOBODY, Policy
from meridian.engine.policies import policy as policies
from meridian.engine.resources import Sight, concerns, unseen_text
from meridian.engine.values import url_of
from meridian.holdings.configuration.facade import entry_of, install_triggers
from meridian.holdings.configuration.models import ConfigurationItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(db):
    return make(concerns()["application"].model, code="MAIL", name="Mail of the house")


def test_every_kind_has_an_entry_for_each_row():
    for kind, resource in concerns().items():
        row = make(resource.model)
        entry = entry_of(row)
        assert (entry.kind, entry.row_id) == (kind, row.pk)
        assert entry.reference == f"{kind}:{getattr(row, resource.key)}"
        assert str(entry.name) == str(getattr(row, resource.concern.name))
        assert url_of(entry) == url_of(row)


def test_an_entry_is_renamed_and_removed_with_its_row(application):
    with trail.entry("tests.write", MAKER):
        type(application).objects.filter(pk=application.pk).update(code="POST", name="Post")
        entry = entry_of(application)
        assert (entry.reference, str(entry)) == ("application:POST", "Post")
        application.delete()
    assert not ConfigurationItem.objects.filter(pk=entry.pk).exists()


def test_rows_written_past_the_models_have_entries(application):
    """Loads are COPY or one INSERT of many rows: the database keeps the entries, no code of ours."""
    with trail.entry("tests.write", MAKER), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO applications_application"
            " (version, code, name, description, unit_id, critical, state)"
            " SELECT 1, 'MANY-' || n, 'Many', '', %s, false, 'planned' FROM generate_series(1, 30) AS n",
            [application.unit_id],
        )
    assert ConfigurationItem.objects.filter(reference__startswith="application:MANY-").count() == 30


def test_rows_that_were_there_before_get_their_entries(application):
    ConfigurationItem.objects.filter(kind="application").delete()
    with owning():
        install_triggers()
    assert str(entry_of(application)) == "Mail of the house"


def test_a_name_a_key_or_a_reference_finds_it(application):
    entry = entry_of(application)
    for words in ("application:MAIL", "MAIL", "mail of the house"):
        assert referred_row(ConfigurationItem, words, MAKER) == entry
    with pytest.raises(NotKnown, match="Mail of the house"):
        referred_row(ConfigurationItem, "Mail of the hose", MAKER)


def test_a_row_that_is_unseen_has_no_entry_to_be_seen(application, monkeypatch):
    class Closed(Policy):
        def rows(self, actor, action):
            return NOBODY

    entry, site = entry_of(application), entry_of(make(concerns()["site"].model))
    monkeypatch.setitem(policies._policies, type(application), Closed(type(application)))
    assert list(ConfigurationItem.objects.permitted(MAKER).filter(pk__in=(entry.pk, site.pk))) == [site]
    assert Sight(MAKER).name(entry) == unseen_text()
    with pytest.raises(NotKnown) as refused:
        referred_row(ConfigurationItem, "MAIL", MAKER)
    assert "Mail of the house" not in str(refused.value)


def test_the_database_holds_what_is_referred_to(application):
    """Two entries of one row can't be."""
    entry = entry_of(application)
    entry.pk, entry.reference = None, "application:OTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Model.save(entry, force_insert=True)
