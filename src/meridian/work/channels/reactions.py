"""Letters to people, for what happens at the desk."""

from meridian.work.channels.commands.writing import Draft, write_mail
from meridian.work.channels.contracts import Letter
from meridian.work.channels.models.references import Person, WorkItem
from meridian.work.channels.queries.threads import HOUSE
from meridian.work.notifications.events import PeopleTold


def write_letters(event: PeopleTold) -> None:
    """Write to everybody who asked for the item or follows it what they are told."""
    item = WorkItem.objects.filter(number=event.number).select_related("team").first()
    for person in Person.objects.filter(pk__in=event.people).order_by("pk"):
        draft = Draft(
            Letter(event.kind),
            person,
            f"{event.item}.{event.sequence}.{person.pk}",
            item=item,
            title=event.title,
            words=event.words,
        )
        write_mail(actor=HOUSE, draft=draft)
