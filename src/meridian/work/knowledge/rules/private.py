"""Taking out of a text what is private, before others read it."""

import re
from collections.abc import Iterable

E_MAIL = re.compile(r"(?<![\w.+'-])[\w.+'-]++@[\w-]+(?:\.[\w-]+)+")
LINK = re.compile(r"\b(?:https?|ftp)://[^\s<>]+", re.IGNORECASE)
# An address of the network, of a machine, and a number that somebody may be called or paid by.
NETWORK_ADDRESS = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)|(?<![\w:])(?:[0-9a-fA-F]{1,4}:){3,7}[0-9a-fA-F]{1,4}(?!\w)"
)
HARDWARE_ADDRESS = re.compile(r"(?<!\w)(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}(?!\w)")
ITEM = re.compile(r"\b(?:INC|REQ|CHG|PRB|RITM|SR)[-_ ]?\d{4,}\b", re.IGNORECASE)
LONG_NUMBER = re.compile(r"(?<!\w)\+?\d(?:[ ()./-]{0,2}\d){6,}(?!\w)")
SECRET = re.compile(
    r"((?:password|passwd|passphrase|pin|mot de passe|contraseña|clave|пароль|密码|口令|كلمة (?:السر|المرور))"
    r"\s*(?:is|est|es|was|:|=|：|هي)?\s*[:=：]?\s*)(\S+)",
    re.IGNORECASE,
)
LEAST_LETTERS_OF_A_NAME = 2


def without_private(text: str, names: Iterable[str]) -> str:
    """The text without names, addresses, numbers and passwords: each is replaced by a word in brackets.

    `names` are the people's and places' that the item knows of. What nobody can know by its form, such as a
    disease, stays: a draft is read by its writer before anybody approves it.
    """
    for pattern, word in (
        (E_MAIL, "[e-mail]"),
        (LINK, "[link]"),
        (HARDWARE_ADDRESS, "[address]"),
        (NETWORK_ADDRESS, "[address]"),
        (ITEM, "[number]"),
        (LONG_NUMBER, "[number]"),
    ):
        text = pattern.sub(word, text)
    text = SECRET.sub(r"\1[secret]", text)
    for name in sorted(_names(names), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "[name]", text, flags=re.IGNORECASE)
    return re.sub(r"\[name\](?:\s+\[name\])+", "[name]", text)


def _names(names: Iterable[str]) -> set[str]:
    """Whole names and their parts."""
    whole = {name.strip() for name in names}
    parts = {part for name in whole for part in name.split()}
    return {name for name in whole | parts if len(name) >= LEAST_LETTERS_OF_A_NAME}
