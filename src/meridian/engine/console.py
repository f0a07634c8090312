"""What commands of the shell that touch rows share."""

import functools
from collections.abc import Callable
from typing import Any

import click


def needs_database(function: Callable[..., Any]) -> Callable[..., Any]:
    """Start the embedded database, when it is in use and asleep, before the command runs."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        click.get_current_context().find_root().obj.prepare_database()
        return function(*args, **kwargs)

    return wrapped
