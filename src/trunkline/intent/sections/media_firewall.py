"""Media firewall: what a router's lines let in, which is calls from known peers and answers, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

from trunkline.intent.access_list import ANY, AccessList, Endpoint, Entry, access_list, one_port
from trunkline.intent.box import SectionIntent
from trunkline.intent.figures import Figure, Input
from trunkline.intent.names import POLICY_NAME, bounded_name
from trunkline.intent.peers import Flow, flows
from trunkline.model.fields import PortRange
from trunkline.model.policy import Policy
from trunkline.model.site import Site, WanLink
from trunkline.units import Port

_UNPRIVILEGED = PortRange(Port(1024), Port(65535))
_DNS, _DHCP_SERVER, _DHCP_CLIENT, _NTP, _HTTPS, _IKE, _IKE_NAT = 53, 67, 68, 123, 443, 500, 4500
_SSH = 22


@dataclass(frozen=True)
class LinkFilter:
    """What comes in by one line."""

    interface: str
    access_list: AccessList


@dataclass(frozen=True, kw_only=True)
class MediaFirewallIntent(SectionIntent):
    """What comes in by each line of a router."""

    links: tuple[LinkFilter, ...]


def derive(site: Site, policy: Policy, device: str) -> MediaFirewallIntent | None:
    """The filters of a router's lines; a switch has none (the role's README says why)."""
    links = [link for link in site.wan if link.interface.device == device]
    if not links:
        return None
    incoming = flows(site, policy)
    return MediaFirewallIntent(
        links=tuple(_filter(link, site, policy, incoming) for link in links),
        figures=tuple(_opened(site)),
    )


def _filter(link: WanLink, site: Site, policy: Policy, incoming: tuple[Flow, ...]) -> LinkFilter:
    at = site.wan.index(link)
    name = bounded_name(
        "wan",
        link.name,
        limit=POLICY_NAME,
        field=f"wan.{at}.name",
        position=site.position("wan", at, "name"),
    )
    callee = _callee(link, site)
    entries = (
        *_own_addresses(site),
        *_calls(incoming, callee),
        *_nobody_else(incoming, callee),
        *_answers(),
        *_tunnels(),
        *_line_itself(link),
        *_management(site, policy, _router(link)),
        Entry(action="deny", flag="log"),
    )
    return LinkFilter(link.interface.interface, access_list(name, entries))


def _router(link: WanLink) -> Endpoint:
    return ANY if link.address == "dhcp" else Endpoint(IPv4Network(link.address.ip))


def _callee(link: WanLink, site: Site) -> Endpoint:
    """Whom calls are sent to, as packets from outside carry it: NAT comes after the access list."""
    router = _router(link)
    if site.sbc is None or link != site.wan[0] or router == ANY:
        return router
    return Endpoint(IPv4Network(site.sbc.public))


def _own_addresses(site: Site) -> Iterator[Entry]:
    yield Entry(remark="Nobody outside has an address of ours")
    for network in site.networks.values():
        yield Entry("deny", "ip", Endpoint(network.prefix))


def _calls(incoming: Iterable[Flow], callee: Endpoint) -> Iterator[Entry]:
    said = ""
    for flow in incoming:
        remark = f"{flow.kind.capitalize()} from {flow.peer}, to our address before NAT"
        if remark != said:
            said = remark
            yield Entry(remark=remark)
        # A TCP connection that a phone began is answered, never begun, by the provider.
        flag = "established" if flow.reply and flow.protocol == "tcp" else None
        yield Entry("permit", flow.protocol, flow.source, Endpoint(callee.prefix, flow.ports), flag)


def _nobody_else(incoming: Iterable[Flow], callee: Endpoint) -> Iterator[Entry]:
    """Close what NAT leads to the SBCs, so that no answer below opens it to a forged source port."""
    opened = dict.fromkeys((flow.protocol, flow.ports) for flow in incoming if flow.ports is not None)
    if opened:
        yield Entry(remark="Nobody else talks to the SBCs")
    for protocol, ports in opened:
        yield Entry("deny", protocol, ANY, Endpoint(callee.prefix, ports))


def _answers() -> Iterator[Entry]:
    yield Entry(remark="Answers to what the branch asked")
    yield Entry("permit", "tcp", flag="established")
    yield Entry("permit", "udp", Endpoint(None, one_port(_DNS)), Endpoint(None, _UNPRIVILEGED))
    yield Entry("permit", "udp", Endpoint(None, one_port(_NTP)), Endpoint(None, one_port(_NTP)))
    yield Entry("permit", "udp", Endpoint(None, one_port(_NTP)), Endpoint(None, _UNPRIVILEGED))
    # HTTP over QUIC, RFC 9000.
    yield Entry("permit", "udp", Endpoint(None, one_port(_HTTPS)), Endpoint(None, _UNPRIVILEGED))
    for message in ("echo-reply", "ttl-exceeded", "unreachable"):
        yield Entry("permit", "icmp", flag=message)


def _tunnels() -> Iterator[Entry]:
    yield Entry(remark="IPsec of the router, and of computers behind it")
    yield Entry("permit", "esp")
    yield Entry("permit", "udp", ANY, Endpoint(None, one_port(_IKE)))
    yield Entry("permit", "udp", ANY, Endpoint(None, one_port(_IKE_NAT)))
    yield Entry("permit", "udp", Endpoint(None, one_port(_IKE_NAT)), Endpoint(None, _UNPRIVILEGED))


def _line_itself(link: WanLink) -> Iterator[Entry]:
    if link.address == "dhcp":
        yield Entry(remark="The line's own address comes by DHCP")
        server, client = one_port(_DHCP_SERVER), one_port(_DHCP_CLIENT)
        yield Entry("permit", "udp", Endpoint(None, server), Endpoint(None, client))


def _management(site: Site, policy: Policy, router: Endpoint) -> Iterator[Entry]:
    own = [network.prefix for network in site.networks.values()]
    # A trusted network inside this site never comes in from outside: it is denied above.
    beyond = [prefix for prefix in policy.security.trusted if not any(prefix.overlaps(one) for one in own)]
    if beyond:
        yield Entry(remark="Management from trusted networks")
    for prefix in beyond:
        yield Entry("permit", "tcp", Endpoint(prefix), Endpoint(router.prefix, one_port(_SSH)))
        yield Entry("permit", "icmp", Endpoint(prefix), router, "echo")


def _opened(site: Site) -> Iterator[Figure]:
    if site.sbc is None:
        return
    rtp = site.sbc.rtp
    yield Figure(
        name="RTP ports that peers may send to",
        value=rtp.size,
        unit="ports",
        formula="{last} - {first} + 1",
        inputs=(Input("last", rtp.last), Input("first", rtp.first)),
        source=f"sbc.rtp, {site.position('sbc', 'rtp')}",
    )
