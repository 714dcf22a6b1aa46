"""How many calls a site holds at once, and what they take on each of its lines."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.intent.figures import Figure, Input
from trunkline.model.demand import call_on, simultaneous_calls
from trunkline.model.policy import Policy
from trunkline.model.site import Site, WanLink
from trunkline.model.traffic import (
    CODEC_BITS_PER_SECOND,
    ENCAPSULATION_BYTES,
    IPV4_HEADER_BYTES,
    RTP_HEADER_BYTES,
    SRTP_TAG_BYTES,
    UDP_HEADER_BYTES,
    CallOnLink,
    erlang_b,
    voice_rate,
)

_BYTES = {
    "rtp": (RTP_HEADER_BYTES, "RFC 3550 §5.1"),
    "udp": (UDP_HEADER_BYTES, "RFC 768"),
    "ip": (IPV4_HEADER_BYTES, "RFC 791 §3.1"),
}


@dataclass(frozen=True)
class BusyHour:
    """The calls that a site holds at once in its busiest hour."""

    calls: Figure
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class VoiceOnLink:
    """What these calls take on one line, in one direction."""

    total: Figure
    figures: tuple[Figure, ...]


def busy_hour(site: Site, policy: Policy) -> BusyHour:
    """The fewest simultaneous calls that keep blocking below the policy's."""
    people, blocking = site.people, policy.voice.blocking
    offered = Figure(
        name="offered traffic",
        value=people.erlangs,
        unit="E",
        formula="{busy_hour_calls} * {mean_call_s} / 3600 s",
        inputs=(
            Input("busy_hour_calls", people.busy_hour_calls),
            Input("mean_call_s", people.mean_call_s, "s"),
        ),
        source=f"ITU-T E.600 §2.1; {site.position('people')}",
    )
    lines = simultaneous_calls(site, policy)
    calls = Figure(
        name="simultaneous calls",
        value=lines,
        unit="calls",
        formula="smallest n with Erlang B({offered}, n) ≤ {blocking}",
        inputs=(offered.as_input("offered"), Input("blocking", blocking)),
        source="Erlang B (A. K. Erlang, 1917); voice.blocking of the policy",
    )
    reached = Figure(
        name="calls that find all busy",
        value=erlang_b(people.erlangs, lines),
        unit="",
        formula="Erlang B({offered}, {calls})",
        inputs=(offered.as_input("offered"), calls.as_input("calls")),
        source="Erlang B (A. K. Erlang, 1917)",
    )
    return BusyHour(calls, (offered, calls, reached))


def voice_on(link: WanLink, site: Site, policy: Policy, calls: Figure) -> VoiceOnLink:
    """What the calls take on a line, by the widest codec that may be negotiated."""
    call = call_on(link, site, policy)
    payload = Figure(
        name=f"{link.name}: speech in a packet",
        value=float(call.payload_bytes),
        unit="bytes",
        formula="{codec} * {ptime} / 8",
        inputs=(
            Input("codec", CODEC_BITS_PER_SECOND[call.codec] // 1000, f"kbit/s ({call.codec})"),
            Input("ptime", call.ptime, "ms"),
        ),
        source="RFC 3551 §4.5; voice.codecs and voice.ptime of the policy",
    )
    size = _packet_size(link, call, payload)
    rate = Figure(
        name=f"{link.name}: one call, one direction",
        value=float(call.bits_per_second) / 1000,
        unit="kbit/s",
        formula="{packet} * 8 / {ptime}",
        inputs=(size.as_input("packet"), Input("ptime", call.ptime, "ms")),
        source="one packet each ptime, RFC 3551 §4.2",
    )
    total = Figure(
        name=f"{link.name}: voice",
        value=voice_rate(call, int(calls.value)),
        unit="kbit/s",
        formula="ceil({calls} * {call})",
        inputs=(calls.as_input("calls"), rate.as_input("call")),
        source="every call may take this line: a fail-over moves all of them",
    )
    return VoiceOnLink(total, (payload, size, rate, total))


def _packet_size(link: WanLink, call: CallOnLink, payload: Figure) -> Figure:
    layer2 = ENCAPSULATION_BYTES[call.encapsulation]
    tag = SRTP_TAG_BYTES if call.media == "srtp" else 0
    return Figure(
        name=f"{link.name}: packet",
        value=float(call.payload_bytes + call.header_bytes),
        unit="bytes",
        formula="{speech} + {rtp} + {srtp} + {udp} + {ip} + {layer2}",
        inputs=(
            payload.as_input("speech"),
            *(Input(name, size, f"bytes ({source})") for name, (size, source) in _BYTES.items()),
            Input("srtp", tag, "bytes (RFC 4568 §6.2.1)" if tag else "bytes (no SRTP)"),
            Input("layer2", layer2, f"bytes ({call.encapsulation})"),
        ),
        source=f"wan.encapsulation, {site_line(link)}",
    )


def site_line(link: WanLink) -> str:
    """Name a line as the site file does."""
    return f"line {link.name} on {link.interface}"
