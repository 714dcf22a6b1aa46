"""A picture of a branch out of its site file, as a Mermaid flowchart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from trunkline.model.port_uses import PortUse
from trunkline.model.site import Device, Site
from trunkline.units import format_rate


def branch_diagram(site: Site) -> str:
    """Return the lines, boxes, cables and phones of a site as the text of a Mermaid flowchart."""
    return "\n".join(_lines(site)) + "\n"


def _lines(site: Site) -> Iterator[str]:
    yield "flowchart LR"
    yield "  outside((outside))"
    for name, device in site.devices.items():
        yield f'  {name}["{_label(name, device)}"]'
    for link in site.wan:
        rates = f"{format_rate(link.down)} down, {format_rate(link.up)} up"
        yield f'  outside ---|"{link.name}: {rates}<br>{link.interface.interface}"| {link.interface.device}'
    for end, uses in site.ports.items():
        for use in uses:
            # A cable between two boxes has two entries; the lower box's is drawn.
            if use.peer and use.use == "uplink":
                yield f'  {use.peer} ---|"{_cable(site, end, use)}"| {end}'
            elif use.peer and use.use == "sbc":
                yield f'  {end} ---|"{_cable(site, end, use)}"| {use.peer}'
    for switch, plugged in _phones(site).items():
        phones = "1 phone" if plugged == 1 else f"{plugged} phones"
        yield f'  {switch} --- {switch}_phones(["{phones}<br>VLAN {site.networks["voice"].vlan}"])'


def _label(name: str, device: Device) -> str:
    return "<br>".join(filter(None, (name, device.model or device.platform, str(device.address))))


def _cable(site: Site, device: str, use: PortUse) -> str:
    far = [each.interface for each in site.ports.get(use.peer or "", ()) if each.peer == device]
    return " to ".join((*far[:1], use.interface))


def _phones(site: Site) -> dict[str, int]:
    """Count the phones that hang on each device."""
    counts: defaultdict[str, int] = defaultdict(int)
    for phone in site.phones:
        if phone.port:
            counts[phone.port.device] += 1
    return counts
