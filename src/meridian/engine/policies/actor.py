"""The one who acts: an account's rights, folded once per request into a value."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from itertools import zip_longest


@lru_cache(maxsize=4096)
def matches(pattern: str, code: str) -> bool:
    """Whether a permission pattern covers a code such as `library.book.change`.

    Each of the three segments of a pattern is a word or `*`; a pattern may stop early,
    the missing segments then match anything: `library`, `library.book`, `*.*.view`.
    """
    parts, wanted = pattern.split("."), code.split(".")
    return all(part in ("*", word) for part, word in zip(parts, wanted, strict=False))


def contains(wide: str, narrow: str) -> bool:
    """Whether every code that `narrow` covers is covered by `wide` too."""
    pairs = zip_longest(wide.split("."), narrow.split("."), fillvalue="*")
    return all(part in ("*", word) for part, word in pairs)


def overlap(first: str, second: str) -> str | None:
    """The pattern of what two patterns both cover; None when they have nothing in common."""
    parts = []
    for one, other in zip_longest(first.split("."), second.split("."), fillvalue="*"):
        if "*" not in (one, other) and one != other:
            return None
        parts.append(other if one == "*" else one)
    return ".".join(parts)


@dataclass(frozen=True, slots=True)
class Grant:
    """Permissions held at a unit and everything below it; an empty path is everywhere.

    `until` is when they end, None for never; what is `lent` by somebody else is not passed on.
    """

    permissions: frozenset[str]
    unit_path: str = ""
    until: datetime | None = None
    lent: bool = False

    def covers(self, code: str) -> bool:
        return any(matches(pattern, code) for pattern in self.permissions)

    def limited_to(self, patterns: Iterable[str]) -> "Grant":
        """What of this grant the patterns cover, at the same unit."""
        shared = (overlap(held, asked) for held in self.permissions for asked in patterns)
        return replace(self, permissions=frozenset(pattern for pattern in shared if pattern is not None))

    def within(self, other: "Grant") -> bool:
        """Whether it gives nothing, nowhere and at no time that the other does not give."""
        ends_in_time = other.until is None or (self.until is not None and self.until <= other.until)
        return (
            ends_in_time
            and self.unit_path.startswith(other.unit_path)
            and all(any(contains(held, asked) for held in other.permissions) for asked in self.permissions)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with its grants as they stand now.

    `scopes` narrows what an API token may do and is None for a signed-in session.
    `confirmed` is false for a session whose password was not given again within minutes.
    `kinds` are the kinds of person that its roles make it, the one whose first page it reads first.
    An actor with `account_id` None and no grants is nobody.
    """

    account_id: int | None
    person_id: int | None
    label: str
    grants: tuple[Grant, ...] = ()
    scopes: frozenset[str] | None = None
    confirmed: bool = True
    kinds: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether somebody has signed in, or the system itself acts."""
        return self.account_id is not None or bool(self.grants)

    @property
    def own_account_id(self) -> int:
        """The account, where only somebody with one can come; `LookupError` for all others."""
        if self.account_id is None:
            raise LookupError(f"{self.label or 'Nobody'} has no account.")
        return self.account_id

    @property
    def kind(self) -> str:
        """The kind of person whose menu and first page are shown; empty for none."""
        return self.kinds[0] if self.kinds else ""

    def holds(self, code: str) -> bool:
        """Whether the actor has the permission at any unit."""
        return self.in_scope(code) and any(grant.covers(code) for grant in self.grants)

    def in_scope(self, code: str) -> bool:
        return self.scopes is None or any(matches(pattern, code) for pattern in self.scopes)

    def unit_paths(self, code: str) -> tuple[str, ...]:
        """The unit paths at which the permission is held; `""` among them means everywhere."""
        if not self.in_scope(code):
            return ()
        return tuple({grant.unit_path for grant in self.grants if grant.covers(code)})

    def may_lend(self, permission: str) -> bool:
        """Whether the actor holds anything by itself, at any unit, of what the permission covers."""
        return self.passes_on(permission) and any(
            grant.limited_to((permission,)).permissions for grant in self.grants if not grant.lent
        )

    def passes_on(self, permission: str) -> bool:
        """Whether all that the permission covers lies within the scopes of the token, if it is one."""
        return self.scopes is None or any(contains(scope, permission) for scope in self.scopes)

    def may_give(self, grant: Grant) -> bool:
        """Whether the actor holds by itself all that the grant gives, and may pass it on.

        Each permission is held in one grant of the actor's own at a unit that covers the
        grant's, for at least as long; a token passes on no more than its scopes.
        """
        return all(
            self.passes_on(asked)
            and any(
                replace(grant, permissions=frozenset({asked})).within(held)
                for held in self.grants
                if not held.lent
            )
            for asked in grant.permissions
        )


ANONYMOUS = Actor(account_id=None, person_id=None, label="")


def system_actor(label: str) -> Actor:
    """Meridian itself at work: a job, a migration or the demo loader, named by `label`."""
    return Actor(account_id=None, person_id=None, label=label, grants=(Grant(frozenset({"*"})),))
