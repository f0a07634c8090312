"""Files, functions and modules stay within their caps, and the ratchet only shrinks."""

import json
import sys

from house.databases import PROJECT_FOLDER
from house.tools import tool

# A dataclass looks its module up by name while it is made.
sizes = sys.modules["tools_sizes"] = tool("sizes")


def test_the_house_is_within_its_caps():
    ratchet = json.loads((PROJECT_FOLDER / "tools" / "sizes.json").read_text())
    assert sizes.complaints(list(sizes.measured(PROJECT_FOLDER)), ratchet) == []


def test_a_file_above_its_cap_is_refused():
    found = sizes.complaints([sizes.Size("a.py", 301, 300)], {})
    assert found == ["a.py has 301 lines, but 300 are its cap: divide it."]


def test_the_ratchet_allows_what_it_names_and_no_more():
    assert sizes.complaints([sizes.Size("a.py", 320, 300)], {"a.py": 320}) == []
    assert len(sizes.complaints([sizes.Size("a.py", 321, 300)], {"a.py": 320})) == 1


def test_no_ratchet_allows_more_than_the_hard_cap():
    assert len(sizes.complaints([sizes.Size("a.py", 401, 300)], {"a.py": 401})) == 1


def test_what_has_shrunk_must_be_written_down():
    shrunk = [sizes.Size("a.py", 310, 300)]
    assert len(sizes.complaints(shrunk, {"a.py": 320})) == 1
    assert sizes.lowered(shrunk, {"a.py": 320}) == {"a.py": 310}


def test_the_ratchet_never_rises_and_forgets_what_is_gone():
    assert sizes.lowered([sizes.Size("a.py", 330, 300)], {"a.py": 320, "gone.py": 350}) == {"a.py": 320}
