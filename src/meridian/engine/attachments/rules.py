"""Names and types of files that may come from anybody."""

import mimetypes
import re
import unicodedata

MOST_BYTES = 25_000_000
# Only what a browser can show without running anything; all else is downloaded as bytes.
SHOWN_TYPES = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
)
BYTES = "application/octet-stream"


def safe_name(name: str) -> str:
    """A file's name without folders, control and direction-changing characters; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    clean = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip(" .")
    return clean[-200:] or "file"


def shown_type(name: str) -> str:
    """The type under which a file is sent, from its name."""
    guessed = mimetypes.guess_type(safe_name(name))[0] or BYTES
    return guessed if guessed in SHOWN_TYPES else BYTES


MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
LETTERS = re.compile(rb"[A-Za-z]")


def charset_of(sample: bytes) -> str:
    """The encoding in which a text is written, from its beginning.

    UTF-8 and UTF-16 are known for certain; else the old encodings of the six languages are told apart
    by which bytes they use most.
    """
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    for cut in range(4):
        try:
            sample[: len(sample) - cut].decode()
        except UnicodeDecodeError:
            continue
        return "utf-8"
    upper = [byte for byte in sample if byte >= 0xC0]
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) < len(LETTERS.findall(sample)) / 2:
        return "windows-1252"
    if _is_chinese(sample):
        return "gb18030"
    return "windows-1251" if sum(byte >= 0xE0 for byte in upper) > 0.75 * len(upper) else "windows-1256"


def _is_chinese(sample: bytes) -> bool:
    for cut in range(4):
        try:
            text = sample[: len(sample) - cut].decode("gb18030")
        except UnicodeDecodeError:
            continue
        wide = [letter for letter in text if letter > "\x7f"]
        common = sum(0x4E00 <= ord(letter) <= 0x9FFF or letter in "，。、；：？！" for letter in wide)
        pairs = sum(0xB0 <= byte <= 0xF7 for byte in sample[: len(sample) - cut])
        return common > 0.9 * len(wide) and pairs >= len(wide) and _in_level_one(sample)
    return False


def _in_level_one(sample: bytes) -> bool:
    """Whether most pairs begin as the common characters of GB 2312 do (rows B0 to D7)."""
    firsts, at = [], 0
    while at < len(sample) - 1:
        if sample[at] < 0x80:
            at += 1
            continue
        firsts.append(sample[at])
        at += 2
    return sum(0xA1 <= byte <= 0xD7 for byte in firsts) > 0.85 * len(firsts)
