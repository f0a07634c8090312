"""What a mail says of the item that it belongs to, in the order in which it is believed."""

import base64
import hashlib
import hmac
import re

# Numbers of every kind of item, and of old desks, as people leave them in a subject.
CANDIDATE = re.compile(r"(?<![\w-])(#|\[)?([A-Z0-9][A-Z0-9._/-]{2,30})(?![\w-])", re.IGNORECASE)
DIGITS_IN_A_NUMBER, DIGITS_ALONE = 3, 6
MOST_NUMBERS = 5
TOKEN = re.compile(r"(?<![\w-])([A-Z]{1,6}-?\d{3,12})-([A-Z2-7]{12})(?![\w-])", re.IGNORECASE)
PREFIX = re.compile(
    r"^\s*((re|fwd?|aw|tr|rv|res|ответ|отв|回复|答复|转发|رد|إعادة توجيه)\s*(\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
TAG = re.compile(r"\s*\[[A-Z]{1,6}[-#]?\d{3,12}\]\s*", re.IGNORECASE)
YES = frozenset(
    {
        "yes",
        "solved",
        "oui",
        "résolu",
        "sí",
        "si",
        "resuelto",
        "да",
        "решено",
        "是",
        "已解决",
        "نعم",
        "تم الحل",
    }
)
NO = frozenset(
    {
        "no",
        "not fixed",
        "non",
        "pas résolu",
        "no resuelto",
        "нет",
        "не решено",
        "否",
        "未解决",
        "لا",
        "لم يحل",
    }
)
PUNCTUATION = " .,!。！،…*\"'“”«»\t"


def token_of(key: str, number: str) -> str:
    """What stands at the end of a mail: nobody but the house makes it, and no program loses it."""
    digest = hmac.new(key.encode(), f"channels.thread.{number}".encode(), hashlib.sha256).digest()
    return f"{number}-{base64.b32encode(digest).decode()[:12]}"


def numbers_by_token(key: str, text: str) -> list[str]:
    """The numbers whose token stands in a text and is genuine."""
    found = [match.group(1).upper() for match in TOKEN.finditer(text[:200_000])]
    tokens = text.upper()
    return [number for number in dict.fromkeys(found) if token_of(key, number) in tokens]


def numbers_in(subject: str) -> list[str]:
    """Whatever in a subject may be the number of an item. Digits alone are one if many or marked."""
    found = []
    for mark, word in CANDIDATE.findall(subject.upper()):
        number = word.strip(".-/_")
        digits = sum(letter.isdigit() for letter in number)
        least = DIGITS_ALONE if number.isdigit() and not mark else DIGITS_IN_A_NUMBER
        if digits >= least:
            found.append(number)
    return list(dict.fromkeys(found))[:MOST_NUMBERS]


def bare(subject: str) -> str:
    """A subject without what programs and the desk put before it."""
    return TAG.sub(" ", PREFIX.sub("", subject)).strip()


def answer_in(said: str) -> tuple[bool | None, str]:
    """Whether the first line says that it is solved (True) or not (False), and what is said beside it."""
    first, _newline, rest = said.strip().partition("\n")
    word = first.strip(PUNCTUATION).casefold()
    if word in YES:
        return True, rest.strip()
    if word in NO:
        return False, rest.strip()
    begun = re.match(r"(no|non|нет|否|لا)[,.:;，。،]\s*(.+)", first.strip(), re.IGNORECASE)
    if begun:
        return False, f"{begun.group(2)}\n{rest}".strip()
    return None, said
