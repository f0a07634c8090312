"""What somebody wrote, apart from what they quote and sign, as mail programs of six languages do it."""

import re
from typing import NamedTuple


class Parted(NamedTuple):
    """The words themselves, and what followed them: quotations and signature. Together they are the whole."""

    said: str
    rest: str


# What Outlook writes above the quoted headers.
ORIGINAL = re.compile(
    r"^[\s>*_-]*("
    r"original (message|appointment)|forwarded message|"
    r"message (d['’]origine|original|transf[ée]r[ée])|mensaje (original|reenviado)|"
    r"исходное сообщение|пересылаемое сообщение|первоначальное сообщение|"
    r"原始邮件|邮件原件|原始郵件|转发邮件信息|转发的邮件|"
    r"الرسالة الأصلية|رسالة أصلية|رسالة معاد توجيهها|"
    r"ursprüngliche nachricht|messaggio originale|mensagem original|oprindelig besked|opprinnelig melding|"
    r"ursprungligt meddelande|alkuperäinen viesti"
    r")[\s>*_-]*$",
    re.IGNORECASE,
)
# The first of the quoted headers, and those of which one must follow.
FROM = re.compile(
    r"^[\s*>]*(from|de|от|发件人|寄件者|من|von|da|fra|från|lähettäjä)[\s*\xa0]*[:：]", re.IGNORECASE
)
FURTHER = re.compile(
    r"^[\s*>]*(sent|date|to|subject|cc|"
    r"envoy[ée]|[àa]|objet|enviado( el)?|fecha|para|asunto|"
    r"отправлено|дата|кому|тема|"
    r"发送时间|时间|日期|收件人|主题|寄件日期|主旨|"
    r"تاريخ الإرسال|أُرسلت|أرسلت|التاريخ|إلى|الموضوع|"
    r"gesendet|datum|an|betreff|inviato|data|a|oggetto|enviada|assunto|dato|til|emne|till|ämne|aihe)[\s*\xa0]*[:：]",
    re.IGNORECASE,
)
# What Gmail and its kin write above a quotation: begun by a known word it may be broken into three lines.
VERBS = (
    r"(wrote|a écrit|escribi[óo]|写道|寫道|пишет|написал(\(?а\)?)?|كتب(ت)?"
    r"|schrieb|ha scritto|escreveu|kirjoitti|skrev)"
)
ADDRESSED = r"<\s*[^<>\s]+@[^<>\s]+\s*>"
WROTE = re.compile(
    rf"^[\s>]*((on|am|el|le|в|пн|вт|ср|чт|пт|сб|вс|في)[ .,]|在|于).{{4,300}}{VERBS}.{{0,120}}[:：]\s*$",
    re.IGNORECASE,
)
WROTE_IN_A_LINE = re.compile(
    rf"^[\s>]*(.{{4,200}}\d{{4}}.{{0,200}}{VERBS}.{{0,120}}|.{{0,200}}{ADDRESSED}.{{0,60}}{VERBS}.{{0,60}}"
    rf"|.{{0,100}}\d{{4}}.{{0,100}}{ADDRESSED}\s*)[:：]\s*$",
    re.IGNORECASE,
)
WROTE_IN_LINES = re.compile(
    rf"^(?=.*\d{{4}})[\s>]*(.{{4,200}}@.{{0,200}}{VERBS}.{{0,60}}|.{{4,200}}{VERBS}.{{0,200}}{ADDRESSED})[:：]\s*$",
    re.IGNORECASE,
)
WROTE_BETWEEN_LINES = re.compile(
    rf"^[\s>]*-{{2,}}.{{4,200}}\d{{4}}.{{0,200}}{VERBS}\s*-{{2,}}\s*$", re.IGNORECASE
)
# A day or a time: with it begins what is broken into lines, not with the words above it.
DAY = re.compile(r"\d{4}|\d{1,2}[:.]\d{2}|\d{1,2}\. ")
SIGNED = re.compile(r"^(--|—|__)\s*$")
FROM_A_PHONE = re.compile(
    r"^\s*("
    r"(sent|get) (from|outlook for) .{2,40}|envoyé (de|depuis|à partir de) (mon|ma|outlook|l['’]) ?.{2,40}|"
    r"enviado desde (mi |el |outlook).{2,40}|отправлено (с|из) .{2,40}|发自我的.{1,30}|来自我的.{1,30}|"
    r"(أ[ُ]?رسلت|مرسلة?|تم الإرسال) من .{2,40}|"
    r"(gesendet von|von meinem|inviato da|sendt fra|skickat från|enviado do|lähetetty) .{2,60}"
    r")\s*$",
    re.IGNORECASE,
)
LINES_OF_ATTRIBUTION = 3
LINES_OF_HEADERS = 6


