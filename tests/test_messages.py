"""Every catalogue is complete, up to date and has the placeholders of the original."""

import pytest
from babel.messages.catalog import Catalog
from house.tools import tool

from meridian.site import messages


def test_every_catalogue_is_complete():
    assert messages.complaints() == []


def test_every_catalogue_is_up_to_date():
    assert tool("i18n").differences(write=False) == []


@pytest.mark.parametrize(
    ("original", "translation", "holds"),
    [
        ("%(count)s of %(total)s", "%(total)s : %(count)s", True),
        ("%(count)s of %(total)s", "%(count)s", False),
        ("Hello {name}", "Bonjour {nom}", False),
        (("%(n)s day", "%(n)s days"), ("un jour", "%(n)s jours"), True),
        (("%(n)s day", "%(n)s days"), ("%(n)s jour", "des jours"), False),
        (("one day", "%(n)s days"), ("%(n)s", "%(m)s"), False),
    ],
)
def test_placeholders_are_compared(original, translation, holds):
    message = Catalog(locale="fr").add(original, translation)
    assert messages.has_same_placeholders(message) is holds


def test_a_new_message_takes_the_words_another_module_has(tmp_path):
    i18n = tool("i18n")
    template = Catalog()
    template.add("Close", None, [("a.py", 0)])
    text = i18n.rendered(i18n.merged(template, tmp_path / "no.po", "fr", {(None, "Close"): "Fermer"}))
    assert 'msgid "Close"\nmsgstr "Fermer"' in text
    assert "Date" not in text
