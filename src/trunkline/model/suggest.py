"""The name that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_LIKENESS = 0.7  # high enough that colour is not taken for country


def suggest(written: str, known: Iterable[str], otherwise: str) -> str:
    """Ask for the nearest known name, or say `otherwise` and all of them.

    >>> suggest("poe_bugdet", ["poe_budget", "ups"], "known keys")
    'did you mean poe_budget?'
    >>> suggest("colour", ["poe_budget", "ups"], "known keys")
    'known keys: poe_budget, ups'
    """
    names = sorted(known)
    near = get_close_matches(written, names, 1, _LIKENESS)
    return f"did you mean {near[0]}?" if near else f"{otherwise}: {', '.join(names) or 'none'}"
