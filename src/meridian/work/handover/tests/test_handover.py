"""A hub has an item until the next accepts it; nothing that is promised is left lying."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from house.factory import MAKER, make
from house.jobs import react
from house.nouns import Account

from meridian.engine.audit import trail
from meridian.engine.commands import Refusal, Unpermitted, Unseen, Untimely
from meridian.engine.notices.models import Notice
from meridian.work.handover import facade
from meridian.work.handover.commands.answers import (
    accept_item,
    drop_item,
    offer_item,
    return_item,
    write_item,
)
from meridian.work.handover.commands.sheets import begin_sheet, choose_item, close_sheet, select_anew
from meridian.work.handover.jobs import begin_due_sheets, tell_leads
from meridian.work.handover.models import Sheet, SheetItem
from meridian.work.servicedesk.facade import WorkItem, assign, hold, resolve, resume, start
from meridian.work.servicedesk.testing import (
    TESTS,
    account_of,
    agent_actor,
    hold_reason,
    signed_in,
    small_desk,
    some_item,
)
from meridian.work.shifts.facade import Hub
from meridian.work.shifts.testing import join, on_shift

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DESK = "servicedesk.workitem.*"


@pytest.fixture
def desk():
    """Two hubs: that of the agent hands over to that of the resolver."""
    found = small_desk()
    there = make(Hub, code="THERE", name={"en": "New York"}, team=found.second)
    make(Hub, code="HERE", name={"en": "Brindisi"}, team=found.desk, hands_over_to=there)
    return found


def here():
    return Hub.objects.get(code="HERE")


def there():
    return Hub.objects.get(code="THERE")


def urgent(desk, **given):
    item = some_item(desk, team=desk.desk, impact=1, urgency=1, **given)
    react()
    return item


def sheet_of(desk):
    return begin_sheet(actor=agent_actor(desk.agent), from_hub=here())


def told(row, **fields):
    given = {"summary": "The link to Goma is down.", "next_action": "Call the carrier at nine."}
    return write_item(actor=MAKER, row=row, **{**given, **fields})


def offered(desk):
    row = told(sheet_of(desk).items.get())
    return offer_item(actor=agent_actor(desk.agent), row=row)


def hub_of(item):
    return Hub.objects.get(pk=facade.hands_of([item.pk])[item.pk].hub).code


def test_what_is_urgent_due_soon_or_promised_stands_on_the_sheet_by_itself(desk):
    now = timezone.now()
    first, second, third, fourth = (some_item(desk, team=desk.desk, title=title) for title in "abcd")
    ordinary = [some_item(desk, team=desk.desk), some_item(desk, team=desk.second, impact=1, urgency=1)]
    react()
    with trail.entry("tests.arrange", TESTS):
        WorkItem.objects.filter(pk=first.pk).update(priority=2)
        WorkItem.objects.filter(pk=second.pk).update(due_at=now + 3 * HOUR)
        WorkItem.objects.filter(pk__in=[first.pk, third.pk, fourth.pk, *(i.pk for i in ordinary)]).update(
            due_at=now + 90 * HOUR
        )
    agent = agent_actor(desk.agent)
    for item, until in ((third, now + 5 * HOUR), (fourth, now + 50 * HOUR)):
        assign(actor=agent, item=item, assignee=desk.agent)
        hold(actor=agent, item=item, hold_reason=hold_reason("planned_change"), until=until, note="n")
    sheet = sheet_of(desk)
    assert dict(sheet.items.values_list("item", "reasons")) == {
        first.pk: ["urgent"],
        second.pk: ["breach"],
        third.pk: ["call_back"],
    }
    with trail.entry("tests.arrange", TESTS):
        WorkItem.objects.filter(pk=ordinary[0].pk).update(priority=1)
    select_anew(actor=agent, row=sheet)
    assert sheet.items.count() == 4


def test_a_hub_has_an_item_only_from_acceptance_and_the_gap_is_measured(desk):
    item = urgent(desk)
    row = offered(desk)
    assert hub_of(item) == "HERE"
    assert facade.hands_of([item.pk])[item.pk].offered_to == there().pk
    with trail.entry("tests.arrange", TESTS):
        SheetItem.objects.filter(pk=row.pk).update(offered_at=timezone.now() - timedelta(minutes=10))
    accept_item(actor=agent_actor(desk.resolver), row=row)
    assert hub_of(item) == "THERE"
    item.refresh_from_db()
    assert (item.team, item.assignee) == (desk.second, desk.resolver)
    found = facade.gaps(SheetItem.objects.all())
    assert found.accepted == 1
    assert 9 < found.median_minutes < 11


def test_what_is_returned_stays_with_its_reason_and_is_offered_again(desk):
    item = urgent(desk)
    row = offered(desk)
    make(Account, person=desk.agent)
    with pytest.raises(Refusal, match="Say why"):
        return_item(actor=agent_actor(desk.resolver), row=row, answer=" ")
    row = return_item(actor=agent_actor(desk.resolver), row=row, answer="Whom did you call?")
    assert (row.state, hub_of(item)) == ("returned", "HERE")
    react()
    notice = Notice.objects.get(kind="handover.returned")
    assert notice.words == "Whom did you call?"
    row = offer_item(actor=agent_actor(desk.agent), row=told(row, tried="Called the carrier."))
    assert (row.state, row.answer, row.answered_by) == ("offered", "", None)


def test_a_sheet_is_not_closed_while_something_on_it_is_not_offered(desk):
    urgent(desk)
    agent = agent_actor(desk.agent)
    sheet = sheet_of(desk)
    row = sheet.items.get()
    with pytest.raises(Untimely, match=row.item.number):
        close_sheet(actor=agent, row=sheet)
    drop_item(actor=agent, row=row, answer="We stay until it is solved.")
    close_sheet(actor=agent, row=sheet)
    with pytest.raises(Untimely, match="is closed"):
        select_anew(actor=agent, row=sheet)


def test_what_was_offered_is_accepted_also_after_the_others_went_home(desk):
    item = urgent(desk)
    row = offered(desk)
    close_sheet(actor=agent_actor(desk.agent), row=row.sheet)
    accept_item(actor=agent_actor(desk.resolver), row=row)
    assert hub_of(item) == "THERE"


def test_an_item_is_offered_with_words_and_never_twice_or_when_it_has_ended(desk):
    item = urgent(desk)
    agent = agent_actor(desk.agent)
    row = sheet_of(desk).items.get()
    with pytest.raises(Refusal, match="what it is about"):
        offer_item(actor=agent, row=row)
    row = offer_item(actor=agent, row=told(row))
    with pytest.raises(Untimely, match="offered already"):
        offer_item(actor=agent, row=row)
    resolve(actor=agent, item=item, solution="The cable was out.")
    with pytest.raises(Untimely, match="has ended"):
        accept_item(actor=agent_actor(desk.resolver), row=row)


def test_only_the_people_of_the_two_hubs_act_each_on_their_side(desk):
    urgent(desk)
    row = offered(desk)
    with pytest.raises((Unpermitted, Unseen)):
        accept_item(actor=agent_actor(desk.agent), row=row)
    with pytest.raises((Unpermitted, Unseen)):
        drop_item(actor=agent_actor(desk.resolver), row=row, answer="no")
    with pytest.raises((Unpermitted, Unseen)):
        accept_item(actor=agent_actor(desk.stranger), row=row)


def test_a_hub_has_one_open_sheet_and_hands_over_what_is_in_its_hands(desk):
    mine, theirs = some_item(desk, team=desk.desk), some_item(desk, team=desk.second)
    react()
    sheet = sheet_of(desk)
    with pytest.raises(Refusal, match="open sheet already"):
        sheet_of(desk)
    agent = agent_actor(desk.agent)
    choose_item(actor=agent, row=sheet, item=mine)
    with pytest.raises(Untimely, match="stands on the sheet"):
        choose_item(actor=agent, row=sheet, item=mine)
    with pytest.raises(Refusal, match="not in the hands"):
        choose_item(actor=agent, row=sheet, item=theirs)
    with pytest.raises(Refusal, match="hands over to no other"):
        begin_sheet(actor=MAKER, from_hub=there())


def test_after_a_quarter_of_an_hour_the_incoming_lead_is_told_once(desk):
    urgent(desk)
    row = offered(desk)
    lead = make(Account, person=desk.lead)
    join(desk.second, desk.lead, leads=True)
    now = timezone.now()
    on_shift(desk.second, desk.lead, now - HOUR, now + HOUR)
    tell_leads()
    assert not Notice.objects.filter(kind="handover.unaccepted").exists()
    with trail.entry("tests.arrange", TESTS):
        SheetItem.objects.filter(pk=row.pk).update(offered_at=now - timedelta(minutes=16))
    tell_leads()
    tell_leads()
    react()
    notice = Notice.objects.get(kind="handover.unaccepted")
    assert (notice.account_id, row.item.number in notice.text) == (lead.pk, True)


def test_the_sheet_of_a_hub_is_begun_within_the_hour_before_its_people_go(desk):
    urgent(desk)
    now = timezone.now()
    on_shift(desk.desk, desk.agent, now - HOUR, now + 2 * HOUR)
    begin_due_sheets()
    assert not Sheet.objects.exists()
    with trail.entry("tests.arrange", TESTS):
        desk.desk.shifts.update(end_at=now + HOUR / 2)
    begin_due_sheets()
    begin_due_sheets()
    sheet = Sheet.objects.get()
    assert (sheet.due_at, sheet.to_hub, sheet.items.count()) == (now + HOUR / 2, there(), 1)


def test_what_waits_keeps_waiting_and_comes_to_the_desk_that_has_it_when_it_goes_on(desk):
    item = urgent(desk)
    agent = agent_actor(desk.agent)
    start(actor=agent, item=item)
    hold(actor=agent, item=item, hold_reason=hold_reason(), note="?")
    row = offered(desk)
    accept_item(actor=agent_actor(desk.resolver), row=row)
    item.refresh_from_db()
    assert (item.state, item.team, hub_of(item)) == ("on_hold", desk.desk, "THERE")
    resume(actor=agent, item=item)
    react()
    item.refresh_from_db()
    assert item.team == desk.second


def test_given_to_another_hubs_desk_by_hand_it_stays_in_the_same_hands_and_goes_along(desk):
    item = some_item(desk, team=desk.desk)
    react()
    assign(actor=agent_actor(desk.agent), item=item, team=desk.second)
    react()
    assert hub_of(item) == "HERE"
    assert sheet_of(desk).items.get().reasons == ["elsewhere"]


def test_the_page_saves_offers_and_accepts_without_scripts(desk):
    urgent(desk)
    row = sheet_of(desk).items.get()
    page = f"/handover/sheets/{row.sheet_id}/"
    giver, taker = (signed_in(account_of(person, DESK)) for person in (desk.agent, desk.resolver))
    fields = {f"i{row.pk}-{name}": "" for name in ("summary", "tried", "next_action", "next_at", "blockers")}
    written = {
        **fields,
        f"i{row.pk}-version": row.version,
        f"i{row.pk}-summary": "Down",
        f"i{row.pk}-next_action": "Call",
    }
    assert "Offer what is ready" in giver.get(page).content.decode()
    assert giver.post(f"{page}fill/", {**written, "do": "offer_ready"}).status_code == 302
    assert SheetItem.objects.get().state == "offered"
    shown = taker.get(page).content.decode()
    assert "Accept all" in shown
    assert "Offer what is ready" not in shown
    assert taker.post(f"{page}fill/", {"do": f"return:{row.pk}"}).status_code == 422
    assert taker.post(f"{page}fill/", {"do": f"accept:{row.pk}"}).status_code == 302
    assert SheetItem.objects.get().state == "accepted"
    assert Client().get(page).status_code in (302, 403)


def test_two_who_write_at_once_both_keep_their_words(desk):
    urgent(desk)
    row = sheet_of(desk).items.get()
    told(row, summary="Theirs")
    giver = signed_in(account_of(desk.agent, DESK))
    fields = {f"i{row.pk}-{name}": "" for name in ("tried", "next_action", "next_at", "blockers")}
    mine = {**fields, f"i{row.pk}-version": row.version, f"i{row.pk}-summary": "Mine"}
    answer = giver.post(f"/handover/sheets/{row.sheet_id}/fill/", {**mine, "do": "save"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    assert SheetItem.objects.get().summary == "Theirs"


def test_a_row_of_a_closed_sheet_or_one_accepted_is_not_rewritten(desk):
    urgent(desk)
    row = accept_item(actor=agent_actor(desk.resolver), row=offered(desk))
    with pytest.raises(Untimely, match="stands"):
        told(row, summary="Other words")


def test_a_sheet_is_begun_and_shown_only_by_and_to_its_people(desk):
    world, board = "/world/", "/handover/"
    mine, theirs = signed_in(account_of(desk.agent, "shifts.*.view")), signed_in(account_of(desk.stranger))
    assert f'value="{here().pk}"' in mine.get(board).content.decode()
    assert "handover/begin/" not in theirs.get(board).content.decode()
    assert theirs.post("/handover/begin/", {"hub": here().pk}).status_code == 404
    assert mine.post("/handover/begin/", {"hub": here().pk}).status_code == 302
    sheet = f"/handover/sheets/{Sheet.objects.get().pk}/"
    assert sheet not in theirs.get(board).content.decode()
    reader = signed_in(account_of(desk.lead, "handover.sheet.view"))
    assert sheet in reader.get(world).content.decode()
    assert sheet not in theirs.get(world).content.decode()


def test_what_came_into_other_hands_or_is_offered_elsewhere_is_not_handed_over_again(desk):
    """A sheet that was begun earlier would else take an item from the hub that has accepted it."""
    item = urgent(desk)
    agent, rows = agent_actor(desk.agent), []
    for state in ("closed", "draft"):
        rows.append(told(sheet_of(desk).items.get()))
        with trail.entry("tests.arrange", TESTS):
            Sheet.objects.filter(pk=rows[-1].sheet_id).update(state=state)
    with trail.entry("tests.arrange", TESTS):
        SheetItem.objects.filter(pk=rows[0].pk).update(state="offered", offered_at=timezone.now())
    with pytest.raises(Untimely, match="another sheet"):
        offer_item(actor=agent, row=rows[1])
    accept_item(actor=agent_actor(desk.resolver), row=rows[0])
    with pytest.raises(Untimely, match="another hub"):
        offer_item(actor=agent, row=rows[1])
    with trail.entry("tests.arrange", TESTS):
        SheetItem.objects.filter(pk=rows[1].pk).update(state="offered", offered_at=timezone.now())
    with pytest.raises(Untimely, match="another hub"):
        accept_item(actor=agent_actor(desk.resolver), row=rows[1])
    assert hub_of(item) == "THERE"
