"""Inside the copy that `tools/sixty.py` measures: a web process made ready, or the statements of all pages.

tools/sixty_pages.py ready     answer one page as a web process does, and end
tools/sixty_pages.py pages     print the most statements that an object page and a list ask
"""

import json
import sys

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_test_environment
from django.urls import reverse

from meridian.site.front.app import house

NOT_FOUND = 404
UNMADE = {"audit.entry", "audit.change"}


def ready() -> None:
    """Everything that a process loads before its first page."""
    assert house is not None
    answer = Client(SERVER_NAME="localhost").get(reverse("account_login"))
    sys.exit(0 if answer.status_code == 200 else answer.content.decode()[:500])


def statements(client: Client, address: str) -> int:
    """How many statements a page asks when it is opened a second time; none where it is somebody else's."""
    if client.get(address).status_code == NOT_FOUND:
        return 0
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(asked)


def pages() -> None:
    """A row of each register, its page and its list as somebody who may do everything."""
    from house.actors import stage  # noqa: PLC0415
    from house.factory import make  # noqa: PLC0415

    from meridian.engine.resources import resources  # noqa: PLC0415
    from meridian.engine.values import url_of  # noqa: PLC0415

    setup_test_environment()
    with transaction.atomic():
        client = stage().clients["lord"]
        page, listed = {}, {}
        for resource in resources():
            label = resource.model._meta.label_lower
            if label in UNMADE:
                continue
            address = url_of(make(resource.model))
            page[label] = statements(client, address)
            listed[label] = statements(client, f"{address.rstrip('/').rpartition('/')[0]}/")
        menu = client.get("/places/sites/").content.decode()
        transaction.set_rollback(True)
    nav = menu.split("<nav", 1)[1].split("</nav>")[0]
    told = {
        "page": max(page.items(), key=lambda found: found[1]),
        "list": max(listed.items(), key=lambda found: found[1]),
        "resources": len(resources()),
        "menu": nav.count("<li>"),
    }
    sys.stdout.write(f"\n{json.dumps(told)}\n")


if __name__ == "__main__":
    {"ready": ready, "pages": pages}[sys.argv[1]]()
