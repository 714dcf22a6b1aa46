"""QoS of a router's lines: a shaper below the line's rate, so that the queue stands with us, and classes in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from trunkline.intent.access_list import AccessList, Endpoint, Entry, access_list
from trunkline.intent.box import SectionIntent
from trunkline.intent.calls import BusyHour, VoiceOnLink, busy_hour, voice_on
from trunkline.intent.errors import CapabilityError, capability_problem
from trunkline.intent.figures import Figure, Input
from trunkline.intent.names import POLICY_NAME, bounded_name, owned_name
from trunkline.intent.peers import Flow, flows
from trunkline.model.policy import Policy, TrafficClass
from trunkline.model.site import Site, WanLink
from trunkline.model.traffic import Encapsulation
from trunkline.units import Dscp, Kbps

# Head room below what the provider sells, in percent of it. Fixed lines: the provider's policer may count what
# our shaper does not see, preamble and gap of 20 bytes a frame (IEEE 802.3-2022 §4.4.2), 1.3 % of full frames
# and 9 % of voice packets. Mobile lines: the cell's rate moves within seconds.
_SHAPED_PERCENT: Mapping[Encapsulation, int] = {
    "ethernet": 95,
    "vlan": 95,
    "pppoe": 95,
    "pppoe_vlan": 95,
    "ip": 85,
}
# IOS takes priority percent up to 100, but a class with `bandwidth remaining` needs something that remains.
_MOST_VOICE = 99
_VOICE = "voice"
_SIGNALLING = "signalling"


@dataclass(frozen=True)
class MarkedClass:
    """A class recognised by its DSCP."""

    name: str
    dscp: Dscp


@dataclass(frozen=True)
class MarkIn:
    """A class recognised by who sends it, for nobody outside marks packets as we do."""

    name: str
    access_list: str
    dscp: Dscp


@dataclass(frozen=True)
class Queue:
    """What one class gets on one line: strict priority, or a part of what priority leaves."""

    name: str
    priority_percent: int | None
    remaining_percent: int | None
    cap_bps: int | None


@dataclass(frozen=True)
class LinkQueues:
    """One line: its shaper and its queues, in the order of the policy."""

    interface: str
    shaper: str
    queues: str
    shaped_bps: int
    classes: tuple[Queue, ...]


@dataclass(frozen=True, kw_only=True)
class WanQosIntent(SectionIntent):
    """QoS of all lines of a router."""

    classes: tuple[MarkedClass, ...]
    links: tuple[LinkQueues, ...]
    policy_in: str
    marks_in: tuple[MarkIn, ...]
    access_lists: tuple[AccessList, ...]
    rest_dscp: Dscp


@dataclass(frozen=True)
class _Line:
    """One line with the figures that its queues follow from."""

    at: int
    link: WanLink
    voice: VoiceOnLink
    shaped: Figure
    voice_share: Figure
    rest: int


def wan_queues(site: Site, policy: Policy, device: str) -> WanQosIntent | None:
    """QoS of the lines that end on a router.

    Raises CapabilityError where voice does not fit into a line, with the arithmetic.
    """
    numbered = [(at, link) for at, link in enumerate(site.wan) if link.interface.device == device]
    if not numbered:
        return None
    hour = busy_hour(site, policy)
    lines = [_line(at, link, site, policy, hour) for at, link in numbered]
    marks = _marks(policy, flows(site, policy))
    return WanQosIntent(
        classes=tuple(
            MarkedClass(owned_name(name), each.dscp) for name, each in policy.classes.items() if each.share != "rest"
        ),
        links=tuple(_queues(line, site, policy) for line in lines),
        policy_in=owned_name("mark", "in"),
        marks_in=tuple(mark for mark, _ in marks),
        access_lists=tuple(sources for _, sources in marks),
        rest_dscp=next(each.dscp for each in policy.classes.values() if each.share == "rest"),
        figures=(*hour.figures, *(figure for line in lines for figure in _figures(line, policy))),
    )


def _line(at: int, link: WanLink, site: Site, policy: Policy, hour: BusyHour) -> _Line:
    voice = voice_on(link, site, policy, hour.calls)
    shaped = _shaped(at, link, site)
    share = _voice_share(link, voice.total, shaped)
    if int(share.value) > _MOST_VOICE:
        what = f"{voice.total} leaves less than 1 % of {shaped} to everything else"
        right = "raise up, lower people.busy_hour_calls, or take a codec with a lower rate"
        position = site.position("wan", at, "up")
        raise CapabilityError([capability_problem(position, f"wan.{at}.up", what, right)])
    return _Line(at, link, voice, shaped, share, _rest_share(policy))


def _shaped(at: int, link: WanLink, site: Site) -> Figure:
    percent = _SHAPED_PERCENT[link.encapsulation]
    kind = "a mobile line" if link.encapsulation == "ip" else "a fixed line"
    return Figure(
        name=f"{link.name}: shaped rate",
        value=link.up * percent // 100,
        unit="kbit/s",
        formula="floor({up} * {head_room})",
        inputs=(Input("up", link.up, "kbit/s"), Input("head_room", percent, "%")),
        source=f"the queue must stand in our box: {percent} % of {kind}; {site.position('wan', at, 'up')}",
    )


def _voice_share(link: WanLink, voice: Figure, shaped: Figure) -> Figure:
    return Figure(
        name=f"{link.name}: voice share",
        value=max(1, ceil(float(voice.value) * 100 / float(shaped.value))),
        unit="%",
        formula="max(1, ceil({voice} / {shaped} * 100))",
        inputs=(voice.as_input("voice"), shaped.as_input("shaped")),
        source="strict priority, policed to this share while the line is full",
    )


def _rest_share(policy: Policy) -> int:
    # The policy is valid: its shares sum to less than 100.
    return 100 - sum(each.share for each in policy.classes.values() if isinstance(each.share, int))


def _figures(line: _Line, policy: Policy) -> Iterator[Figure]:
    yield from line.voice.figures
    yield line.shaped
    yield line.voice_share
    for name, each in policy.classes.items():
        if each.queue != "strict":
            yield _minimum(line, name, each.share if isinstance(each.share, int) else line.rest)
        if (cap := _cap(line, each)) is not None:
            yield Figure(
                name=f"{line.link.name}: {name}, at most",
                value=cap,
                unit="kbit/s",
                formula="{cap_on_backup}",
                inputs=(Input("cap_on_backup", cap, "kbit/s"),),
                source=f"classes.{name} of the policy: {line.link.name} is not the first line of the site",
            )


def _minimum(line: _Line, name: str, share: int) -> Figure:
    left = int(line.shaped.value) * (100 - int(line.voice_share.value))
    return Figure(
        name=f"{line.link.name}: {name}, at least",
        value=left * share // 10_000,
        unit="kbit/s",
        formula="floor({shaped} * (100 % - {voice}) * {share})",
        inputs=(line.shaped.as_input("shaped"), line.voice_share.as_input("voice"), Input("share", share, "%")),
        source=f"classes.{name} of the policy: a share of what voice leaves, and more while others are idle",
    )


def _cap(line: _Line, each: TrafficClass) -> Kbps | None:
    return each.cap_on_backup if line.at > 0 else None


def _queues(line: _Line, site: Site, policy: Policy) -> LinkQueues:
    def named(kind: str) -> str:
        field = f"wan.{line.at}.name"
        position = site.position("wan", line.at, "name")
        return bounded_name(kind, line.link.name, limit=POLICY_NAME, field=field, position=position)

    return LinkQueues(
        interface=line.link.interface.interface,
        shaper=named("wan"),
        queues=named("queues"),
        shaped_bps=_bps(Kbps(int(line.shaped.value))),
        classes=(*_classes(line, policy), Queue("class-default", None, line.rest, None)),
    )


def _classes(line: _Line, policy: Policy) -> Iterator[Queue]:
    for name, each in policy.classes.items():
        cap = _cap(line, each)
        cap_bps = None if cap is None else _bps(cap)
        if each.queue == "strict":
            yield Queue(owned_name(name), int(line.voice_share.value), None, cap_bps)
        elif isinstance(each.share, int):
            yield Queue(owned_name(name), None, each.share, cap_bps)


def _bps(rate: Kbps) -> int:
    return rate * 1000


def _marks(policy: Policy, incoming: tuple[Flow, ...]) -> tuple[tuple[MarkIn, AccessList], ...]:
    marks = []
    for kind, class_name in (("media", _VOICE), ("signalling", _SIGNALLING)):
        entries = [_from(flow) for flow in incoming if flow.kind == kind]
        if entries and class_name in policy.classes:
            name = owned_name("mark", class_name)
            sources = access_list(name, entries)
            marks.append((MarkIn(name, name, policy.classes[class_name].dscp), sources))
    return tuple(marks)


def _from(flow: Flow) -> Entry:
    # Any destination: whose address the packet carries before NAT differs from line to line.
    return Entry("permit", flow.protocol, flow.source, Endpoint(None, flow.ports))
