"""Sample context of the gallery: what pages hand to the templates, in the shapes the partials document."""

from datetime import datetime, timedelta
from typing import Any

from desks import MOMENTS, desks_at
from django import forms
from django.utils.safestring import mark_safe
from words import WORDS

from meridian.engine.design.tables import BulkAction, Cell, Column, Row, Table
from meridian.insight.world.rules.world_map import SmallMark, draw_small_map, draw_world

__all__ = ["MOMENTS", "context", "world"]

ICONS = [["globe", "queue", "request", "people"], ["facility", "server", "application"], ["money", "project"]]
STATES = [("accent", "state"), ("watch", "waiting"), ("good", "closed"), ("bad", "late")]


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
        cells = [
            Cell(number, "code"),
            Cell(words["subjects"][index % 8], url=f"/work/{number}/"),
            Cell(words[key], "state", tone=tone),
            Cell(words["people"][index % 4]),
            Cell(f"{21 - index // 5} Nov {17 - index % 9}:30", "date", instant="2026-11-21T17:30:00+00:00"),
            Cell(f"{index * 7.3 + 0.4:.1f}", "number"),
        ]
        rows.append(Row(cells, key=number, name=number))
    actions = [BulkAction("take", words["actions"][0], "user"), BulkAction("hold", words["actions"][2], "hold")]
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
    form = SiteForm({"name": "", "kind": "a", "opened_on": "2026-13-01", "seats": "4"})
    form.fields["name"].label, form.fields["name"].help_text = words["name"], words["help"]
    return form


