"""Who outside may send signalling and media into a site: the servers of its trunks, or its hosted provider."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Network
from typing import Literal

from trunkline.intent.access_list import Endpoint, one_port
from trunkline.intent.errors import CapabilityError, capability_problem
from trunkline.model.fields import PortRange
from trunkline.model.policy import Policy, Trunk
from trunkline.model.site import Hosted, SbcPair, Site

Transport = Literal["udp", "tcp"]

# RFC 3261 §18.2.1 and §26.2.2: SIP listens on 5060, over TLS on 5061.
_SIP = 5060
_SIPS = 5061
_TRUNK_TRANSPORT: Mapping[str, tuple[Transport, int]] = {
    "udp": ("udp", _SIP),
    "tcp": ("tcp", _SIP),
    "tls": ("tcp", _SIPS),
}
_TLS_ONLY: tuple[Transport, ...] = ("tcp",)
_BOTH: tuple[Transport, ...] = ("udp", "tcp")


@dataclass(frozen=True)
class Flow:
    """Packets that come in from one prefix of a peer.

    `reply` flows answer what a phone behind NAT began: the peer's own ports are known, and NAT chose ours.
    """

    peer: str
    kind: Literal["signalling", "media"]
    protocol: Transport
    source: Endpoint
    ports: PortRange | None
    reply: bool


def flows(site: Site, policy: Policy) -> tuple[Flow, ...]:
    """Every flow that a site's calls need from outside, signalling first.

    Raises CapabilityError for a trunk that names its servers only by DNS name.
    """
    if site.sbc is not None:
        return tuple(_trunk_flows(site, site.sbc, policy))
    if site.hosted is not None:
        return tuple(_hosted_flows(site.hosted))
    return ()


def _trunk_flows(site: Site, sbc: SbcPair, policy: Policy) -> Iterator[Flow]:
    sources = {name: _trunk_prefixes(site, name, policy.trunks[name]) for name in site.trunks}
    for name, prefixes in sources.items():
        protocol, port = _TRUNK_TRANSPORT[policy.trunks[name].transport]
        for prefix in prefixes:
            yield Flow(f"trunk {name}", "signalling", protocol, Endpoint(prefix), one_port(port), False)
    for name, prefixes in sources.items():
        for prefix in prefixes:
            yield Flow(f"trunk {name}", "media", "udp", Endpoint(prefix), sbc.rtp, False)


def _hosted_flows(hosted: Hosted) -> Iterator[Flow]:
    peer = f"provider {hosted.provider}"
    servers = [_address(server) for server in hosted.servers]
    signalling = dict.fromkeys(IPv4Network(server) for server in servers if server is not None)
    if None in servers:
        signalling |= dict.fromkeys(hosted.media)
    for prefix in signalling:
        for port in hosted.signalling:
            # A TLS port speaks TCP only.
            for protocol in _TLS_ONLY if port == _SIPS else _BOTH:
                source = Endpoint(prefix, one_port(port))
                yield Flow(peer, "signalling", protocol, source, None, True)
    for prefix in hosted.media:
        yield Flow(peer, "media", "udp", Endpoint(prefix, hosted.rtp), None, True)


def _trunk_prefixes(site: Site, name: str, trunk: Trunk) -> tuple[IPv4Network, ...]:
    if trunk.addresses:
        return trunk.addresses
    servers = [_address(server) for server in trunk.servers]
    known = tuple(IPv4Network(server) for server in servers if server is not None)
    if len(known) < len(servers):
        named = next(server for server in trunk.servers if _address(server) is None)
        where = site.position("trunks", site.trunks.index(name))
        raise CapabilityError(
            [
                capability_problem(
                    where,
                    f"trunks.{name}",
                    f"the trunk names its server {named}, and a router's access list needs addresses: "
                    "without them it lets no call of this trunk in",
                    f"add addresses: [prefixes that the provider publishes] to the trunk {name} in the policy",
                )
            ]
        )
    return known


def _address(server: str) -> IPv4Address | None:
    try:
        return IPv4Address(server)
    except AddressValueError:
        return None
