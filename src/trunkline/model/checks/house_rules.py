"""Policy that protects the house: trunks' keys, classes of service, trust, approvals and windows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import get_args

from trunkline.model.finding import Finding
from trunkline.model.policy import Policy, Risk

_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_WINDOW = re.compile(rf"{_DAY}(?:-{_DAY})? {_CLOCK}-(?:{_CLOCK}|24:00)")
_WIDEST_TRUST = 8


def check_policy(policy: Policy) -> Iterator[Finding]:
    """Check what keeps strangers and accidents out."""
    if "desk" not in policy.classes_of_service:
        right = "it is what a phone without class_of_service gets; write desk: [national, mobile]"
        yield Finding(("classes_of_service",), "the class desk is missing", right, ("policy.classes_of_service",))
    for name, trunk in policy.trunks.items():
        if trunk.media == "srtp" and trunk.transport != "tls":
            what = f"over {trunk.transport} everybody on the way reads the keys of srtp"
            yield Finding(("trunks", name, "transport"), what, "write transport: tls, or media: rtp")
    for at, prefix in enumerate(policy.security.trusted):
        if prefix.prefixlen < _WIDEST_TRUST:
            what = f"{prefix} trusts half the Internet"
            yield Finding(("security", "trusted", at), what, "name your own prefixes")
    missing = [risk for risk in get_args(Risk) if risk not in policy.change.approvals]
    if missing:
        what = f"says nothing of {', '.join(missing)}"
        yield Finding(("change", "approvals"), what, "write a number for each risk", ("policy.change",))
    for at, window in enumerate(policy.change.windows):
        if _WINDOW.fullmatch(window) is None:
            what = f"{window!r} is not a window"
            yield Finding(("change", "windows", at), what, 'write "Mon-Thu 20:00-23:00"')
    for at, freeze in enumerate(policy.change.freeze):
        if not _is_freeze(freeze):
            what = f"{freeze!r} is not a span of days"
            yield Finding(("change", "freeze", at), what, 'write "2026-12-18 to 2027-01-04"')


def _is_freeze(text: str) -> bool:
    first, _, last = text.partition(" to ")
    try:
        return date.fromisoformat(first) <= date.fromisoformat(last)
    except ValueError:
        return False
