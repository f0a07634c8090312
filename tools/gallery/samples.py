"""Sample context of the gallery: what pages hand to the templates, in the shapes the partials document."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desks import desks_at
from django import forms
from django.utils.html import format_html, format_html_join

from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table
from meridian.insight.world.rules.world_map import SmallMark, draw_small_map, draw_world

WORDS = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
ICONS = [["globe", "queue", "request", "people"], ["facility", "server", "application"], ["money", "project"]]
STATES = [("accent", "state"), ("watch", "waiting"), ("good", "closed"), ("bad", "late")]
TONES = {"open": "good", "handover": "watch", "closed": "still"}
GROUND = "/static/meridian/world.svg"
HOURLY = [
    30,
    26,
    22,
    20,
    24,
    40,
    66,
    98,
    130,
    140,
    126,
    118,
    122,
    128,
    116,
    100,
    82,
    64,
    52,
    46,
    42,
    38,
    34,
    32,
]


def table(words: dict[str, Any]) -> Table:
    """Twelve rows with sort, state, date, number and bulk actions."""
    kinds = ["code", "text", "state", "text", "date", "number"]
    columns = [
        Column(title, kind, sort_url="#", sorted="descending" if index == 4 else "", minor=index in (3, 4))
        for index, (title, kind) in enumerate(zip(words["columns"], kinds, strict=True))
    ]
    rows = []
    for index in range(12):
        tone, key = STATES[index % 4]
        number = f"INC-{24918 - index * 37:07d}"
        due = f"{21 - index // 5} Nov {17 - index % 9}:30"
        cells = [
            Cell(number, "code"),
            Cell(words["subjects"][index % 8], url=f"/desk/{number}/"),
            Cell(words[key], "state", tone=tone),
            Cell(words["people"][index % 4]),
            Cell(due, "date", instant="2026-11-21T17:30:00+00:00"),
            Cell(f"{index * 7.3 + 0.4:.1f}", "number"),
        ]
        rows.append(Row(cells, key=number, name=number))
    actions = [
        BulkAction("take", words["actions"][0], "user"),
        BulkAction("hold", words["actions"][2], "hold"),
    ]
    return Table(words["columns"][1], columns, rows, bulk_url="#", bulk_actions=actions)


class SiteForm(forms.Form):
    """One field of each kind, filled in wrongly."""

    name = forms.CharField(max_length=60)
    kind = forms.ChoiceField(choices=[("a", "Office"), ("b", "Logistics base")])
    opened_on = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}))
    seats = forms.IntegerField(min_value=1)
    remark = forms.CharField(widget=forms.Textarea, required=False)
    public = forms.BooleanField(required=False)


def site_form(words: dict[str, Any]) -> SiteForm:
    """The form after a refused try."""
    form = SiteForm({"name": "", "kind": "a", "opened_on": "", "seats": "4"})
    form.fields["name"].label, form.fields["name"].help_text = words["name"], words["help"]
    return form


def filters(words: dict[str, Any]) -> dict[str, Any]:
    """Context of partials/filter_bar.html."""
    fields = [
        {"name": str(number), "label": label, "choices": [{"value": "", "label": label}]}
        for number, label in enumerate(words["filters"])
    ]
    chosen = [{"label": words["late"], "remove_url": "#"}]
    return {
        "url": "#",
        "query_label": words["columns"][1],
        "fields": fields,
        "chosen": chosen,
        "clear_url": "#",
    }


def lists(words: dict[str, Any]) -> dict[str, Any]:
    """Context of partials/list.html."""
    title, text = words["empty"]
    return {
        "table": table(words),
        "views": {
            "entries": [
                {"title": view, "url": "#", "current": index == 0, "own": index == 0, "shared": index > 0}
                for index, view in enumerate(words["views"])
            ],
            "all_url": "#",
            "may_save": True,
            "may_share": True,
        },
        "filters": filters(words),
        "exports": [{"title": title, "url": "#"} for title in ("XLSX", "CSV", "JSON")],
        "pager": {"summary": "12 / 24,918", "previous_url": "#", "next_url": "#"},
        "empty": {
            "icon": "queue",
            "title": title,
            "text": text,
            "actions": [{"title": words["views"][0], "url": "#"}],
        },
    }


def chart() -> dict[str, Any]:
    """A small server-drawn chart."""
    bar = '<rect class="bars" x="{}" y="{}" width="18" height="{}"/>'
    hour = '<text x="{}" y="166" text-anchor="middle">{}</text>'
    line = '<path class="grid" d="M36 {}H690"/><text x="30" y="{}" text-anchor="end">{}</text>'
    svg = format_html(
        '<svg viewBox="0 0 700 172" role="img" aria-label="Requests by hour">{}{}{}'
        '<path class="axis" d="M36 150H690"/></svg>',
        format_html_join("", line, ((150 - y, 154 - y, y) for y in (50, 100))),
        format_html_join("", bar, ((40 + i * 27, 150 - v, v) for i, v in enumerate(HOURLY))),
        format_html_join("", hour, ((49 + i * 27, f"{i:02d}") for i in range(0, 24, 3))),
    )
    return {"title": "Requests opened by hour of day", "unit": "UTC", "svg": svg}


def frame(words: dict[str, Any], theme: str) -> dict[str, Any]:
    """Context of shell.html."""
    section, names = words["sections"][0]
    menu = [
        {"title": name, "url": "#", "icon": icon, "current": place == 1, "key": place + 1}
        for place, (name, icon) in enumerate(zip(names, ICONS[0], strict=False))
    ]
    return {
        "theme": theme,
        "menu": menu,
        "account": {"name": words["people"][3], "detail": words["kind"], "url": "#", "sign_out_url": "#"},
        "notices": {"count": 3, "url": "#"},
        "palette_url": "/palette/",
        "crumbs": [{"title": section, "url": "#"}, {"title": names[1], "url": "#"}],
    }


def events(words: dict[str, Any]) -> list[dict[str, Any]]:
    """Context of partials/events.html."""
    people, actions = words["people"], words["actions"]
    return [
        {
            "who": people[0],
            "what": actions[0],
            "at": "14:32",
            "instant": "2026-11-21T14:32Z",
            "body": words["reply"],
        },
        {
            "who": people[1],
            "what": words["state"],
            "at": "13:05",
            "instant": "2026-11-21T13:05Z",
            "strong": True,
        },
        {
            "who": people[2],
            "what": actions[0],
            "at": "12:40",
            "instant": "2026-11-21T12:40Z",
            "body": words["refused"],
            "note": True,
        },
    ]


def head(words: dict[str, Any]) -> dict[str, Any]:
    """Context of partials/object_head.html."""
    reply, edit, hold, _ = words["actions"]
    return {
        "kind": words["kind"],
        "icon": "item",
        "number": "INC-0024918",
        "title": words["title"],
        "tone": "accent",
        "state": words["state"],
        "facts": [{"label": label, "text": text} for label, text in words["facts"]],
        "actions": [
            {"title": reply, "url": "#", "icon": "reply", "first": True},
            {"title": edit, "url": "#", "icon": "edit", "key": "e"},
            {"title": hold, "url": "#", "icon": "hold", "refused": words["refused"]},
        ],
    }


def context(language: str, theme: str) -> dict[str, Any]:
    """Everything design/gallery.html shows, in `language` (en, zh-hans or ar)."""
    words = WORDS[language]
    shown = head(words)
    resolve = words["actions"][3]
    figures = zip(["1,482", "86", "7", "34"], words["tiles"], ["", "good", "watch", "bad"], strict=True)
    state = {"label": words["columns"][2], "text": words["state"], "tone": "accent"}
    return {
        **frame(words, theme),
        **lists(words),
        "head": shown,
        "tabs": [
            {"title": title, "url": "#", "current": index == 0, "count": index * 3 if index else None}
            for index, title in enumerate(words["tabs"])
        ],
        "tiles": [
            {"number": number, "label": label, "url": "#", "tone": tone} for number, label, tone in figures
        ],
        "events": events(words),
        "panels": [{"title": words["tabs"][1], "facts": [*shown["facts"], state]}],
        "form": site_form(words),
        "submit": resolve,
        "cancel_url": "#",
        "versions": [
            {"code": "en", "name": "English", "url": "#", "current": True},
            {"code": "ar", "name": "العربية", "url": "#"},
            {"code": "zh-hans", "name": "简体中文", "url": "#", "missing": True},
        ],
        "tones": ["good", "watch", "bad", "still", "accent"],
        "dialog": {"id": "ask", "title": resolve, "text": words["prose"], "url": "#", "submit": resolve},
        "prose": {"title": words["kind"], "text": words["prose"]},
        "chart": chart(),
    }


def world(now: datetime, language: str, theme: str) -> dict[str, Any]:
    """Context of design/gallery_world.html."""
    desks = desks_at(now, language)
    small = []
    for hours in (0, 6, 12, 18):
        then = now + timedelta(hours=hours)
        marks = [SmallMark(d.latitude, d.longitude, TONES[d.state], 0.8) for d in desks_at(then, language)]
        title = f"{then:%H:%M} UTC"
        small.append({"title": title, "svg": draw_small_map(marks, title, GROUND, then)})
    columns = [
        Column("Desk"),
        Column("State", "state"),
        Column("Local time", "date"),
        Column("Waiting", "number"),
        Column("In hand", "number"),
    ]
    rows = []
    for desk in desks:
        counts = [Cell(str(desk.waiting), "number"), Cell(str(desk.in_hand), "number")]
        state = Cell(desk.state, "state", tone=TONES[desk.state])
        rows.append(Row([Cell(desk.name, url=desk.url), state, Cell(desk.local_time, "date"), *counts]))
    return {
        **context(language, theme),
        "map": draw_world(now, desks, GROUND),
        "small_maps": small,
        "table": Table("Desks", columns, rows),
    }
