"""The manifest of a module: what the site needs to know to take it in."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

# For whom a part of a first page is that every kind of person gets.
EVERYBODY = "everybody"
# The section of a module that the menu does not show.
NO_SECTION = ""
# What a part of a page is put in; docs/developers/slots.md says what each function gets and returns.
SLOTS = (
    *("tile", "panel", "tab", "column", "badge", "action", "first_page"),
    *("requester_panel", "asking_help", "answering_help"),
)
# What takes an offer of a module; the same page says what each function gets and returns.
OFFERS = (
    *("table", "loader", "exact_name", "file_reader", "demo", "actor", "score", "approved"),
    *("promise", "answer_address"),
)
# Dataclasses run code that stands in no file.
GENERATED = "<string>"


@dataclass(frozen=True, slots=True)
class Declared:
    """Something written down in a manifest; `file` and `line` are where, for whoever has to mend it."""

    file: str = field(init=False, repr=False, compare=False, default="")
    line: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename in (__file__, GENERATED):
            frame = frame.f_back
        object.__setattr__(self, "file", frame.f_code.co_filename)
        object.__setattr__(self, "line", frame.f_lineno)


@dataclass(frozen=True, slots=True)
class Section(Declared):
    """A part of the menu: its name for manifests, its title, and its place among the others."""

    name: str
    title: str | Promise
    place: int = 50


@dataclass(frozen=True, slots=True)
class MenuPage(Declared):
    """A hand-made page among all registers, for those whom the page lets in.

    `menu_of` puts it into the short menu of kinds of person, each at a place.
    """

    title: str | Promise
    url_name: str
    icon: str = ""
    menu_of: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class NoticeKind(Declared):
    """A kind of thing that people are told, which each may switch off; `name` is unique in its module.

    `by_mail`: whether mail goes along for those who have not chosen. `permission`: a code; only
    who holds it is asked to choose. Empty is everybody. `by_letter`: the mail is part of a thread that
    another module keeps (it hears of the telling by an event and asks `notices.queries.ways_of`), so the
    bell alone is rung here.
    """

    name: str
    title: str | Promise
    by_mail: bool = True
    permission: str = ""
    by_letter: bool = False


@dataclass(frozen=True, slots=True)
class Part(Declared):
    """A part that the module gives to a page which is not its own.

    `slot` is one of `SLOTS`; `by` the dotted name of a function inside the module, such as
    `pages.parts.site_tiles`, imported when it is first used; `on` the label of a model, such as
    `library.book`, of the module's own floor or a lower one, for `first_page` a kind of person
    or `EVERYBODY`. `place` is the order among the parts of one slot. Only who holds
    `permission` gets the part; empty is everybody who sees the page.
    """

    slot: str
    by: str
    on: str = ""
    place: int = 50
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Offer(Declared):
    """Something that the module offers to a mechanism of the house: `to` is one of `OFFERS`.

    A `table` has a `name` and a `title`, by which it is asked for, and in `proof` the function that
    tells what stands behind its cells; a `file_reader` stands `on` a model. `place` is the order in
    which loaders, and what the demo organisation gets, run.
    """

    to: str
    by: str
    name: str = ""
    title: str | Promise = ""
    on: str = ""
    place: int = 50
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Reaction(Declared):
    """A function that hears of an event of its own or a lower module, such as `servicedesk.ItemOpened`.

    It gets the event once or, after a crash, again: it must bear repetition. The function `when` is
    asked of the event as it is published and touches no row: of others no job is made.
    """

    to: str
    by: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Job(Declared):
    """A function that the worker runs: as often as `cron` says, or when `queue_job` asks for it.

    It must bear repetition. What fails is tried again up to `attempts` times in all, each time later.
    A job with `cron` gets the `timestamp` of its turn, and waits in the queue once at most. Of the jobs
    in a `lane` one runs at a time, in their order.
    """

    by: str
    queue: str = "default"
    cron: str = ""
    attempts: int = 1
    lane: str = ""


@dataclass(frozen=True, slots=True)
class Errand(Declared):
    """Long work that somebody asks for: the worker does it with their rights (docs/developers/errands.md).

    The function `by` gets an `errands.Work` and returns what the person reads at its end, as plain
    values for JSON, which `template` shows; it may leave a file.
    """

    by: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class LinkPurpose(Declared):
    """What a link in a mail may do for whom it was sent to: docs/developers/mailed-links.md.

    `permission` is all that the link gives; the function `by` gets the actor and the row and returns a
    `mailed_links.opening.Opened`. It is good for so many `days`, and `once` unless said otherwise.
    """

    name: str
    title: str | Promise
    by: str
    permission: str
    days: int = 14
    once: bool = True


@dataclass(frozen=True, slots=True)
class System(Declared):
    """A system of the organisation that the module is, wholly or in part, for `docs/systems.md`.

    `pages` are names of addresses, `commands` those of the shell; `proof` is the test in the module
    that holds it against something from outside, such as a published table; `missing` what it can't do yet.
    """

    name: str
    pages: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    proof: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ProofOf(Declared):
    """How a kind of figure on the module's pages is proved: docs/developers/proof.md.

    `by` is the dotted name of a function inside the module, such as `proofs.desks`, imported when
    it is first used; `takes` names the arguments by which it knows which figure is meant. Only
    who holds `permission`, that of the page on which the figure stands, gets the proof; empty is
    everybody who is signed in.
    """

    by: str
    takes: tuple[str, ...] = ()
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Suite(Declared):
    """A suite that holds a system against something from outside, for `meridian conformance`.

    `by` is the dotted name of a function inside the module's room `conformance`, where the files stand
    that it compares with; it is imported when it is first asked and returns a `kernel.conformance.Held`.
    """

    system: str
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Deed(Declared):
    """What the trail notes under a `name` of its own that no command has, and how people call it."""

    name: str
    title: str | Promise


@dataclass(frozen=True, slots=True)
class Module(Declared):
    """A module's manifest, named `MODULE` in its `module.py`.

    `section` is the part of the menu, one that some module declares in its `sections`, or none;
    `place` the order there; the module's resources follow `pages`. `leans_on` names neighbours of
    the same floor. `notices` are the kinds of notice that the module tells; `parts` what it gives
    to pages of others, `offers` what it gives to mechanisms of the house; `reactions` to events;
    `jobs` of the worker, `errands` that people ask of it, `link_purposes` for mails. All of these name
    functions inside the module (`by`), which are imported when they are first used: importing a room
    of a module registers nothing. `kinds` are the kinds of person that the module knows, each with a
    title: they have a menu and a first page. `permissions` are codes that are asked for beside those of
    rows and commands, `deeds` entries of the trail that no command makes, each with its title.
    """

    name: str
    title: str | Promise
    section: str
    icon: str = ""
    place: int = 50
    pages: tuple[MenuPage, ...] = ()
    leans_on: tuple[str, ...] = ()
    notices: tuple[NoticeKind, ...] = ()
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()
    kinds: tuple[tuple[str, str | Promise], ...] = ()
    offers: tuple[Offer, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    jobs: tuple[Job, ...] = ()
    errands: tuple[Errand, ...] = ()
    link_purposes: tuple[LinkPurpose, ...] = ()
    systems: tuple[System, ...] = ()
    proofs: tuple[ProofOf, ...] = ()
    permissions: tuple[str, ...] = ()
    conformance: tuple[Suite, ...] = ()
    deeds: tuple[Deed, ...] = ()

    def functions(self) -> tuple[Part | Offer | Reaction | Job | Errand | LinkPurpose | ProofOf | Suite, ...]:
        """Everything that names a function of the module."""
        return (
            *self.parts,
            *self.offers,
            *self.reactions,
            *self.jobs,
            *self.errands,
            *self.link_purposes,
            *self.proofs,
            *self.conformance,
        )
