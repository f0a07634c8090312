"""The generated endpoints: list, read, add, change, remove and its verbs for every resource."""

from typing import Any

import orjson
from django.http import Http404, HttpResponse
from ninja import Body, NinjaAPI, Query, Router
from ninja.errors import HttpError
from ninja.utils import check_csrf

from meridian.engine.api.document import shortened
from meridian.engine.api.idempotency import once
from meridian.engine.api.problems import PROBLEMS, install_handlers
from meridian.engine.api.rows import (
    RowReader,
    command_values,
    etag_of,
    expected_version,
    instance,
    one_row,
    stated_version,
)
from meridian.engine.api.schemas import narrowing, page_of, readable, writable
from meridian.engine.api.served import Served, served_verbs
from meridian.engine.commands import Outcome, Unpermitted, changed_fields, refuse_unpermitted, watching
from meridian.engine.listing.keyset import token_of
from meridian.engine.listing.listing import Listing
from meridian.engine.listing.parameters import refuse_unknown
from meridian.engine.policies import Request, policy_of
from meridian.engine.resources import Resource, resources


def known_actor(request: Request) -> Any:
    """Who asks: a token, or a session whose request carries the CSRF token.

    Only lists and proofs read the query of an address; elsewhere whatever stands there is refused.
    """
    if not request.actor.known:
        return None
    name = str(getattr(request.resolver_match, "url_name", ""))
    if (request.content_type or "").startswith("multipart/") and name not in TAKING_FILES:
        raise HttpError(415, "Send JSON, as application/json: forms are for pages.")
    if request.actor.scopes is None and check_csrf(request, known_actor) is not None:
        raise HttpError(403, "Send the CSRF token of your session as X-CSRFToken.")
    if not (request.method == "GET" and name.endswith(READING_THEIR_QUERY)):
        refuse_unknown(request.GET, ())
    return request.actor


READING_THEIR_QUERY = ("_list", "_proof")
TAKING_FILES = ("exchange_import",)


class Interface(NinjaAPI):
    """An interface at an address."""

    def __init__(self, at: str) -> None:
        super().__init__(
            title="Meridian",
            version="1",
            description="Everything the pages do, for programs. Faults are RFC 9457 problem documents; what a"
            " query asks and nobody knows is one. `Changed-Fields` names what a change changed.",
            auth=known_actor,
            urls_namespace=at.strip("/").replace("/", "-"),
            docs_url=None,
            openapi_url=None,
        )
        self.at = at
        install_handlers(self)

    def get_openapi_schema(self, **_options: Any) -> Any:
        """The OpenAPI document."""
        return shortened(super().get_openapi_schema(path_prefix=self.at))


def add_endpoints(api: NinjaAPI, module: str) -> None:
    """Add the endpoints of every resource of a module."""
    for resource in resources():
        if resource.module() == module and resource.api_fields("r"):
            api.add_router(f"/{resource.address}", _Endpoints(resource).router())


def answer(value: Any, status: int = 200, etag: str = "") -> HttpResponse:
    """JSON as fast as it can be written."""
    made = HttpResponse(orjson.dumps(value, default=str), status=status, content_type="application/json")
    if etag:
        made["ETag"] = etag
    return made


