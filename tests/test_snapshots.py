"""What others rely upon is written down, and the pages on modules say what is true."""

from django.utils.translation import override
from house.tools import tool


def test_the_snapshots_are_true():
    assert tool("snapshot").differences(write=False) == []


def test_the_pages_on_modules_are_true():
    with override("en"):
        assert tool("docs").differences(write=False) == []


def test_every_link_of_a_page_leads_somewhere():
    assert tool("docs").broken_links() == []
