"""The door of work items for the modules that have some: tables, log, machine, relations, loading."""

from meridian.work.items.commands.continuing import Continued, Late, continue_histories
from meridian.work.items.commands.guards import lock_another, number_for, refuse_open_parts, require_verb
from meridian.work.items.commands.loading import Loading, load_histories
from meridian.work.items.commands.log import MOST_CHARACTERS, Log, bounded, data_of, folded_of, words_of
from meridian.work.items.commands.numbers import reserve_numbers
from meridian.work.items.commands.opening import insert_item
from meridian.work.items.commands.presence import forget_presences, note_presence
from meridian.work.items.commands.relations import LINK_DEPTH, Relations
from meridian.work.items.facets import (
    EventFacets,
    LinkFacets,
    MergeFacets,
    MessageFacets,
    NumberFacets,
    WatcherFacets,
)
from meridian.work.items.models import (
    Item,
    ItemEvent,
    ItemLink,
    ItemMerge,
    ItemMessage,
    ItemNumber,
    ItemPresence,
    ItemWatcher,
)
from meridian.work.items.policies import EventPolicy, ItemPartPolicy, LinkPolicy, MergePolicy, MessagePolicy
from meridian.work.items.queries.beside import (
    ENTRY_NAME,
    MOST_FILES,
    PERSON_NAME,
    PLAIN_NAME,
    TRANSLATED_NAME,
    Beside,
    File,
    LinkRow,
    Names,
    Seen,
    beside,
)
from meridian.work.items.queries.files import files_for_requester, reads_after_merge
from meridian.work.items.queries.links import MergeStep, ended_whole, gathered_in, merge_path
from meridian.work.items.queries.numbers import meant_item, taken_numbers
from meridian.work.items.queries.refold import Difference, refold, sample
from meridian.work.items.queries.requests import conversation, last_of, requests_of
from meridian.work.items.queries.telling import Telling
from meridian.work.items.queries.timeline import (
    PRESENT_FOR,
    TimelineRow,
    present_at,
    timeline,
    words_at,
)

__all__ = [
    "WatcherFacets",
    "NumberFacets",
    "MessageFacets",
    "MergeFacets",
    "LinkFacets",
    "EventFacets",
    "ENTRY_NAME",
    "LINK_DEPTH",
    "Late",
    "MOST_CHARACTERS",
    "MOST_FILES",
    "PERSON_NAME",
    "PLAIN_NAME",
    "PRESENT_FOR",
    "TRANSLATED_NAME",
    "Beside",
    "Continued",
    "Difference",
    "EventPolicy",
    "File",
    "Item",
    "ItemEvent",
    "ItemLink",
    "ItemMerge",
    "ItemMessage",
    "ItemNumber",
    "ItemPartPolicy",
    "ItemPresence",
    "ItemWatcher",
    "LinkPolicy",
    "LinkRow",
    "Loading",
    "Log",
    "MergePolicy",
    "MergeStep",
    "MessagePolicy",
    "Names",
    "Relations",
    "Seen",
    "Telling",
    "TimelineRow",
    "beside",
    "bounded",
    "continue_histories",
    "conversation",
    "data_of",
    "ended_whole",
    "files_for_requester",
    "folded_of",
    "forget_presences",
    "gathered_in",
    "insert_item",
    "last_of",
    "load_histories",
    "lock_another",
    "meant_item",
    "merge_path",
    "note_presence",
    "number_for",
    "present_at",
    "reads_after_merge",
    "refold",
    "refuse_open_parts",
    "require_verb",
    "requests_of",
    "reserve_numbers",
    "sample",
    "taken_numbers",
    "timeline",
    "words_at",
    "words_of",
]
