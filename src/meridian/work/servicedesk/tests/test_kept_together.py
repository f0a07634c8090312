"""Nothing contradicts, flaps or is lost: merge chains, wholes and parts, taking, texts, late reopening."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from meridian.engine.attachments.commands import attach
from meridian.engine.attachments.models import Attachment
from meridian.engine.attachments.policies import follows
from meridian.engine.commands import Refusal, Untimely
from meridian.holdings.configuration.facade import entry_of
from meridian.work.items.facade import (
    MOST_CHARACTERS,
    conversation,
    files_for_requester,
    gathered_in,
    last_of,
)
from meridian.work.servicedesk import commands
from meridian.work.servicedesk.facade import requests_of
from meridian.work.servicedesk.models import Category, Link, Message, WorkEvent, WorkItem
from meridian.work.servicedesk.testing import (
    SmallDesk,
    agent_actor,
    requester_actor,
    small_desk,
    some_item,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> SmallDesk:
    return small_desk()


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def chain(desk: SmallDesk) -> tuple[WorkItem, WorkItem, WorkItem]:
    """The requester's item went into the stranger's, and that into the resolver's."""
    agent = agent_actor(desk.agent)
    first, second, third = (
        commands.add_item(actor=agent, requester=person, title=title, text=f"words of {title}")
        for person, title in ((desk.requester, "One"), (desk.stranger, "Two"), (desk.resolver, "Three"))
    )
    commands.merge(actor=agent, item=first, into=second)
    commands.merge(actor=agent, item=second, into=third)
    return tuple(WorkItem.objects.get(pk=item.pk) for item in (first, second, third))


def test_the_requester_of_the_first_of_a_chain_reads_the_desk_at_the_last_and_nobody_elses_words(
    desk: SmallDesk,
) -> None:
    first, second, third = chain(desk)
    agent = agent_actor(desk.agent)
    commands.reply(actor=agent, item=third, text="A cable was cut")
    commands.reply(actor=requester_actor(desk.resolver), item=third, text="private of the third")
    said = [row.text for row in conversation(first).shown]
    assert "A cable was cut" in said
    assert not {"private of the third", "words of Two", "words of Three"} & set(said)
    assert last_of(first).pk == last_of(second).pk == third.pk
    commands.resolve(actor=agent, item=third, solution="Mended")
    assert "Mended" in [row.text for row in conversation(first).shown]


def test_what_the_first_of_a_chain_says_arrives_at_the_last_for_the_desk_alone(desk: SmallDesk) -> None:
    first, second, third = chain(desk)
    commands.reply(actor=requester_actor(desk.requester), item=first, text="Here too")
    assert {row.text for row in conversation(third).shown}.isdisjoint({"Here too"})
    for person, item in ((desk.resolver, third), (desk.stranger, second)):
        actor = requester_actor(person)
        assert not Message.objects.permitted(actor).filter(text="Here too").exists()
        assert not WorkEvent.objects.permitted(actor).filter(item=item, data__has_key="from", type="replied")
    desk_reads = Message.objects.permitted(agent_actor(desk.agent)).filter(item=third, text="Here too")
    assert desk_reads.exists()
    assert Message.objects.filter(text="Here too", item=second).count() == 0


def test_a_merged_request_is_going_on_while_the_last_of_its_chain_is(desk: SmallDesk) -> None:
    first, _second, third = chain(desk)
    actor = requester_actor(desk.requester)
    assert [(item.pk, item.state) for item in requests_of(actor, ended=False).shown] == [(first.pk, "new")]
    commands.cancel(actor=agent_actor(desk.agent), item=third, reason="twice")
    assert requests_of(actor, ended=False).shown == []
    assert [item.pk for item in requests_of(actor, ended=True).shown] == [first.pk]
    with pytest.raises(Untimely):
        commands.reply(actor=actor, item=first, text="And now?")


def _put(actor, item, name, *, internal=False) -> Attachment:
    return attach(actor=actor, row=item, name=name, pieces=[b"words"], is_internal=internal)


def test_files_follow_a_merge_and_those_for_the_desk_stay_with_the_desk(desk: SmallDesk) -> None:
    first, second, third = chain(desk)
    agent, other_desk = agent_actor(desk.agent), agent_actor(desk.resolver, desk.second)
    commands.assign(actor=agent, item=third, team=desk.second)
    mine = _put(requester_actor(desk.requester), first, "mine.txt")
    answer, kept = _put(agent, third, "answer.txt"), _put(agent, third, "kept.txt", internal=True)
    assert set(gathered_in(third)) == {first.pk, second.pk}
    assert not Attachment.objects.permitted(other_desk).filter(pk=mine.pk).exists()
    assert follows(other_desk, mine)
    assert [file.name for file in files_for_requester(first).shown] == ["answer.txt", "mine.txt"]
    asking = requester_actor(desk.requester)
    assert follows(asking, answer)
    assert not follows(asking, kept)
    assert not follows(requester_actor(desk.stranger), mine)


def test_a_requester_takes_away_only_what_they_attached_and_sees_no_file_of_the_desk_alone(
    desk: SmallDesk,
) -> None:
    item = some_item(desk)
    asking, agent = requester_actor(desk.requester), agent_actor(desk.agent)
    mine, theirs = _put(asking, item, "mine.txt"), _put(agent, item, "theirs.txt")
    _put(agent, item, "kept.txt", internal=True)
    removable = Attachment.objects.permitted(asking, "remove")
    assert list(removable) == [mine]
    assert {file.name for file in Attachment.objects.permitted(asking)} == {"mine.txt", "theirs.txt"}
    assert Attachment.objects.permitted(agent).count() == 3
    assert theirs in Attachment.objects.permitted(agent, "remove")


