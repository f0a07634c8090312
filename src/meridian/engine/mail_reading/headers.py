"""Headers of mail from anywhere: every encoding read, nothing raised, no line break let through."""

import binascii
import re
import unicodedata
from collections.abc import Iterable
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from itertools import islice

from meridian.engine.attachments.rules import charset_of

# What senders call an encoding, and the one that reads all of what they then write.
WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "iso-2022-jp": "iso2022_jp_ext",
    "ks_c_5601-1987": "cp949",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "cp-1256": "windows-1256",
    "unknown-8bit": "",
}
BRACKETED = re.compile(r"<\s*([^<>\s@]+@[^<>\s@]+)\s*>")
SPACES = re.compile(r"\s+")
MOST_CHARACTERS = 2_000
# Longer headers, and more of one name, are built to harm: what reads them compares each part with all others.
MOST_OF_A_HEADER, MOST_OF_A_NAME = 20_000, 50
MESSAGE_ID = re.compile(r"<([^<>\s]{1,400})>")
ADDRESS = re.compile(r"[^\s@<>\"(),:;\\]{1,64}@[^\s@<>\"(),:;\\]{1,255}")


def in_letters(content: bytes, charset: str = "") -> str:
    """Bytes as text: by the charset that is named, else by the one that they look like. Never raises."""
    name = WIDER.get(charset.lower().strip(), charset.strip())
    for tried in (name, charset_of(content[:65_536])):
        try:
            return content.decode(tried) if tried else content.decode()
        except (LookupError, UnicodeError, ValueError):
            continue
    return content.decode(charset_of(content[:65_536]), "replace")


def plain(text: str) -> str:
    """One line without controls and changes of direction, which no header may carry further."""
    seen = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text)
    return SPACES.sub(" ", seen).strip()[:MOST_CHARACTERS]


def header(message: Message, name: str) -> str:
    """The first header of this name as one plain line; empty when there is none."""
    return next((decoded(value) for value in values(message, name)), "")


def values(message: Message, name: str) -> list[str]:
    """The headers of this name as they stand, within bounds."""
    wanted = name.lower()
    found = (value for key, value in message.raw_items() if key.lower() == wanted)
    return [str(value)[:MOST_OF_A_HEADER] for value in islice(found, MOST_OF_A_NAME)]


def decoded(value: str) -> str:
    """Encoded words (RFC 2047) and bare bytes as text, in one line."""
    try:
        pieces = decode_header(value)
    except (MessageError, binascii.Error, ValueError, UnicodeError):
        pieces = [(value, None)]
    return plain("".join(_piece(content, charset) for content, charset in pieces))


def _piece(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        content = content.encode("utf-8", "surrogateescape")
        return in_letters(content, "")
    return in_letters(content, charset or "")


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Name and address, in lower case, of everybody whom these headers name."""
    found = []
    for value in (value for name in names for value in values(message, name)):
        for said, address in _pairs(value):
            match = ADDRESS.fullmatch(plain(address))
            if match:
                found.append((decoded(said), match.group().lower()))
    return found


def _pairs(value: str) -> Iterable[tuple[str, str]]:
    """What stands in angle brackets is the address, whatever stands before it; else as RFC 5322 has it."""
    text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    place, found = 0, []
    for match in BRACKETED.finditer(text):
        found.append((text[place : match.start()].strip(' ,;"\r\n\t'), match.group(1)))
        place = match.end()
    if found:
        return found
    try:
        return getaddresses([text])
    except (ValueError, IndexError, TypeError, RecursionError):
        return []


def message_ids(message: Message, *names: str) -> list[str]:
    """The message ids in these headers, each once, without their brackets."""
    found = [mark for name in names for value in values(message, name) for mark in MESSAGE_ID.findall(value)]
    return list(dict.fromkeys(plain(mark) for mark in found))
