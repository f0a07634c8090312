"""The one declaration per model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import override

from meridian.engine.policies import Policy
from meridian.engine.resources.fields import F

if TYPE_CHECKING:
    from meridian.engine.resources.sight import Mention

ABILITIES = ("attachments",)
# What the address of a list says of order and pages.
RESERVED = {"sort", "after", "before"}


@dataclass(frozen=True, slots=True)
class Panel:
    """A titled group of fields in forms and on the detail page."""

    title: str | Promise
    fields: tuple[str, ...]


class Resource:
    """What the house knows of a model; subclasses only fill in attributes.

    `key` is the natural key by which files and the API refer to a row; `known_by` the fields that
    together tell rows apart in files, where neither `key` nor a constraint does; `order` the default
    sort (field names, `-` for descending; the row id is always the last tie-break);
    `related` what lists and labels fetch along; `titled` the fields that make a row's name where its
    text would hold the name of another row, which not every reader may see; `add`, `change`, `remove`
    the commands, None
    where a verb does not exist; `verbs` further commands by action, which the API serves too;
    `unserved` says of a verb why it does not; `dated` is the field by which newer rows are found before
    older ones; `found_as` the reference to the row that the words of this one find, as those of a
    message find its item, `found_for` a field and by its value the action that a reader of these words
    must be permitted on that row (`view` unless said); `state` the field shown as a badge,
    `tones` how each of its values looks; `appended` rows are written once; the trail itself is not
    `audited`. `in_menu` registers stand among all registers, and by `menu_of` in the short menu of a
    kind of person, at a place. A module's own page at a generated address replaces the generated one.
    """

    model: ClassVar[type[models.Model]]
    fields: ClassVar[tuple[F, ...]]
    policy: ClassVar[type[Policy]] = Policy
    key: ClassVar[str] = "id"
    known_by: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]] = ("id",)
    related: ClassVar[tuple[str, ...]] = ()
    titled: ClassVar[tuple[str, ...]] = ()
    panels: ClassVar[tuple[Panel, ...]] = ()
    abilities: ClassVar[tuple[str, ...]] = ()
    state: ClassVar[str] = ""
    tones: ClassVar[Mapping[str, str]] = {}
    icon: ClassVar[str] = ""
    appended: ClassVar[bool] = False
    audited: ClassVar[bool] = True
    in_menu: ClassVar[bool] = True
    menu_of: ClassVar[Mapping[str, int]] = {}
    add: ClassVar[Callable[..., Any] | None] = None
    change: ClassVar[Callable[..., Any] | None] = None
    remove: ClassVar[Callable[..., Any] | None] = None
    verbs: ClassVar[dict[str, Callable[..., Any]]] = {}
    unserved: ClassVar[dict[str, str]] = {}
    dated: ClassVar[str] = ""
    found_as: ClassVar[str] = ""
    found_for: ClassVar[tuple[str, dict[str, str]]] = ("", {})

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        options = cls.model._meta
        known = {field.name for field in (*options.concrete_fields, *options.many_to_many)} - {
            "id",
            "version",
        }
        declared = [row.name for row in cls.fields]
        missing, unknown = known - set(declared), set(declared) - known
        if missing or unknown or len(declared) != len(set(declared)):
            raise TypeError(
                f"{cls.__name__}: fields without a row {sorted(missing)},"
                f" rows without a field {sorted(unknown)}."
            )
        if set(cls.abilities) - set(ABILITIES):
            raise TypeError(
                f"{cls.__name__}: unknown abilities {sorted(set(cls.abilities) - set(ABILITIES))}."
            )
        if set(cls.unserved) - set(cls.verbs):
            raise TypeError(f"{cls.__name__}: no verbs {sorted(set(cls.unserved) - set(cls.verbs))}.")
        states = {str(value) for value, _label in cls.field(cls.state).flatchoices} if cls.state else set()
        if set(cls.tones) != states:
            raise TypeError(
                f"{cls.__name__}: states without a tone {sorted(states - set(cls.tones))},"
                f" tones without a state {sorted(set(cls.tones) - states)}."
            )
        cls.fields = tuple(row.resolved(cls.model) for row in cls.fields)
        if taken := RESERVED & {row.name for row in cls.fields if row.filter}:
            raise TypeError(
                f"{cls.__name__}: {sorted(taken)} can't filter: a list's address means its pages by them."
            )
        for verb in ("add", "change", "remove"):
            if callable(cls.__dict__.get(verb)):
                setattr(cls, verb, staticmethod(cls.__dict__[verb]))

    @classmethod
    def module(cls) -> str:
        return cls.model._meta.app_label

    @classmethod
    def noun(cls) -> str:
        return str(cls.model._meta.model_name)

    @classmethod
    def slug(cls) -> str:
        """The plural in the address: `/places/duty-stations/`."""
        with override("en"):
            return slugify(str(cls.model._meta.verbose_name_plural))

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