def parted(text: str) -> Parted:
    """The words of a mail and the rest of it. Answers between quoted lines are kept with what they answer."""
    lines = text.strip().split("\n")
    cut = _first_quotation(lines)
    if cut < len(lines) and not _seen(lines[:cut]):
        below = None if _answers_between(lines, cut) else _below_quotation(lines, cut)
        if below is None:
            return Parted(text.strip(), "")
        said, signed = _unsigned(lines[below:])
        return Parted(_joined(said), _joined([*lines[:below], *signed]))
    if _is_interleaved(lines, cut):
        return Parted(text.strip(), "")
    said, signed = _unsigned(lines[:cut])
    if not _seen(said):
        return Parted(text.strip(), "")
    return Parted(_joined(said), _joined([*signed, *lines[cut:]]))


def _joined(lines: list[str]) -> str:
    return "\n".join(lines).strip()


def _seen(lines: list[str]) -> bool:
    return any(line.strip() for line in lines)


def _first_quotation(lines: list[str]) -> int:
    """Where what is quoted begins; the number of lines when nothing is."""
    for number, line in enumerate(lines):
        if line.lstrip().startswith(">") or ORIGINAL.match(line) or _attributes(lines, number):
            return number
        if _heads(lines[number : number + LINES_OF_HEADERS]):
            ruled = number and set(lines[number - 1].strip()) == {"_"}
            return number - 1 if ruled else number
    return len(lines)


def _heads(lines: list[str]) -> bool:
    """Whether quoted headers begin here: who, and two more of them."""
    if not (FROM.match(lines[0]) or FURTHER.match(lines[0])):
        return False
    named = sum(bool(FURTHER.match(each)) for each in lines)
    return named >= 2 and any(FROM.match(each) for each in lines)


def _attributes(lines: list[str], number: int) -> bool:
    first = lines[number][:600]
    if WROTE_IN_A_LINE.match(first) or WROTE_BETWEEN_LINES.match(first):
        return True
    together = ""
    for line in lines[number : number + LINES_OF_ATTRIBUTION]:
        if not line.strip():
            return False
        together = f"{together} {line.strip()}".strip()
        if len(together) < 600 and (
            WROTE.match(together) or (DAY.search(first) and WROTE_IN_LINES.match(together))
        ):
            return True
    return False


def _below_quotation(lines: list[str], cut: int) -> int | None:
    """Where an answer that stands below its quotation begins; None where there is none."""
    last = max(
        (number for number in range(cut, len(lines)) if lines[number].lstrip().startswith(">")), default=-1
    )
    return last + 1 if last >= 0 and _seen(lines[last + 1 :]) else None


def _is_interleaved(lines: list[str], cut: int) -> bool:
    """Whether somebody answers between or below the lines that they quote."""
    below = _below_quotation(lines, cut)
    return _answers_between(lines, cut) or (below is not None and _seen(_unsigned(lines[below:])[0]))


def _answers_between(lines: list[str], cut: int) -> bool:
    quoted = [number for number in range(cut, len(lines)) if lines[number].lstrip().startswith(">")]
    return bool(quoted) and any(
        line.strip() and not line.lstrip().startswith(">") and not WROTE.match(line)
        for line in lines[quoted[0] : quoted[-1]]
    )


def _unsigned(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines before the signature, and it."""
    for number, line in enumerate(lines):
        if SIGNED.match(line) and number:
            return lines[:number], lines[number:]
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    if end and FROM_A_PHONE.match(lines[end - 1]):
        return lines[: end - 1], lines[end - 1 :]
    return lines, []
