"""The time zone of a site, as phones and boxes get it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from trunkline.model.finding import Finding
from trunkline.model.site import Site


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def check_site(site: Site) -> Iterator[Finding]:
    """Check the time zone where the machine has a list of them."""
    if not _zones() or site.timezone in _zones():
        return
    near = get_close_matches(site.timezone, _zones(), 1)
    right = f"did you mean {near[0]}?" if near else "write a name of the IANA list, such as Europe/London"
    yield Finding(("timezone",), f"{site.timezone!r} is not a time zone", right)
