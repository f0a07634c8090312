"""The whole way of a request by mail, over real servers: ask, answer, approve, reopen, confirm, rate."""

import pytest
from django.test import Client
from house.factory import MAKER, make
from house.jobs import react
from procrastinate.contrib.django.models import ProcrastinateJob

from meridian.engine.audit import trail
from meridian.engine.mailed_links.models import MailedLink
from meridian.engine.notices.jobs import mail as mail_notice
from meridian.work.approvals import facade as approvals
from meridian.work.approvals.contracts import StepWish
from meridian.work.approvals.models import Approver
from meridian.work.channels.commands import fetching, sending
from meridian.work.channels.models import InboundMail, OutboundMail
from meridian.work.channels.models.references import Account
from meridian.work.channels.tests import servers
from meridian.work.channels.tests.mails import item_of, mail
from meridian.work.servicedesk import facade as desk
from meridian.work.servicedesk.facade import WorkItem
from meridian.work.surveys.jobs import send as ask_how_it_went
from meridian.work.surveys.models import Answer, CallBack, Question, QuestionSet

pytestmark = pytest.mark.django_db


class Mailed:
    """Two people at their mail, and what a desk's servers hear and say."""

    def __init__(self, post, port, kept) -> None:
        self.post, self.port, self.kept = post, port, kept

    def comes(self, text: str, sender: str = "", **headers) -> InboundMail:
        servers.put(self.port, mail(text, sender=sender or self.post.desk.requester.email, **headers))
        fetching.fetch(self.post.mailbox.pk)
        return InboundMail.objects.latest("pk")

    def leaves(self, to: str = ""):
        """The last mail that left for somebody, the requester unless said, after everybody was told."""
        react()
        ask_how_it_went()
        for job in ProcrastinateJob.objects.filter(task_name="notices.mail"):
            mail_notice(**job.args)
        sending.send_due()
        wanted = [to or self.post.desk.requester.email]
        message = [message for _from, whom, message in self.kept.mails if whom == wanted][-1]
        assert message["Auto-Submitted"].startswith("auto-")
        return message

    def answers(self, message, text: str, sender: str = "") -> InboundMail:
        """What a program makes of an answer: the words above the quoted mail, with its references."""
        quoted = "\n".join(f"> {line}" for line in words(message).splitlines())
        references = " ".join(f"{message['References'] or ''} {message['Message-ID']}".split())
        return self.comes(
            f"{text}\n\n{quoted}",
            sender,
            subject=f"Re: {' '.join(message['Subject'].split())}",
            In_Reply_To=message["Message-ID"],
            References=references,
        )


def words(message) -> str:
    return message.get_payload(decode=True).decode()


def links(message) -> list[str]:
    return [line[line.index("/mailed/") :] for line in words(message).splitlines() if "/mailed/" in line]


@pytest.fixture
def mailed(settings, tmp_path):
    with servers.imap_server() as port, servers.sending_to_server(settings) as kept:
        found = Mailed(servers.served_post(port, settings, tmp_path), port, kept)
        with trail.entry("testing.arrange", MAKER):
            row = QuestionSet.objects.create(code="AFTER", title={"en": "How did we do?"}, occasion="item")
            Question.objects.create(question_set=row, code="overall", text={"en": "How well did we help?"})
        yield found


def now(item: WorkItem) -> WorkItem:
    return WorkItem.objects.get(pk=item.pk)


def test_a_request_is_asked_answered_approved_confirmed_and_rated_by_mail_alone(mailed):
    agent = mailed.post.agent
    first = mailed.comes("I need the map server.")
    item, receipt = item_of(first), mailed.leaves()
    assert (receipt["In-Reply-To"], receipt["Auto-Submitted"]) == (f"<{first.message_id}>", "auto-replied")
    desk.reply(actor=agent, item=item, text="Which region?")
    question = mailed.leaves()
    assert receipt["Message-ID"] in question["References"]
    assert "Which region?" in words(question)
    assert item_of(mailed.answers(question, "The south.")) == item
    mailed.leaves()
    is_approved(mailed, item)
    is_reopened_and_confirmed(mailed, item)
    is_rated(mailed, item)


