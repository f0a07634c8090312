"""Mail of every encoding, and mail that is built to harm: no crash, nothing half-written, a clear answer."""

import base64
import random
from email.message import EmailMessage

import pytest
from django.utils import timezone
from house.factory import MAKER

from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.rules import MOST_BYTES
from meridian.engine.audit import trail
from meridian.engine.commands import Refusal
from meridian.engine.mail_reading.markup import harmless, text_of
from meridian.engine.mail_reading.quotes import parted
from meridian.engine.mail_reading.reading import Unreadable, fingerprint_of, read
from meridian.work.channels.commands import fetching, sending
from meridian.work.channels.commands.intake import take_in
from meridian.work.channels.models import InboundMail, OutboundMail
from meridian.work.channels.tests.mails import Post, item_of, mail, some_post
from meridian.work.servicedesk.facade import Message, WorkItem

HEAD = b"From: %s\r\nTo: desk@desk.example\r\nMessage-ID: <%d@nasty.example>\r\n"


def said(words: str, charset: str, transfer: str = "8bit") -> bytes:
    body = words.encode(charset)
    coded = base64.encodebytes(body) if transfer == "base64" else body
    subject = b"=?%s?B?%s?=" % (charset.encode(), base64.b64encode(body))
    return (
        b"From: =?%s?B?%s?= <a@example.org>\r\nSubject: %s\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="%s"\r\nContent-Transfer-Encoding: %s\r\n\r\n%s'
        % (charset.encode(), base64.b64encode(body), subject, charset.encode(), transfer.encode(), coded)
    )


WORDS = {
    "gb18030": "网络已断开，请尽快修复",
    "gb2312": "网络已断开",
    "big5": "網路已斷開",
    "koi8-r": "Сеть не работает",
    "windows-1251": "Сеть не работает",
    "windows-1256": "الشبكة لا تعمل",
    "iso-8859-6": "الشبكة",
    "iso-2022-jp": "ネットワークが切れました",
    "shift_jis": "ネットワーク",
    "euc-kr": "네트워크",
    "iso-8859-1": "Le réseau est coupé",
    "windows-1252": "Réseau – coupé “ici”",
    "utf-8": "🛰 لا توجد شبكة · нет сети · 没有网络",
    "utf-16": "Сеть",
    "utf-7": "Réseau",
}


@pytest.mark.parametrize("charset", WORDS)
def test_every_encoding_is_read(charset):
    transfers = ("base64",) if charset == "utf-16" else ("8bit", "base64")
    for transfer in transfers:
        found = read(said(WORDS[charset], charset, transfer))
        assert found.text.strip() == WORDS[charset]
        assert found.subject == WORDS[charset]
        assert found.sender == "a@example.org"


def test_an_encoding_that_is_wrong_unknown_or_unnamed_is_guessed():
    for charset in (b"x-unknown", b"us-ascii", b"utf-8", b'"', b""):
        raw = (
            b"From: a@b.example\r\nSubject: \xd1\xe5\xf2\xfc\r\nContent-Type: text/plain; charset=%s\r\n\r\n"
            % charset
        )
        assert read(raw + "Сеть не работает".encode("koi8-r")).text
        assert read(raw + "Сеть".encode()).text == "Сеть"


def part(disposition: bytes, content: bytes, kind: bytes = b"application/octet-stream") -> bytes:
    return (
        b"Content-Type: %s\r\nContent-Disposition: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n%s\r\n"
        % (
            kind,
            disposition,
            base64.b64encode(content),
        )
    )


def several(
    *parts: bytes, head: bytes = b"From: a@b.example\r\nSubject: x\r\n", kind: bytes = b"mixed"
) -> bytes:
    inner = b"".join(b"--bound\r\n" + one + b"\r\n" for one in parts)
    return (
        head
        + b'MIME-Version: 1.0\r\nContent-Type: multipart/%s; boundary="bound"\r\n\r\n' % kind
        + inner
        + b"--bound--\r\n"
    )


TEXT = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSee the file.\r\n"


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        (b"attachment; filename*=utf-8''%D0%A1%D0%B5%D1%82%D1%8C.txt", "Сеть.txt"),
        (b"attachment; filename*0*=utf-8''%D0%A1%D0%B5; filename*1*=%D1%82%D1%8C.txt", "Сеть.txt"),
        (b'attachment; filename="=?koi8-r?B?88XU2C50eHQ=?="', "Сеть.txt"),
        (b'attachment; filename="../../etc/passwd"', "../../etc/passwd"),
        (b"attachment; filename*=x-unknown''%FF%FE", None),
        (b'attachment; filename="a\r\n b.txt"', None),
        (b"attachment", "file"),
    ],
)
def test_names_of_files_in_every_way_of_writing_them(disposition, name):
    found = read(several(TEXT, part(disposition, b"content")))
    [file] = found.files
    assert file.content == b"content"
    assert file.name == name if name else "\n" not in file.name
    assert found.text.strip() == "See the file."


