"""What a browser posts of a form that nobody touched."""

from meridian.engine.inputs.build import build_form, initial_values
from meridian.engine.policies import system_actor
from meridian.engine.resources import Resource


def posted_form(resource: type[Resource], row) -> dict[str, str]:
    """What a browser posts of the row's form, unchanged."""
    form = build_form(resource, system_actor("tests"))(initial=initial_values(resource, row))
    posted: dict[str, str] = {}
    for field in form:
        value = field.value()
        if hasattr(field.field.widget, "widgets_names"):
            parts = field.field.widget.decompress(value)
            posted |= {
                f"{field.html_name}{suffix}": text
                for suffix, text in zip(field.field.widget.widgets_names, parts, strict=True)
            }
        elif isinstance(value, bool):
            posted |= {field.html_name: "on"} if value else {}
        elif value is not None:
            text = field.field.widget.format_value(field.field.prepare_value(value))
            posted[field.html_name] = text[0] if isinstance(text, list) else text
    return {name: text for name, text in posted.items() if text is not None}
