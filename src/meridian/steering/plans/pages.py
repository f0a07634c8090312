"""The form by which facts are frozen: what its structure looks like, and where such facts come from."""

import json
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from meridian.engine.pages.form_page import FormPage

# Facts of the smallest plan that can be checked by hand: two rooms, and the load that they are to hold.
EXAMPLE = {"rooms": {"Geneva": {"capacity_kw": 60}, "Nairobi": {"capacity_kw": 45}}, "needed_kw": 100}


class DatasetForm(FormPage):
    """Freezing facts, with an example of what is asked for."""

    def show(self, request: Any, form: Any, *rest: Any, **facts: Any) -> HttpResponse:
        form.fields["content"].help_text = format_html(
            '{} <code dir="ltr">{}</code><br><a href="{}">{}</a>',
            _("A structure of names and values in JSON, such as:"),
            json.dumps(EXAMPLE),
            reverse("guide-page", args=("planner",)),
            _("Where datasets come from"),
        )
        return super().show(request, form, *rest, **facts)