def family(desk: SmallDesk) -> tuple[WorkItem, WorkItem]:
    whole, part = some_item(desk, title="Whole"), some_item(desk, title="Part")
    commands.link(actor=agent_actor(desk.agent), item=whole, other=part, type="parent")
    return whole, part


@pytest.mark.parametrize("verb", ["resolve", "cancel", "merge"])
def test_a_whole_does_not_end_in_any_way_before_its_parts(desk: SmallDesk, verb: str) -> None:
    whole, part = family(desk)
    given = {
        "resolve": {"solution": "done"},
        "cancel": {"reason": "no"},
        "merge": {"into": some_item(desk)},
    }[verb]
    with pytest.raises(Untimely, match=part.number):
        getattr(commands, verb)(actor=agent_actor(desk.agent), item=whole, **given)


def test_a_part_of_what_has_ended_goes_on_as_an_item_of_its_own(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    whole, part = family(desk)
    commands.resolve(actor=agent, item=part, solution="done")
    commands.resolve(actor=agent, item=whole, solution="done")
    anew = commands.reopen(actor=agent, item=part, text="still broken")
    assert anew.pk != part.pk
    assert WorkItem.objects.get(pk=part.pk).state == "resolved"
    assert not Link.objects.filter(target=anew, type="parent").exists()


def test_what_goes_on_becomes_no_part_of_what_has_ended(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    whole, part = some_item(desk), some_item(desk)
    commands.cancel(actor=agent, item=whole, reason="no")
    with pytest.raises(Refusal, match="has ended"):
        commands.link(actor=agent, item=whole, other=part, type="parent")


def test_an_undone_merge_brings_no_open_part_under_an_ended_whole(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    whole, part = family(desk)
    commands.merge(actor=agent, item=part, into=some_item(desk))
    commands.resolve(actor=agent, item=whole, solution="done")
    with pytest.raises(Untimely, match="which has ended"):
        commands.unmerge(actor=agent, item=part)


def test_a_sentence_names_no_item_that_is_not_yours_to_see(desk: SmallDesk) -> None:
    whole, part = family(desk)
    commands.assign(actor=agent_actor(desk.agent), item=part, team=desk.second)
    here = agent_actor(desk.agent, desk.desk)
    with pytest.raises(Untimely) as told:
        commands.resolve(actor=here, item=whole, solution="done")
    assert part.number not in str(told.value)
    assert "not yours to see" in str(told.value)


def test_a_second_take_names_who_has_it_and_never_flaps(desk: SmallDesk) -> None:
    item = some_item(desk)
    chen, dalia = agent_actor(desk.agent), agent_actor(desk.lead)
    commands.take(actor=chen, item=item)
    for _ in range(50):
        with pytest.raises(Untimely, match="Chen Testov has this item"):
            commands.take(actor=dalia, item=item)
        commands.take(actor=chen, item=item)
    assert WorkEvent.objects.filter(item=item, type="assigned").count() == 1
    commands.take(actor=dalia, item=item, over=desk.agent)
    with pytest.raises(Untimely, match="Dalia Testov has this item"):
        commands.take(actor=agent_actor(desk.resolver), item=item, over=desk.agent)
    assert WorkItem.objects.get(pk=item.pk).assignee_id == desk.lead.pk


LONG = "x" * (MOST_CHARACTERS + 1)


@pytest.mark.parametrize(
    ("verb", "given"),
    [
        ("reply", {"text": LONG}),
        ("note", {"text": LONG}),
        ("resolve", {"solution": LONG}),
        ("cancel", {"reason": LONG}),
        ("ask", {"title": "x", "text": LONG}),
        ("add_item", {"title": "x", "text": LONG}),
    ],
)
def test_a_text_beyond_a_pages_measure_is_refused_in_words(desk: SmallDesk, verb: str, given: dict) -> None:
    target = {} if verb in ("ask", "add_item") else {"item": some_item(desk)}
    target |= {"requester": desk.requester} if verb == "add_item" else {}
    with pytest.raises(Refusal, match="20,000 characters"):
        getattr(commands, verb)(actor=agent_actor(desk.agent), **target, **given)


def test_language_and_channel_survive_a_late_reopening(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    item = some_item(desk, channel="walk_in", language="ar")
    commands.resolve(actor=agent, item=item, solution="done")
    with time_machine.travel(timezone.now() + timedelta(days=20)):
        anew = commands.reopen(actor=agent, item=item, text="وما زال", language="ar")
    anew.refresh_from_db()
    assert (anew.channel, anew.language) == ("walk_in", "ar")
    assert Message.objects.get(item=anew).language == "ar"


def test_what_is_split_off_keeps_category_impact_urgency_and_what_it_concerns(desk: SmallDesk) -> None:
    agent = agent_actor(desk.agent)
    category = Category.objects.order_by("pk").first()
    concerned = entry_of(desk.site)
    given = {
        "category": category,
        "impact": 1,
        "urgency": 2,
        "concerns": concerned,
        "configuration_item": "SRV-7",
    }
    item = some_item(desk, **given)
    message = Message.objects.get(item=item)
    made = commands.split(actor=agent, item=item, message=message, title="And the phone")
    made.refresh_from_db()
    assert {name: getattr(made, name) for name in given} == given
