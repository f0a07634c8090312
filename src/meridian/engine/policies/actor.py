"""The one who acts: an account's rights, folded once per request into a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest


@lru_cache(maxsize=4096)
def matches(pattern: str, code: str) -> bool:
    """Whether a permission pattern covers a code such as `places.site.change`.

    Each of the three segments of a pattern is a word or `*`; a pattern may stop early,
    the missing segments then match anything: `places`, `places.site`, `*.*.view`.
    """
    parts, wanted = pattern.split("."), code.split(".")
    return all(part in ("*", word) for part, word in zip(parts, wanted, strict=False))


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
    """Permissions held at a unit and everything below it; an empty path is everywhere."""

    permissions: frozenset[str]
    unit_path: str = ""

    def covers(self, code: str) -> bool:
        return any(matches(pattern, code) for pattern in self.permissions)

    def limited_to(self, patterns: Iterable[str]) -> "Grant":
        """What of this grant the patterns cover, at the same unit."""
        shared = {overlap(held, asked) for held in self.permissions for asked in patterns}
        return Grant(frozenset(shared - {None}), self.unit_path)


@dataclass(frozen=True, slots=True)
class Actor:
    """An account with its grants as they stand now.

    `scopes` narrows what an API token may do and is None for a signed-in session.
    An actor with `account_id` None and no grants is nobody.
    """

    account_id: int | None
    person_id: int | None
    label: str
    grants: tuple[Grant, ...] = ()
    scopes: frozenset[str] | None = None

    @property
    def known(self) -> bool:
        """Whether somebody has signed in, or the system itself acts."""
        return self.account_id is not None or bool(self.grants)

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


ANONYMOUS = Actor(account_id=None, person_id=None, label="")


def system_actor(label: str) -> Actor:
    """Meridian itself at work: a job, a migration or the demo loader, named by `label`."""
    return Actor(account_id=None, person_id=None, label=label, grants=(Grant(frozenset({"*"})),))
