"""Texts that a person writes in several languages, kept in one column."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meridian.kernel.words import can_be_seen

SOURCE_LANGUAGE = "en"


def language_codes() -> tuple[str, ...]:
    """The codes of the six languages, in the order of the settings."""
    return tuple(code for code, _name in settings.LANGUAGES)


def in_language(texts: dict[str, str] | None, language: str | None = None) -> str:
    """The text in `language` (the reader's when None), else in English, else in any."""
    if not texts:
        return ""
    wanted = language or get_language() or SOURCE_LANGUAGE
    return texts.get(wanted) or texts.get(SOURCE_LANGUAGE) or next(iter(texts.values()), "")


def check_language(code: str) -> None:
    """A validator of the codes of our languages."""
    if code not in language_codes():
        raise ValidationError(
            _("“%(code)s” is none of our languages: %(codes)s."),
            params={"code": code, "codes": ", ".join(language_codes())},
        )


class Translations(dict[str, str]):
    """Language code to text; as a string it is the reader's language."""

    def __str__(self) -> str:
        return in_language(self)


class TranslatedField(models.JSONField):
    """A text per language in one `jsonb` column: `{"en": "Network", "fr": "Réseau"}`.

    Empty languages are not stored; at least one text is needed unless `blank`.
    Each text has at most `max_length` letters, where that is given. `is_long` gives it room in forms.
    """

    description = _("Text in several languages")

    def __init__(self, *args: Any, is_long: bool = False, **kwargs: Any) -> None:
        self.is_long = is_long
        kwargs.setdefault("default", Translations)
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Translations | None:
        found = super().from_db_value(value, expression, connection)
        return None if found is None else Translations(found)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not value.lstrip().startswith("{"):
            return Translations({SOURCE_LANGUAGE: value})
        found = super().to_python(value)
        if not isinstance(found, dict):
            return found
        if self.blank:
            # Blanks alone are no text; where one is needed they are refused.
            found = {
                code: text for code, text in found.items() if not isinstance(text, str) or can_be_seen(text)
            }
        return Translations(found)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if isinstance(value, str):
            value = {SOURCE_LANGUAGE: value}
        return super().get_db_prep_save(value, connection)

    def validate(self, value: Any, model_instance: Any) -> None:
        if isinstance(value, dict):
            unknown = set(value) - set(language_codes())
            if unknown:
                raise ValidationError(
                    _("Unknown language: %(codes)s."), params={"codes": ", ".join(sorted(unknown))}
                )
            self._refuse_too_long(value)
            texts = [text for text in value.values() if text and isinstance(text, str)]
            if not self.blank and not all(map(can_be_seen, texts)):
                raise ValidationError(self.error_messages["blank"], code="blank")
        super().validate(value, model_instance)

    def _refuse_too_long(self, texts: dict[str, Any]) -> None:
        for code, text in texts.items():
            if self.max_length is not None and len(str(text)) > self.max_length:
                raise ValidationError(
                    _("The text in “%(code)s” has %(length)s letters; at most %(most)s are possible."),
                    params={"code": code, "length": len(str(text)), "most": self.max_length},
                )
