"""People who sign in through an identity provider: what proves them anew is asked for there."""

import json
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.core.cache import cache
from django.test import Client
from house.factory import MAKER

from meridian.engine.audit.models import Entry
from meridian.registers.access.commands import add_account
from meridian.registers.access.models import Account

pytestmark = pytest.mark.django_db
ADD, NEW_TOKEN = "/account/2fa/webauthn/add/", "/access/api-tokens/new/"
LOGIN = "/account/oidc/organisation/login/"
CLIENT = "meridian"


class Provider(ThreadingHTTPServer):
    """A small OpenID Connect provider that knows one person; `asked_at` is when it last asked for proof."""

    asked_at: float | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def answer(self, path: str) -> dict[str, Any]:
        if path == "/token":
            return {"access_token": "access", "token_type": "Bearer", "id_token": self.id_token()}
        if path == "/who":
            return self.person()
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/ask",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/who",
            "jwks_uri": f"{self.url}/keys",
        }

    def person(self) -> dict[str, Any]:
        return {"sub": "7", "email": "amina@meridian.example", "email_verified": True}

    def id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 60, **self.person()}
        if self.asked_at is not None:
            claims["auth_time"] = int(self.asked_at)
        return jwt.encode(claims, "a secret of the provider, long enough", algorithm="HS256")


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        body = json.dumps(self.server.answer(urlsplit(self.path).path)).encode()
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_said: Any) -> None:
        pass


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    cache.clear()
    server = Provider(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    application = {
        "provider_id": "organisation",
        "name": "Single sign-on",
        "client_id": CLIENT,
        "secret": "shared",
        "settings": {"server_url": server.url},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [application], "OAUTH_PKCE_ENABLED": True}}
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def account() -> Account:
    return add_account(actor=MAKER, username="amina", email="amina@meridian.example", language="en")


def through(client: Client, address: str) -> tuple[dict[str, list[str]], Any]:
    """What the provider is asked, and the answer of the house once it has answered."""
    sent = client.post(address)
    assert sent.status_code == 302, sent.content
    asked = parse_qs(urlsplit(sent["Location"]).query)
    back = client.get(f"{LOGIN}callback/", {"code": "once", "state": asked["state"][0]})
    return asked, back


def test_single_sign_on_opens_the_account_with_the_verified_address(provider, account):
    client = Client()
    through(client, LOGIN)
    assert client.get("/account/own/").status_code == 200
    entry = Entry.objects.filter(command="access.account.sign_in").get()
    assert entry.actor_id == account.pk


@pytest.mark.parametrize("address", [ADD, "/account/2fa/totp/activate/", NEW_TOKEN])
def test_whoever_has_no_password_here_is_asked_anew_there_before_a_passkey_or_token(
    provider, account, address
):
    client = Client()
    # The provider opens by a session of its own and has asked nobody for an hour.
    provider.asked_at = time.time() - 3600
    through(client, LOGIN)
    refused = client.get(address, follow=True)
    assert refused.redirect_chain[-1][0].startswith(LOGIN)
    asking = refused.redirect_chain[-1][0]
    assert client.post(ADD, {})["Location"].startswith(LOGIN)

    asked, _back = through(client, asking)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    # Whoever takes the demand out of the address comes back with an old proof, which is none.
    assert client.get(address, follow=True).redirect_chain[-1][0].startswith(LOGIN)

    provider.asked_at = time.time()
    _asked, back = through(client, asking)
    assert back["Location"] == address
    assert client.get(address).status_code == 200


def test_a_provider_that_does_not_say_when_it_asked_proves_nothing_anew(provider, account):
    client = Client()
    through(client, LOGIN)
    assert client.get(ADD)["Location"].startswith(LOGIN)


def test_without_a_provider_one_is_told_to_sign_in_again(provider, account, settings):
    client = Client()
    through(client, LOGIN)
    settings.SOCIALACCOUNT_PROVIDERS = {}
    refused = client.get(ADD)
    assert refused.status_code == 403
    assert "Sign out and in again" in refused.content.decode()