def test_what_is_broken_gives_what_of_it_can_be_read():
    broken = [
        several(TEXT, part(b"attachment; filename=a", b"x").replace(b"eA==", b"e=A=!!!\xff")),
        several(TEXT)[:-20],
        several(TEXT).replace(b'boundary="bound"', b"boundary="),
        several(TEXT).replace(b"--bound\r\n", b"--other\r\n"),
        b"",
        b"\r\n\r\n",
        b"no header at all",
        b"Subject: =?utf-8?B?broken\r\n\r\nx",
        b"Subject: =?utf-8?Q?=GG=?=\r\nFrom: <<>>,,@@\r\nDate: 99 Foo\r\nReferences: <a><b <c>\r\n\r\nx",
        b"Content-Type: multipart/mixed\r\n\r\nx",
        b"Content-Type: ;;;=\r\nContent-Transfer-Encoding: uuencode\r\n\r\nbegin 644 x\r\nM\r\n",
        b"From: a@b\0.example\r\n\r\nzero\0byte",
        several(
            b"Content-Type: application/ms-tnef\r\n"
            b'Content-Disposition: attachment; filename=winmail.dat\r\n\r\nx\x9f>"'
        ),
        several(b"Content-Type: message/rfc822\r\n\r\n" + several(TEXT)),
    ]
    for raw in broken:
        found = read(raw)
        assert "\0" not in found.text + found.subject + found.sender


def test_half_of_any_mail_and_any_wrong_byte_raise_nothing_unforeseen():
    chance = random.Random(7)
    whole = several(TEXT, part(b"attachment; filename*=utf-8''%D0%A1.txt", b"x" * 40), said("Сеть", "koi8-r"))
    for _turn in range(150):
        raw = bytearray(whole[: chance.randrange(len(whole))])
        for _byte in range(chance.randrange(6)):
            if raw:
                raw[chance.randrange(len(raw))] = chance.randrange(256)
        read(bytes(raw))


def test_no_header_carries_a_line_further():
    raw = (
        b"From: =?utf-8?Q?A=0D=0ABcc:_x@y.example?= <a@b.example>\r\n"
        b"Subject: =?utf-8?Q?Hi=0D=0ABcc:_all@x.example?=\r\n\r\nx"
    )
    found = read(raw)
    assert "\n" not in found.subject + found.sender_name
    assert found.sender == "a@b.example"


def nested(depth: int) -> bytes:
    raw = TEXT
    for level in range(depth):
        raw = b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n%s\r\n--b%d--\r\n' % (
            level,
            level,
            raw,
            level,
        )
    return b"From: a@b.example\r\nMIME-Version: 1.0\r\n" + raw


@pytest.mark.parametrize(
    "raw", [nested(61), nested(3_000), several(*[TEXT] * 301), several(*[b"\r\n"] * 5_000)]
)
def test_what_is_built_to_harm_is_not_read(raw):
    with pytest.raises(Unreadable):
        read(raw)


def test_deep_but_honest_mails_are_read():
    assert read(nested(20)).text.strip() == "See the file."


SCRIPTED = (
    '<p onclick="x()">Hello <b>you</b></p><script>alert(1)</script><img src="https://spy.example/1.png">'
    '<a href="javascript:x()">a</a><a href="https://ok.example">b</a><style>p{}</style>'
    "<form action=x><input></form>"
    '<iframe src=x></iframe><svg><script>1</script></svg><p style="position:fixed">c</p>'
)


def test_html_loses_everything_that_runs_or_calls_home_and_keeps_its_words():
    clean = harmless(SCRIPTED)
    for gone in ("script", "onclick", "javascript", "img", "style", "form", "iframe", "svg", "alert"):
        assert gone not in clean
    assert 'href="https://ok.example"' in clean
    assert text_of(SCRIPTED) == "Hello you\nab\nc"