def is_approved(mailed, item) -> None:
    """By answering the mail: from the approver alone, by one of the words that it names."""
    people = mailed.post.desk
    make(Account, username="dalia", person=people.lead, email=people.lead.email, language="fr")
    approvals.ask(now(item), people.requester, [StepWish({"en": "Lead"}, [f"person:{people.lead.number}"])])
    asked = mailed.leaves(people.lead.email)
    assert asked["Reply-To"] == mailed.post.mailbox.address
    assert mailed.answers(asked, "Approve", people.stranger.email).why == "stranger"
    unclear = mailed.answers(asked, "Who pays for it?", people.lead.email)
    assert unclear.state == "dropped"
    assert OutboundMail.objects.get(occasion=f"pressed.{unclear.pk}").address == people.lead.email
    assert Approver.objects.get().decision == ""
    done = mailed.answers(asked, "Approve\nFor the south alone.", people.lead.email)
    decided = Approver.objects.get()
    assert (done.state, decided.decision, decided.channel) == ("taken", "approved", "mail")
    assert (decided.decided_by, decided.reason) == (people.lead, "For the south alone.")
    assert "/mailed/…" in done.text
    assert mailed.answers(asked, "Reject\nNo.", people.lead.email).state == "dropped"
    assert Approver.objects.get().decision == "approved"


def is_reopened_and_confirmed(mailed, item) -> None:
    """By the links of the mail: opening them changes nothing."""
    agent = mailed.post.agent
    desk.resolve(actor=agent, item=now(item), solution="It is there.")
    solved = mailed.leaves()
    assert "YES" in words(solved)
    browser, (confirm, reopen) = Client(), links(solved)
    for link in (confirm, reopen):
        page = browser.get(link).content.decode()
        assert "It is there." in page
        kept = [*MailedLink.objects.values(), *OutboundMail.objects.values()]
        assert link.strip("/").rpartition("/")[2] not in str(kept)
    assert now(item).state == "resolved"
    assert browser.post(reopen, {"press": "no"}).status_code == 422
    assert browser.post(reopen, {"press": "no", "text": "It is empty."}).status_code == 200
    assert now(item).reopened_count == 1
    assert browser.post(confirm, {"press": "yes"}).status_code == 409
    desk.resolve(actor=agent, item=now(item), solution="Filled.")
    confirm, _reopen = links(mailed.leaves())
    assert browser.post(confirm, {"press": "yes"}).status_code == 200
    assert now(item).state == "closed"


def is_rated(mailed, item) -> None:
    """By answering with a number; a bad one needs words, and somebody calls."""
    rated = mailed.leaves()
    assert "5 · very good" in words(rated)
    assert mailed.answers(rated, "2").state == "dropped"
    mailed.answers(rated, "2\nI asked three times.")
    assert (Answer.objects.get().lowest, Answer.objects.get().text) == (2, "I asked three times.")
    assert CallBack.objects.count() == 1
    assert now(item).state == "closed"
    assert WorkItem.objects.exclude(pk=item.pk).count() == 1


def test_answers_to_a_solution_confirm_and_reopen_it_on_the_same_day_too(mailed):
    """Yes is said as often as it is meant: it is no machine's repetition."""
    agent = mailed.post.agent
    for number in range(2):
        item = item_of(mailed.comes(f"Thing {number}.", subject=f"Thing {number}"))
        desk.resolve(actor=agent, item=item, solution="Done.")
        assert mailed.answers(mailed.leaves(), "NO\nStill dark.").state == "taken"
        desk.resolve(actor=agent, item=now(item), solution="Done.")
        mailed.answers(mailed.leaves(), "Yes!")
        assert now(item).state == "closed"
        mailed.leaves()


def test_a_machine_that_answers_a_question_of_the_house_decides_nothing_and_ends(mailed):
    people = mailed.post.desk
    make(Account, username="dalia", person=people.lead, email=people.lead.email)
    item = item_of(mailed.comes("I need the map server."))
    approvals.ask(item, people.requester, [StepWish({"en": "Lead"}, [f"person:{people.lead.number}"])])
    for _turn in range(4):
        mailed.answers(mailed.leaves(people.lead.email), "I am away until Monday.", people.lead.email)
    mailed.leaves(people.lead.email)
    assert [whom for _from, whom, _message in mailed.kept.mails].count([people.lead.email]) == 2
    assert Approver.objects.get().decision == ""
    assert WorkItem.objects.count() == 1
