"""Traffic classes and the voice policy: what a queue can be made of."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.policy import Policy
from trunkline.units import Dscp, format_dscp

_FRAME_MS = 10  # G.711, G.722 and G.729 are cut in steps of 10 ms, RFC 3551 §4.5
_LONGEST_PTIME = 60
_NEEDS = ("policy.classes",)


def check_policy(policy: Policy) -> Iterator[Finding]:
    """Check the classes of a policy against each other."""
    for name in ("voice", "signalling"):
        if name not in policy.classes:
            yield Finding(("classes",), f"the class {name} is missing", "calls need both voice and signalling", _NEEDS)
    yield from _queues(policy)
    yield from _marks(policy)
    ptime = policy.voice.ptime
    if ptime % _FRAME_MS or not _FRAME_MS <= ptime <= _LONGEST_PTIME:
        what = f"{ptime} ms is no packet time of a phone"
        yield Finding(("voice", "ptime"), what, "write 10, 20, 30, 40 or 60 ms")


def _queues(policy: Policy) -> Iterator[Finding]:
    rest = [name for name, traffic in policy.classes.items() if traffic.share == "rest"]
    if len(rest) != 1:
        what = f"{len(rest)} classes have share: rest"
        yield Finding(("classes",), what, "give it to exactly one, it takes what has no mark", _NEEDS)
    for name, traffic in policy.classes.items():
        if traffic.queue is None and traffic.share is None:
            what = "has neither queue nor share"
            yield Finding(("classes", name), what, "write queue: strict, share: 10% or share: rest", _NEEDS)
        elif traffic.queue is not None and traffic.share is not None:
            what = "a strict queue is served first, it has no share"
            yield Finding(("classes", name, "share"), what, "leave out one of the two")
    if "voice" in policy.classes and policy.classes["voice"].queue != "strict":
        yield Finding(("classes", "voice"), "voice waits behind other traffic", "write queue: strict", _NEEDS)
    shares = [traffic.share for traffic in policy.classes.values() if isinstance(traffic.share, int)]
    if sum(shares) >= 100:
        what = f"{' + '.join(f'{share}%' for share in shares)} = {sum(shares)}% leave nothing for the rest"
        yield Finding(("classes",), what, "keep the sum below 100%")


def _marks(policy: Policy) -> Iterator[Finding]:
    owners: dict[Dscp, str] = {}
    for name, traffic in policy.classes.items():
        if traffic.dscp in owners:
            what = f"{format_dscp(traffic.dscp)} marks {owners[traffic.dscp]} already"
            yield Finding(("classes", name, "dscp"), what, "give each class a DSCP of its own")
        owners.setdefault(traffic.dscp, name)
