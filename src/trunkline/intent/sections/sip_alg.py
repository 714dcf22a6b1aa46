"""SIP ALG: SIP has to pass a router's NAT as it is written."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.intent.box import SectionIntent
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.units import Port


@dataclass(frozen=True)
class SipService:
    """A protocol and port on which boxes look into SIP by themselves."""

    protocol: str
    port: Port


@dataclass(frozen=True, kw_only=True)
class SipAlgIntent(SectionIntent):
    """Where a box must leave SIP alone."""

    services: tuple[SipService, ...]


# RFC 3261 §19.1.2: 5060 for UDP and TCP. NAT looks into no other port unless it is told to; TLS it cannot read.
_WELL_KNOWN = (SipService("tcp", Port(5060)), SipService("udp", Port(5060)))


def derive(site: Site, _policy: Policy, device: str) -> SipAlgIntent | None:
    """Every router and switch leaves SIP alone; a switch does so by itself, and its template says that."""
    if site.devices[device].role == "sbc":
        return None
    return SipAlgIntent(services=_WELL_KNOWN)