def lists(words: dict[str, Any]) -> dict[str, Any]:
    """Context of partials/list.html."""
    return {
        "table": table(words),
        "views": [{"title": title, "url": "#", "current": index == 0, "count": 1240 // (index + 1)} for index, title in enumerate(words["views"])],
        "save_view_url": "#",
        "filters": {
            "url": "#",
            "query_label": words["columns"][1],
            "fields": [{"name": str(n), "label": label, "choices": [{"value": "", "label": label}]} for n, label in enumerate(words["filters"])],
            "chosen": [{"label": words["late"], "remove_url": "#"}],
            "clear_url": "#",
        },
        "exports": [{"title": title, "url": "#"} for title in ("XLSX", "CSV", "JSON")],
        "pager": {"summary": "12 / 24,918", "previous_url": "#", "next_url": "#"},
        "empty": {"icon": "queue", "title": words["empty"][0], "text": words["empty"][1], "actions": [{"title": words["views"][0], "url": "#"}]},
    }  # fmt: skip


def chart() -> dict[str, Any]:
    """A small server-drawn chart."""
    bars = "".join(f'<rect class="bars" x="{40 + i * 27}" y="{150 - v}" width="18" height="{v}"/>' for i, v in enumerate([30, 26, 22, 20, 24, 40, 66, 98, 130, 140, 126, 118, 122, 128, 116, 100, 82, 64, 52, 46, 42, 38, 34, 32]))
    hours = "".join(f'<text x="{49 + i * 27}" y="166" text-anchor="middle">{i:02d}</text>' for i in range(0, 24, 3))
    grid = "".join(f'<path class="grid" d="M36 {150 - y}H690"/><text x="30" y="{154 - y}" text-anchor="end">{y}</text>' for y in (50, 100))
    return {"title": "Requests opened by hour of day", "unit": "UTC", "svg": mark_safe(f'<svg viewBox="0 0 700 172" role="img" aria-label="Requests by hour">{grid}{bars}{hours}<path class="axis" d="M36 150H690"/></svg>')}  # fmt: skip




def context(language: str, theme: str) -> dict[str, Any]:
    """Everything design/gallery.html shows, in `language` (en, zh-hans or ar)."""
    words = WORDS[language]
    facts = [{"label": label, "text": text} for label, text in words["facts"]]
    menu = [
        {"title": title, "current": index == 0, "items": [{"title": name, "url": "#", "icon": ICONS[index][n], "current": (index, n) == (0, 1)} for n, name in enumerate(names)]}
        for index, (title, names) in enumerate(words["sections"])
    ]  # fmt: skip
    actions = [
        {"title": words["actions"][0], "url": "#", "icon": "reply", "first": True},
        {"title": words["actions"][1], "url": "#", "icon": "edit", "key": "e"},
        {"title": words["actions"][2], "url": "#", "icon": "hold", "refused": words["refused"]},
    ]
    events = [
        {"who": words["people"][0], "what": words["actions"][0], "at": "14:32", "instant": "2026-11-21T14:32:00Z", "body": words["reply"]},
        {"who": words["people"][1], "what": words["state"], "at": "13:05", "instant": "2026-11-21T13:05:00Z", "strong": True},
        {"who": words["people"][2], "what": words["actions"][0], "at": "12:40", "instant": "2026-11-21T12:40:00Z", "body": words["refused"], "note": True},
    ]  # fmt: skip
    return {
        "theme": theme,
        "menu": menu,
        "account": {"name": words["people"][3], "detail": words["kind"], "url": "#", "sign_out_url": "#"},
        "notices": {"count": 3, "url": "#"},
        "palette_url": "/palette/",
        "crumbs": [{"title": words["sections"][0][0], "url": "#"}, {"title": words["sections"][0][1][1], "url": "#"}],
        "head": {"kind": words["kind"], "icon": "item", "number": "INC-0024918", "title": words["title"], "tone": "accent", "state": words["state"], "facts": facts, "actions": actions},
        "tabs": [{"title": title, "url": "#", "current": n == 0, "count": n * 3 if n else None} for n, title in enumerate(words["tabs"])],
        "tiles": [{"number": number, "label": label, "url": "#", "tone": tone} for number, label, tone in zip(["1,482", "86", "7", "34"], words["tiles"], ["", "good", "watch", "bad"], strict=True)],
        "events": events,
        "panels": [{"title": words["tabs"][1], "facts": [*facts, {"label": words["columns"][2], "text": words["state"], "tone": "accent"}], "link": {"title": words["actions"][1], "url": "#"}}],
        "form": site_form(words),
        "submit": words["actions"][3],
        "cancel_url": "#",
        "versions": [{"code": "en", "name": "English", "url": "#", "current": True}, {"code": "ar", "name": "العربية", "url": "#"}, {"code": "zh-hans", "name": "简体中文", "url": "#", "missing": True}],
        "tones": ["good", "watch", "bad", "still", "accent"],
        "dialog": {"id": "ask", "title": words["actions"][3], "text": words["prose"], "url": "#", "submit": words["actions"][3], "danger": True},
        "prose": {"title": words["kind"], "text": words["prose"]},
        "chart": chart(),
        **lists(words),
    }  # fmt: skip


def world(now: datetime, language: str, theme: str) -> dict[str, Any]:
    """Context of design/gallery_world.html."""
    desks = desks_at(now, language)
    tones = {"open": "good", "handover": "watch", "closed": "still"}
    small = []
    for hours in (0, 6, 12, 18):
        then = now + timedelta(hours=hours)
        marks = [SmallMark(d.latitude, d.longitude, tones[d.state], 0.8) for d in desks_at(then, language)]
        title = f"{then:%H:%M} UTC"
        small.append({"title": title, "svg": mark_safe(draw_small_map(marks, title, then))})
    rows = [
        Row([Cell(d.name, url=d.url), Cell(d.state, "state", tone=tones[d.state]), Cell(d.local_time, "date"), Cell(str(d.waiting), "number"), Cell(str(d.in_hand), "number")])
        for d in desks
    ]  # fmt: skip
    columns = [Column("Desk"), Column("State", "state"), Column("Local time", "date"), Column("Waiting", "number"), Column("In hand", "number")]  # fmt: skip
    return {
        **context(language, theme),
        "map": mark_safe(draw_world(now, desks)),
        "small_maps": small,
        "table": Table("Desks", columns, rows),
    }
