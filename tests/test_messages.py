"""Every translation has the placeholders of the original. What is still untranslated, `make i18n` names."""

import pytest
from babel.messages.catalog import Catalog
from house.tools import tool

from meridian.site import messages


def test_every_translation_has_the_placeholders_of_the_original():
    assert messages.mistranslated() == []


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
