"""The packed folder that a workbook is: its parts unpacked, and their XML parsed, within bounds."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from meridian.engine.sheets import limits
from meridian.engine.sheets.faults import Unreadable
from meridian.engine.sheets.faults import gettext_noop as _

PIECE_BYTES = 1 << 20
OLD_FORMAT = b"\xd0\xcf\x11\xe0"
DIRECTORY_END, BIG_DIRECTORY_END, BIG_LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
OFFICE_DOCUMENT = "/officeDocument"

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """The parts of a workbook by their path."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLD_FORMAT):
            raise Unreadable(
                _("The workbook has a password or is of the old kind (XLS). Save it as XLSX without one.")
            )
        if _directory_bytes(content) > limits.MOST_DIRECTORY_BYTES:
            raise damaged()
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as fault:
            raise damaged() from fault
        self._members = {member.filename.lstrip("/"): member for member in self._archive.infolist()}
        self._left = limits.MOST_UNPACKED_BYTES

    def has(self, part: str) -> bool:
        return part in self._members

    def parse(self, part: str, start: Start, end: End, text: Text | None = None) -> None:
        """Walk through the XML of a part: names without their prefix, attributes as they stand."""
        member = self._members.get(part)
        if member is None:
            raise damaged()
        self._admit(member)
        parser = _parser(start, end, text)
        try:
            with self._archive.open(member) as stream:
                while piece := stream.read(PIECE_BYTES):
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, OSError) as fault:
            raise damaged() from fault
        except (RuntimeError, NotImplementedError) as fault:
            raise Unreadable(
                _("The workbook is packed in a way that is not read here. Save it anew.")
            ) from fault

    def _admit(self, member: zipfile.ZipInfo) -> None:
        """Refuse what would unpack to too much; `zipfile` never gives more than the size declared."""
        self._left -= member.file_size
        swollen = (
            member.file_size > limits.RATIO_COUNTS_FROM_BYTES
            and member.file_size > limits.MOST_RATIO * max(1, member.compress_size)
        )
        if self._left < 0 or swollen:
            raise Unreadable(
                _("Unpacked, the workbook exceeds %(most)s MB or swells over %(ratio)s times. Split it."),
                most=limits.MOST_UNPACKED_BYTES // 1_000_000,
                ratio=limits.MOST_RATIO,
            )

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part refers to, by its mark: the kind of the reference and the path."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, facets: dict[str, str]) -> None:
            if element == "Relationship" and facets.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, facets.get("Target", ""))).lstrip("/")
                found[facets.get("Id", "")] = facets.get("Type", ""), target

        if self.has(place):
            self.parse(place, start, lambda _name: None)
        return found

    def workbook(self) -> str:
        """The path of the part that lists the sheets."""
        named = (target for kind, target in self.relations("").values() if kind.endswith(OFFICE_DOCUMENT))
        return next(named, "xl/workbook.xml")


def damaged() -> Unreadable:
    return Unreadable(_("This is no whole XLSX workbook: it is damaged or cut short. Save it anew as XLSX."))


def _directory_bytes(content: bytes) -> int:
    """How long the list of parts claims to be, which the archive's reader takes in as a whole."""
    end = content.rfind(DIRECTORY_END)
    if end < 0:
        raise damaged()
    if content[max(0, end - 20) : end - 16] == BIG_LOCATOR:
        big = content.rfind(BIG_DIRECTORY_END, 0, end)
        return int.from_bytes(content[big + 40 : big + 48], "little")
    return int.from_bytes(content[end + 12 : end + 16], "little")


def _parser(start: Start, end: End, text: Text | None) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def begin(name: str, facets: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > limits.MOST_NESTING:
            raise damaged()
        start(name.rsplit(":", 1)[-1], facets)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name.rsplit(":", 1)[-1])

    def refuse_type(*_facets: object) -> None:
        # A document type can define entities, and no workbook has one.
        raise damaged()

    parser.StartElementHandler, parser.EndElementHandler = begin, finish
    parser.StartDoctypeDeclHandler = refuse_type
    if text is not None:
        parser.CharacterDataHandler = text
    return parser


ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """The text of a cell with characters that XML can't hold (`_x000D_`) put back."""
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
