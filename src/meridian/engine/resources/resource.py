"""The one declaration per model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise

from meridian.engine.commands import STANDARD, standard_command
from meridian.engine.policies import Policy
from meridian.engine.resources.checks import check_declaration, check_filters
from meridian.engine.resources.fields import F
from meridian.engine.resources.verb import Verb

if TYPE_CHECKING:
    from meridian.engine.resources.sight import Mention


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled group of fields in forms and on the detail page."""

    title: str | Promise
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Concern:
    """That work may concern a row of this kind: the `kind` in a word, and the field by which a row is called.

    Each row of such a resource has its entry among the configuration items (`holdings.configuration`).
    """

    kind: str
    name: str = "name"


class Resource:
    """What the house knows of a model; subclasses only fill in attributes.

    `address` is its word in addresses, `/places/duty-stations/`, which stays whatever its noun becomes;
    `key` is the natural key by which files and the API refer to a row; `known_by` the fields that
    together tell rows apart in files, where neither `key` nor a constraint does; `order` the default
    sort (field names, `-` for descending; the row id is always the last tie-break);
    `related` what lists and labels fetch along; `titled` the fields that make a row's name where its
    text would hold the name of another row, which not every reader may see; `add`, `change`, `remove`
    the commands: the standard ones unless said, None for none, none for rows that are `appended`;
    `verbs` what else may be done to a row (`Verb`); `pages` the module's own pages in the place of
    generated ones, by dotted names inside the module: `{"detail": "pages.site_page"}` (`list`, `detail`,
    `form`, `bulk`, `files` or a verb); `dated` is the field by which newer rows are found before older
    ones; `found_as` the reference to the row that the words of this one find, as those of a message find
    its item, `found_for` a field and by its value the action that a reader of these words must be
    permitted on that row (`view` unless said); `inside` the reference to the row in whose page rows of
    this kind are edited; `state` the field shown as a badge, `tones` how each of its values looks;
    `appended` rows are written once; the trail itself is not `audited`; `concern` lets work refer to rows
    of this kind, `stands_for` names the fields of a row, kind and id, that is another's entry. `in_menu`
    registers stand among all registers, and by `menu_of` in the short menu of a kind of person, at a place.
    `undo` is the command that gives a row back what it held `before` a deed done to many, `undone` the names
    of the deeds that it gives back.
    """

    model: ClassVar[type[models.Model]]
    address: ClassVar[str]
    fields: ClassVar[tuple[F, ...]]
    policy: ClassVar[type[Policy]] = Policy
    key: ClassVar[str] = "id"
    known_by: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("id",)
    related: ClassVar[tuple[str, ...]] = ()
    titled: ClassVar[tuple[str, ...]] = ()
    panels: ClassVar[tuple[Panel, ...]] = ()
    inside: ClassVar[str] = ""
    abilities: ClassVar[tuple[str, ...]] = ()
    state: ClassVar[str] = ""
    tones: ClassVar[Mapping[str, str]] = {}
    icon: ClassVar[str] = ""
    appended: ClassVar[bool] = False
    audited: ClassVar[bool] = True
    in_menu: ClassVar[bool] = True
    menu_of: ClassVar[Mapping[str, int]] = {}
    add: ClassVar[Any] = None
    change: ClassVar[Any] = None
    remove: ClassVar[Any] = None
    undo: ClassVar[Any] = None
    undone: ClassVar[frozenset[str]] = frozenset()
    verbs: ClassVar[tuple[Verb, ...]] = ()
    pages: ClassVar[Mapping[str, str]] = {}
    dated: ClassVar[str] = ""
    found_as: ClassVar[str] = ""
    found_for: ClassVar[tuple[str, dict[str, str]]] = ("", {})
    concern: ClassVar[Concern | None] = None
    stands_for: ClassVar[tuple[str, str] | tuple[()]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "model"):
            # Facets that the resources of several tables share.
            return
        check_declaration(cls)
        cls.fields = tuple(row.resolved(cls.model) for row in cls.fields)
        check_filters(cls)
        shared = [base for base in reversed(cls.__mro__) if base is not Resource]
        said = {name: value for base in shared for name, value in vars(base).items()}
        if cls.undo is not None:
            cls.undo = staticmethod(cls.undo)
        for verb in STANDARD:
            if verb not in said and not cls.appended:
                setattr(cls, verb, staticmethod(standard_command(cls.model, verb)))
            elif callable(said.get(verb)):
                setattr(cls, verb, staticmethod(said[verb]))

    @classmethod
    def module(cls) -> str:
        return cls.model._meta.app_label

    @classmethod
    def package(cls) -> str:
        """The import path of the module that declares it."""
        return cls.__module__.split(".resources", 1)[0]

    @classmethod
    def noun(cls) -> str:
        return str(cls.model._meta.model_name)

    @classmethod
    def verb(cls, name: str) -> Verb | None:
        return next((verb for verb in cls.verbs if verb.name == name), None)

    @classmethod
    def field(cls, name: str) -> Any:
        return cls.model._meta.get_field(name)

    @classmethod
    def tone_of(cls, state: object) -> str:
        """How a value of the field `state` looks; what isn't one looks still."""
        return cls.tones.get(str(state), "still")

    @classmethod
    def row_of(cls, name: str) -> F:
        return next(row for row in cls.fields if row.name == name)

    @classmethod
    def columns(cls) -> list[F]:
        return [row for row in cls.fields if row.column]

    @classmethod
    def filters(cls) -> list[F]:
        return [row for row in cls.fields if row.filter]

    @classmethod
    def form_fields(cls) -> list[str]:
        return [row.name for row in cls.fields if row.form]

    @classmethod
    def api_fields(cls, mode: str) -> list[str]:
        """Names readable (`r`) or writable (`w`) through the API."""
        return [row.name for row in cls.fields if mode in row.api]

    @classmethod
    def mentions(cls, name: str, value_of: Callable[[str], Any]) -> Mapping[str, "Mention"]:
        """The rows that a JSON field names, by the keys of its object; `value_of` reads other fields."""
        return {}

    @classmethod
    def file_fields(cls) -> list[str]:
        return [row.name for row in cls.fields if row.io]

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """The fields by which a line of a file finds its row; `("id",)` when no others tell rows apart."""
        if cls.key != "id":
            return (cls.key,)
        in_files = set(cls.file_fields())
        unique = (
            tuple(constraint.fields)
            for constraint in cls.model._meta.constraints
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None
        )
        return cls.known_by or next((names for names in unique if names and in_files >= set(names)), ("id",))

    @classmethod
    def searched(cls) -> list[F]:
        return [row for row in cls.fields if row.search]