WRITTEN = {
    "gmail en": "Thanks.\n\nOn Mon, 2 Mar 2026 at 09:00, Desk <d@x.example> wrote:\n\n> Room?\n> Bye",
    "gmail fr": "Merci.\n\nLe lun. 2 mars 2026 à 09:00, Bureau <d@x.example> a écrit :\n> Salle ?",
    "gmail es": "Gracias.\n\nEl lun, 2 mar 2026 a las 9:00, Mesa (<d@x.example>) escribió:\n\n> ¿Sala?",
    "gmail ru": "Спасибо.\n\nпн, 2 мар. 2026 г. в 09:00, Служба <d@x.example>:\n\n> Комната?",
    "gmail zh": "谢谢。\n\n服务台 <d@x.example> 于2026年3月2日周一 09:00写道：\n\n> 哪个房间？",
    "gmail ar": "شكرا.\n\nفي الاثنين، 2 مارس 2026 في 9:00 ص كتب مكتب <d@x.example>:\n\n> غرفة؟",
    "outlook en": "Thanks.\n\n________\nFrom: Desk <d@x.example>\nSent: Monday\nTo: A\nSubject: x\n\nRoom?",
    "outlook fr": "Merci.\n\nDe : Bureau\nEnvoyé : lundi\nÀ : A\nObjet : x\n\nSalle ?",
    "outlook es": "Gracias.\n\nDe: Mesa\nEnviado: lunes\nPara: A\nAsunto: x\n\n¿Sala?",
    "outlook ru": "Спасибо.\n\nОт: Служба\nОтправлено: понедельник\nКому: A\nТема: x\n\nКомната?",
    "outlook zh": "谢谢。\n\n发件人: 服务台\n发送时间: 星期一\n收件人: A\n主题: x\n\n哪个房间？",
    "outlook ar": "شكرا.\n\nمن: مكتب\nتاريخ الإرسال: الاثنين\nإلى: أ\nالموضوع: س\n\nغرفة؟",
    "old outlook": "Thanks.\n\n-----Original Message-----\nFrom: Desk\nWhich room?",
    "signature": "Thanks.\n-- \nAmina\nRoom 4",
    "phone en": "Thanks.\n\nSent from my iPhone",
    "phone fr": "Merci.\n\nEnvoyé de mon iPhone",
    "phone ru": "Спасибо.\n\nОтправлено с iPhone",
    "phone zh": "谢谢。\n\n发自我的 iPhone",
    "android ru": 'Да.\n02.04.2012 14:20 пользователь "d@x.example" <\nd@x.example> написал:\n> Комната?',
    "gmail de": "Danke.\n\nAm 2. März 2026 um 09:00 schrieb Desk <d@x.example>:\n> Raum?",
    "gmail pt": "Sim.\n\nEm 2 de março de 2026 às 09:00, Desk (\nd@x.example) escreveu:\n\nSala?",
    "headers in turn": "Thanks.\n\nDate: Mon, 2 Mar 2026\nSubject: x\nFrom: Desk\nTo: A\n\nRoom?",
    "broken line": "Thanks.\n\nOn Mon, 2 Mar 2026 at 09:00, The first desk\n<d@x.example> wrote:\n> Room?",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_quotations_and_signatures_part_from_the_words_and_nothing_is_lost(name):
    found = parted(WRITTEN[name])
    assert found.said == WRITTEN[name].split("\n")[0]
    for line in WRITTEN[name].split("\n"):
        assert line.strip() in f"{found.said}\n{found.rest}"


def test_answers_between_and_below_quoted_lines_are_kept():
    between = "> Which room?\nRoom 4.\n> Which floor?\nSecond."
    assert parted(between).said == between
    assert parted("> Which room?\n\nRoom 4.\n-- \nAmina").said == "Room 4."
    assert parted("> only quoted").said == "> only quoted"
    assert parted("Hi\n\nFrom: here to there\nall is well").said == "Hi\n\nFrom: here to there\nall is well"


@pytest.fixture
def post(db) -> Post:
    return some_post()


def test_files_come_along_within_their_limits_and_the_rest_is_said(post):
    message = EmailMessage()
    message["From"], message["Subject"] = post.desk.requester.email, "Files"
    message["Message-ID"] = "<files@x.example>"
    message.set_content("See the files.")
    for number in range(3):
        message.add_attachment(b"x" * (number + 1), "application", "zip", filename=f"bomb{number}.zip")
    message.add_attachment(b"\x78\x9f\x3e\x22", "application", "ms-tnef", filename="winmail.dat")
    item = item_of(post.take(bytes(message)))
    names = Attachment.objects.filter(resource="servicedesk.workitem", row_id=item.pk).order_by("pk")
    assert list(names.values_list("name", flat=True)) == [
        "bomb0.zip",
        "bomb1.zip",
        "bomb2.zip",
        "winmail.dat",
    ]


def test_a_mail_of_fifty_megabytes_is_not_read_and_its_sender_is_told(post):
    head = mail("", sender=post.desk.requester.email, subject="Big").partition(b"\n\n")[0] + b"\n\n"
    row = take_in(actor=post.agent, mailbox=post.mailbox, raw=head, size_bytes=50_000_000)
    assert (row.state, row.why, row.size_bytes) == ("waiting", "too_large", 50_000_000)
    [letter] = post.letters()
    assert (letter.letter, letter.state) == ("refused", "queued")
    assert "25 MB" in letter.text
    assert not WorkItem.objects.exists()
    whole = head + b"x" * MOST_BYTES
    assert post.take(whole).pk == row.pk or fingerprint_of(whole) != row.fingerprint


def test_long_words_are_cut_on_the_item_and_whole_on_the_mail(post):
    long = "word " * 6_000
    row = post.write(long)
    text = Message.objects.get(item=item_of(row)).text
    assert len(text) <= 20_000
    assert row.text.split() == long.split()


def test_a_mail_without_subject_words_or_anything_is_an_item_or_waits_never_a_fault(post):
    for text, subject in (("", ""), ("​", "​"), ("Only words.", ""), ("", "Only a subject")):
        row = post.write(text, subject=subject)
        assert row.state in ("taken", "waiting")
    assert InboundMail.objects.count() == 4


def test_a_harmful_mail_waits_with_its_bytes_kept(post):
    row = post.take(nested(500).replace(b"a@b.example", post.desk.requester.email.encode()))
    assert (row.state, row.why) == ("waiting", "unreadable")
    assert Attachment.objects.filter(resource="channels.inboundmail", row_id=row.pk).exists()


BUILT_TO_GROW = {
    "formats that are never ended": "<p>"
    + "".join(f"<b x={n}>" for n in range(2_000))
    + "</p>"
    + "<p>x</p>" * 2_000,
    "ended in a remark alone": "<p>"
    + "".join(f"<i x={n}><!--</i>-->" for n in range(1_000))
    + "<p>x</p>" * 2_000,
    "a long address in each line": f"<p><a href='https://x.example/{'a' * 1_900}'>" + "<p>x</p>" * 20_000,
    "elements within elements": "<div>" * 60_000,
    "signs that have to be named": "&" * 400_000,
}


@pytest.mark.parametrize("name", BUILT_TO_GROW)
def test_html_that_is_built_to_grow_stays_as_small_as_it_came(name):
    """35 kB made 28 MB and took 46 seconds, again at each fetching."""
    html = BUILT_TO_GROW[name]
    assert len(harmless(html)) < 2 * len(html) + 1_000
    assert len(text_of(html)) <= len(html)


def test_tidied_html_means_what_it_meant():
    said = (
        "<p>a<p>b &amp; c & d<ul><li>1<li>2<ul><li>x</ul></ul>3 < 4<a href=\"https://a.example/?x=1&y='2'\">z</a>"
        "<table><tr><td colspan=2>q<td>r</table><b><i>w</b>v"
    )
    clean = harmless(said)
    assert "<p>a</p><p>b &amp; c &amp; d</p><ul><li>1</li><li>2<ul><li>x</li></ul></li></ul>" in clean
    assert "href=\"https://a.example/?x=1&amp;y='2'\"" in clean
    assert '<td colspan="2">q</td><td>r</td>' in clean
    assert "<b><i>w</i></b>v" in clean
    assert "3 &lt; 4" in clean


@pytest.mark.parametrize("value", ["<" + "a@" * 9_000, "," * 9_000, "(" * 9_000, "=?a?q?" * 9_000])
def test_headers_that_are_built_to_be_compared_with_themselves_are_read_within_bounds(value):
    """200 kB of a sender took hours; brackets without end raised."""
    raw = f"From: {value}\r\nTo: {value}\r\nSubject: {value * 10}\r\n\r\nx".encode()
    assert read(raw).sender == ""


def test_a_mail_that_the_database_refuses_does_not_stop_those_behind_it():
    assert issubclass(Refusal, fetching.FAULTS)


def test_a_letter_of_which_no_mail_can_be_made_is_given_up_and_those_behind_it_leave(post):
    post.write()
    [bad] = post.letters()
    post.write("Another thing.", subject="Another")
    with trail.entry("testing.arrange", MAKER):
        # As a row may stand that was written before addresses were checked.
        OutboundMail.objects.filter(pk=bad.pk).update(address="a@b.example\r\nBcc: all@b.example")
        OutboundMail.objects.exclude(pk=bad.pk).update(state="queued", due_at=timezone.now())
    sending.send_due()
    bad.refresh_from_db()
    assert bad.state == "failed"
    assert not OutboundMail.objects.filter(state="queued").exists()
