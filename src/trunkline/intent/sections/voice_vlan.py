"""Voice VLAN: which VLANs a switch knows, and which of them each port carries."""

from __future__ import annotations

from dataclasses import dataclass

from trunkline.intent.box import SectionIntent
from trunkline.intent.figures import Figure, Input
from trunkline.intent.names import VLAN_NAME, bounded_name
from trunkline.intent.ports import network, ports_for
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.units import Vlan


@dataclass(frozen=True)
class NamedVlan:
    """A VLAN of the switch's own table."""

    number: Vlan
    name: str


@dataclass(frozen=True)
class DeskPort:
    """A port with a phone, and a computer behind it: data untagged, voice tagged."""

    interface: str
    data_vlan: Vlan
    voice_vlan: Vlan


@dataclass(frozen=True)
class ServerPort:
    """A port with one of the pair: its VLAN untagged."""

    interface: str
    vlan: Vlan


@dataclass(frozen=True)
class TrunkPort:
    """A port that leads to another box: all VLANs of the site, tagged."""

    interface: str
    vlans: tuple[Vlan, ...]


@dataclass(frozen=True, kw_only=True)
class VoiceVlanIntent(SectionIntent):
    """The VLANs and ports of a box; `snooped` are the VLANs in which DHCP is watched."""

    vlans: tuple[NamedVlan, ...]
    snooped: tuple[Vlan, ...]
    desk_ports: tuple[DeskPort, ...]
    server_ports: tuple[ServerPort, ...]
    trunk_ports: tuple[TrunkPort, ...]


def derive(site: Site, _policy: Policy, device: str) -> VoiceVlanIntent | None:
    """What the ports of a switch, or of a router that has switch ports, carry."""
    desks = ports_for(site, device, "desk")
    servers = ports_for(site, device, "sbc")
    trunks = ports_for(site, device, "uplink", "downlink")
    if not (desks or servers or trunks):
        return None
    desk_ports: tuple[DeskPort, ...] = ()
    if desks:
        data, voice = (network(site, name, device, "desk ports") for name in ("data", "voice"))
        desk_ports = tuple(DeskPort(port.interface, data.vlan, voice.vlan) for port in desks)
    server_ports: tuple[ServerPort, ...] = ()
    if servers:
        sbc = network(site, "sbc", device, "SBC ports")
        server_ports = tuple(ServerPort(port.interface, sbc.vlan) for port in servers)
    every_vlan = tuple(sorted(each.vlan for each in site.networks.values()))
    return VoiceVlanIntent(
        vlans=_own_vlans(site, device),
        snooped=_snooped(site) if desks else (),
        desk_ports=desk_ports,
        server_ports=server_ports,
        trunk_ports=tuple(TrunkPort(port.interface, every_vlan) for port in trunks),
        figures=(_carried(site, every_vlan),) if trunks else (),
    )


def _own_vlans(site: Site, device: str) -> tuple[NamedVlan, ...]:
    # The VLAN by which the box itself is reached was there before us and outlives us.
    address = site.devices[device].address
    return tuple(
        NamedVlan(
            each.vlan,
            bounded_name(name, limit=VLAN_NAME, field=f"networks.{name}", position=site.position("networks", name)),
        )
        for name, each in sorted(site.networks.items(), key=lambda item: item[1].vlan)
        if address not in each.prefix
    )


def _snooped(site: Site) -> tuple[Vlan, ...]:
    # Only the voice VLAN: in the data VLAN a DHCP server of somebody else may stand at any port.
    voice = site.networks.get("voice")
    return (voice.vlan,) if voice is not None and voice.dhcp is not None else ()


def _carried(site: Site, vlans: tuple[Vlan, ...]) -> Figure:
    inputs = tuple(Input(name, each.vlan) for name, each in site.networks.items())
    return Figure(
        name="VLANs of the trunk ports",
        value=",".join(str(vlan) for vlan in vlans),
        unit="",
        formula=", ".join(f"{{{name}}}" for name in site.networks),
        inputs=inputs,
        source=f"networks of {site.position('networks')}",
    )