class _Endpoints:
    """The endpoints of one resource."""

    def __init__(self, resource: type[Resource]) -> None:
        self.resource = resource
        self.title = str(resource.model._meta.verbose_name)

    def router(self) -> Router:
        router = Router(tags=[self.resource.module()])
        self._reading(router)
        if self.resource.add:
            self._adding(router)
        if self.resource.change:
            self._changing(router)
        if self.resource.remove:
            self._removing(router)
        for verb in served_verbs(self.resource):
            self._serving(router, verb)
        return router

    def _name(self, verb: str) -> str:
        return f"{self.resource.module()}_{self.resource.noun()}_{verb}"

    def _reading(self, router: Router) -> None:
        resource, row = self.resource, readable(self.resource)
        filters = narrowing(resource)

        @router.get(
            "",
            response={200: page_of(row, resource), **PROBLEMS},
            operation_id=self._name("list"),
            url_name=self._name("list"),
        )
        def rows(request: Request, query: Query[filters]) -> HttpResponse:  # type: ignore[valid-type]
            return answer(self.page(request, query))

        @router.get("/{int:key}", response={200: row, **PROBLEMS}, operation_id=self._name("read"))
        def read(request: Request, key: int) -> HttpResponse:
            found = one_row(resource, request.actor, key)
            if found is None:
                raise Http404
            return answer(found, etag=etag_of(found))

    def page(self, request: Request, query: Any) -> dict[str, Any]:
        if not policy_of(self.resource.model).may(request.actor, "view"):
            raise Unpermitted(f"You may not see {self.resource.model._meta.verbose_name_plural}.")
        listing = Listing(self.resource, request.actor, request.GET, further=("limit",))
        found = listing.page(query.limit)
        keys = [row.pk for row in found.rows]
        rows = self.resource.model._base_manager.filter(pk__in=keys)
        values = RowReader(self.resource, request.actor).rows(rows)
        token = token_of(found.rows[-1], listing.order) if found.next_token else None
        return {"items": [values[key] for key in keys], "next": token}

    def _adding(self, router: Router) -> None:
        resource, entry = self.resource, writable(self.resource, partial=False)

        @router.post("", response={201: readable(resource), **PROBLEMS}, operation_id=self._name("add"))
        def add(request: Request, payload: entry) -> HttpResponse:  # type: ignore[valid-type]
            return once(request, lambda: self.made(request, payload))

    def made(self, request: Request, payload: Any) -> HttpResponse:
        values = command_values(self.resource, payload, request.actor)
        made = self.resource.add(actor=request.actor, **values)
        row = one_row(self.resource, request.actor, made.pk) or {"id": made.pk}
        return answer(row, 201, etag_of(row))

    def _changing(self, router: Router) -> None:
        resource, change = self.resource, writable(self.resource, partial=True)

        @router.patch(
            "/{int:key}", response={200: readable(resource), **PROBLEMS}, operation_id=self._name("change")
        )
        def change_row(request: Request, key: int, payload: change) -> HttpResponse:  # type: ignore[valid-type]
            return once(request, lambda: self.changed(request, key, payload))

    def changed(self, request: Request, key: int, payload: Any) -> HttpResponse:
        row = instance(self.resource, request.actor, key)
        if row is None:
            raise Http404
        values = command_values(self.resource, payload, request.actor)
        with watching() as seen:
            self.resource.change(
                actor=request.actor, row=row, expected_version=expected_version(request), **values
            )
        found = one_row(self.resource, request.actor, key)
        return self.told(answer(found, etag=etag_of(found or {})), seen)

    def _removing(self, router: Router) -> None:
        @router.delete("/{int:key}", response={204: None, **PROBLEMS}, operation_id=self._name("remove"))
        def remove(request: Request, key: int) -> HttpResponse:
            row = instance(self.resource, request.actor, key)
            if row is None:
                raise Http404
            remove: Any = self.resource.remove
            refuse_unpermitted(remove.facts, request.actor)
            remove(actor=request.actor, row=row, expected_version=stated_version(request, remove))
            return HttpResponse(status=204)

    def _serving(self, router: Router, verb: Served) -> None:
        """`POST …/{id}/{verb}`: 204 when the row is not the actor's to see any more afterwards."""
        row = readable(self.resource)
        serve = router.post(
            f"/{{int:key}}/{verb.name}",
            response={200: row, 204: None, **PROBLEMS},
            operation_id=self._name(verb.name),
            summary=verb.name.replace("_", " ").capitalize(),
            description=verb.verb.meaning,
        )
        if verb.schema is None:

            @serve
            def act(request: Request, key: int) -> HttpResponse:
                return once(request, lambda: self.acted(request, key, verb, None))

            return
        entry = verb.schema
        default: Any = ... if verb.needs_body else None

        @serve
        def act_with(
            request: Request,
            key: int,
            payload: entry = Body(default),  # type: ignore[valid-type] # noqa: B008
        ) -> HttpResponse:
            return once(request, lambda: self.acted(request, key, verb, payload))

    def acted(self, request: Request, key: int, verb: Served, payload: Any) -> HttpResponse:
        row = instance(self.resource, request.actor, key)
        if row is None:
            raise Http404
        # Before any reference is looked up: who may not act learns nothing of them.
        refuse_unpermitted(verb.carry_out.facts, request.actor)
        given = {**verb.values(payload, request.actor), verb.verb.target: row}
        version = stated_version(request, verb.carry_out)
        with watching() as seen:
            made = verb.carry_out(actor=request.actor, expected_version=version, **given)
        goes_on = made.pk if isinstance(made, self.resource.model) else key
        found = one_row(self.resource, request.actor, goes_on)
        if found is None:
            return HttpResponse(status=204)
        return self.told(answer(found, etag=etag_of(found)), seen)

    def told(self, made: HttpResponse, seen: list[Outcome]) -> HttpResponse:
        """Say which fields of the row differ now: `Changed-Fields` is empty when it was so already."""
        readable = self.resource.api_fields("r")
        fields = changed_fields(self.resource.model, seen)
        made["Changed-Fields"] = ", ".join(name for name in fields if name in readable)
        return made
