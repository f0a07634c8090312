"""No body is a fault of the program: fields by the thousand, nested parts, odd encodings, halves.

At the real server, as somebody signed in and as a stranger: an answer in words, with a way on.
"""

import http.client
import itertools
import json
from collections.abc import Iterator

import pytest
from django.conf import settings
from house.actors import signed_in, stage
from house.hostile import FILE_NAMES
from house.running import HOST, Running, running

pytestmark = pytest.mark.django_db(transaction=True)
CSRF = "b" * 32
FORM, PARTS, JSON = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=edge",
    "application/json",
)
WAYS = ("/access/accounts/new/", "/access/accounts/bulk/", "/access/accounts/import/", "/account/login/")
PROGRAMS = "/api/access/accounts"


def part(head: str, body: str = "x") -> str:
    return f"--edge\r\n{head}\r\n\r\n{body}\r\n"


def named(name: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}'


END = "--edge--\r\n"
NESTED = "".join(
    f"--e{depth}\r\nContent-Type: multipart/mixed; boundary=e{depth + 1}\r\n\r\n" for depth in range(300)
)
# What is sent as which kind.
BODIES: dict[str, tuple[str, str | bytes]] = {
    "fields by the thousand": (FORM, "&".join(f"f{number}=x" for number in range(5_000))),
    "rows by the thousand": (FORM, "action=change&" + "&".join(f"key={number}" for number in range(5_000))),
    "one long field": (FORM, "username=" + "x" * 60_000),
    "broken escapes": (FORM, "username=%&%zz=%e&%ff=%ED%A0%80&=&&=x"),
    "NUL in names": (FORM, b"user\0name=\0&\0=\0"),
    "parts by the thousand": (PARTS, "".join(part(named(f"f{n}")) for n in range(3_000)) + END),
    "files by the dozen": (
        PARTS,
        "".join(part(named("file", f'; filename="f{n}.csv"')) for n in range(50)) + END,
    ),
    "parts within parts": (PARTS.replace("edge", "e0"), NESTED),
    "a part without an end": (PARTS, part(named("file", '; filename="rows.csv"'))[:-5]),
    "a part without a head": (PARTS, "--edge\r\n\r\nx\r\n" + END),
    "a part without a name": (PARTS, part("Content-Disposition: form-data") + END),
    "a head without end": (PARTS, part(named("file") + "\r\nX-More: " + "x" * 100_000) + END),
    "heads by the thousand": (
        PARTS,
        part(named("f") + "".join(f"\r\nX-{n}: x" for n in range(3_000))) + END,
    ),
    "no boundary": ("multipart/form-data", part(named("f")) + END),
    "a boundary without end": (f"multipart/form-data; boundary={'e' * 500}", part(named("f")) + END),
    "a boundary of odd letters": ("multipart/form-data; boundary=\xe9\xff", part(named("f")) + END),
    "base64 that is none": (PARTS, part(named("f") + "\r\nContent-Transfer-Encoding: base64", "!!!") + END),
    "an encoding of parts that is none": (
        PARTS,
        part(named("f") + "\r\nContent-Type: text/plain; charset=hex"),
    ),
    "an encoded name": (PARTS, part(named("f", "; filename*=utf-16''%ff%fe%00")) + END),
    "an encoded name in no encoding": (PARTS, part(named("f", "; filename*=nonsense''%ff")) + END),
    "nothing": (FORM, ""),
    "no parts": (PARTS, ""),
    "an odd kind": ("text/xml", "<a/>"),
    "no kind": ("", "username=x"),
    "a kind that is none": ("/;;;=", "username=x"),
    "JSON at a form": (JSON, "[" * 100_000),
    **{
        f"{kind.split(';', 1)[0]} in {charset}": (f"{kind}; charset={charset}", body)
        for kind, body in ((FORM, "username=x"), (PARTS, part(named("username")) + END), (JSON, "{}"))
        for charset in ("nonsense", "utf-16", "hex", "idna", "punycode", "undefined", "utf-7", "x" * 2_000)
    },
    **{
        f"a file called {name[:20]!r}": (
            PARTS,
            part(named("file", f'; filename="{name}"'), "code\r\nx") + END,
        )
        for name in FILE_NAMES
    },
}


@pytest.fixture(scope="module")
def house(django_db_setup: None) -> Iterator[Running]:
    with running() as found:
        yield found


@pytest.fixture
def cookies(seeded) -> dict[str, str]:
    key = signed_in(stage().accounts["lord"]).cookies[settings.SESSION_COOKIE_NAME].value
    csrf = f"{settings.CSRF_COOKIE_NAME}={CSRF}"
    return {"lord": f"{settings.SESSION_COOKIE_NAME}={key}; {csrf}", "stranger": csrf}


def send(port: int, way: str, kind: str, body: bytes, cookie: str) -> tuple[int, str, str]:
    """Status, kind of the answer, and the answer."""
    visitor = http.client.HTTPConnection(HOST, port, timeout=60)
    headers = {"Cookie": cookie, "X-CSRFToken": CSRF, "Content-Length": str(len(body))}
    visitor.putrequest("POST", way)
    for name, value in {**headers, "Content-Type": kind}.items():
        visitor.putheader(name, value.encode("latin-1"))
    try:
        visitor.endheaders(body)
        answer = visitor.getresponse()
        return answer.status, answer.getheader("Content-Type") or "", answer.read().decode()
    finally:
        visitor.close()


def test_whatever_stands_in_a_body_the_answer_is_in_words_and_leads_on(house, cookies):
    faults = []
    for who, way, (told, (kind, text)) in itertools.product(cookies, (*WAYS, PROGRAMS), BODIES.items()):
        body = text.encode(errors="surrogateescape") if isinstance(text, str) else text
        try:
            status, given, answer = send(house.port, way, kind, body, cookies[who])
        except (OSError, http.client.HTTPException) as fault:
            faults.append(f"{who} {way} {told}: no answer, {fault!r}")
            continue
        if status >= 500:
            faults.append(f"{who} {way} {told}: {status}")
        elif status >= 400 and way == PROGRAMS:
            if not (given.startswith("application/problem+json") and json.loads(answer)["detail"]):
                faults.append(f"{who} {way} {told}: {status} {given} {answer[:80]}")
        elif status >= 400 and given.startswith("application/json"):
            assert who == "stranger", "the library of signing in answers programs by itself"
            assert "errors" in answer
        elif status >= 400 and not ("<h1" in answer and 'href="/' in answer):
            faults.append(f"{who} {way} {told}: {status} without words or a way on: {answer[:80]}")
    assert not faults, f"{len(faults)}:\n" + "\n".join(faults)
