"""The manifest of a module: what the site needs to know to take it in."""

from dataclasses import dataclass

from django.utils.functional import Promise

SECTIONS = ("desk", "holdings", "steering", "insight", "registers", "operation")


@dataclass(frozen=True, slots=True)
class MenuPage:
    """A hand-made page in the menu. `permission` is a code, or empty for anyone signed in."""

    title: str | Promise
    url_name: str
    icon: str = ""
    permission: str = ""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of thing that people are told, which each may switch off; `name` is unique in its module.

    `by_mail`: whether mail goes along for those who have not chosen. `permission`: a code; only
    who holds it is asked to choose. Empty is everybody.
    """

    name: str
    title: str | Promise
    by_mail: bool = True
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Module:
    """A module's manifest, named `MODULE` in its `module.py`.

    `section` is the part of the menu, one of `SECTIONS`, and `place` the order there; the
    module's resources follow `pages`. `leans_on` names neighbours of the same floor. `notices`
    are the kinds of notice that the module tells.
    """

    name: str
    title: str | Promise
    section: str
    icon: str = ""
    place: int = 50
    pages: tuple[MenuPage, ...] = ()
    leans_on: tuple[str, ...] = ()
    notices: tuple[NoticeKind, ...] = ()

    def __post_init__(self) -> None:
        if self.section not in SECTIONS:
            raise ValueError(f"{self.name}: no menu section is called {self.section}.")
