"""The one console: results on standard output, sentences about them on standard error."""

from __future__ import annotations

import json
from functools import cache

from rich.console import Console


@cache
def out() -> Console:
    """Return the console for results."""
    return Console(highlight=False, soft_wrap=True)


@cache
def err() -> Console:
    """Return the console for what a person has to know beside the result."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str) -> None:
    """Print what went wrong."""
    err().print(sentence, style="red", markup=False)


def print_json(content: object) -> None:
    """Print a result for machines."""
    out().print(json.dumps(content, indent=2, ensure_ascii=False), markup=False)
