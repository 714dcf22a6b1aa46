"""Room for calls: media ports of the pair, and the rate of every line to the outside."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.demand import call_on, simultaneous_calls
from trunkline.model.fields import PortRange
from trunkline.model.finding import Finding
from trunkline.model.mistakes import FieldPath
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.model.traffic import PORTS_PER_CALL, voice_rate
from trunkline.units import format_rate

# Linux hands these out by itself (net.ipv4.ip_local_port_range), so a relay inside them loses ports to others.
_LOCAL_PORTS = (32768, 60999)
_NEEDS = ("people", "trunks", "narrow", "policy.voice", "policy.trunks")


def check_site(site: Site) -> Iterator[Finding]:
    """Check the shape of the media port ranges."""
    if site.sbc is not None:
        yield from _range_shape(("sbc", "rtp"), site.sbc.rtp)
        low, high = _LOCAL_PORTS
        if site.sbc.rtp.first <= high and site.sbc.rtp.last >= low:
            what = f"{site.sbc.rtp} overlaps {low}-{high}, which Linux hands out itself"
            yield Finding(("sbc", "rtp"), what, "stay below, such as 20000-23999")
    if site.hosted is not None:
        yield from _range_shape(("hosted", "rtp"), site.hosted.rtp)


def check_site_by_policy(site: Site, policy: Policy) -> Iterator[Finding]:
    """Check that the calls of the busy hour have ports and lines."""
    yield from _ports(site, policy)
    yield from _lines(site, policy)


def _range_shape(path: FieldPath, ports: PortRange) -> Iterator[Finding]:
    # RFC 3550 §11: RTP on the even port, RTCP on the odd one above.
    if ports.first % 2:
        right = f"begin at an even port, {ports.first - 1}-{ports.last}"
        yield Finding(path, f"{ports} begins at an odd port, RTP takes even ones", right)
    if ports.last % 2 == 0:
        right = f"end at an odd port, {ports.first}-{ports.last + 1}"
        yield Finding(path, f"{ports} ends at an even port, its RTCP has none", right)


def _ports(site: Site, policy: Policy) -> Iterator[Finding]:
    if site.sbc is None:
        return
    busy_hour = simultaneous_calls(site, policy)
    sold = sum(policy.trunks[name].calls or 0 for name in set(site.trunks) if name in policy.trunks)
    calls = max(busy_hour, sold)
    needed = calls * PORTS_PER_CALL
    if needed > site.sbc.rtp.size:
        why = "the trunks carry" if sold > busy_hour else "the busy hour has"
        what = (
            f"{site.sbc.rtp} has {site.sbc.rtp.size} ports, and {why} {calls} calls x {PORTS_PER_CALL} ports = {needed}"
        )
        yield Finding(("sbc", "rtp"), what, f"write a range of {needed} ports or more", _NEEDS)


def _lines(site: Site, policy: Policy) -> Iterator[Finding]:
    calls = simultaneous_calls(site, policy)
    blocking = policy.narrowed_by(site.narrow).voice.blocking
    for index, link in enumerate(site.wan):
        call = call_on(link, site, policy)
        rate = voice_rate(call, calls)
        for direction, limit in (("down", link.down), ("up", link.up)):
            if rate <= limit:
                continue
            what = (
                f"voice takes {rate} kbit/s of {format_rate(limit)}: {site.people.erlangs:g} erlang at a blocking"
                f" of {blocking:g} are {calls} calls (Erlang B) x {float(call.bits_per_second) / 1000:g} kbit/s"
                f" ({call.codec}, {call.ptime} ms, {call.media}, {link.encapsulation})"
            )
            right = "a faster line, fewer calls or a narrower codec"
            yield Finding(("wan", index, direction), what, right, (*_NEEDS, "wan", "hosted"))
