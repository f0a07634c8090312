"""Rows of webhooks as tests make them."""

from typing import Any

from meridian.work.webhooks.models import Webhook

FACTORIES: dict[type, Any] = {
    Webhook: {
        "url": lambda number: f"https://hook{number}.example.org/",
        "events": ["servicedesk.ItemOpened"],
    },
}
