"""Ports: declared once, on boxes that exist, leading to boxes that exist."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.known import interface_kinds
from trunkline.model.mistakes import FieldPath
from trunkline.model.port_uses import PortUse
from trunkline.model.site import Site
from trunkline.model.suggest import suggest

_NEEDS = ("devices",)


def check_site(site: Site) -> Iterator[Finding]:
    """Check the ports of a site against its devices and lines."""
    lines = {str(link.interface): link.name for link in site.wan}
    for device, uses in site.ports.items():
        if device not in site.devices:
            right = suggest(device, site.devices, "declared devices")
            yield Finding(("ports", device), f"there is no device {device}", right, _NEEDS)
            continue
        said: set[str] = set()
        for use in uses:
            path = ("ports", device, use.written)
            line = lines.get(f"{device}:{use.interface}")
            if line is not None:
                what = f"{use.interface} carries the line {line} already"
                yield Finding(path, what, "name each interface once")
            if use.peer is not None:
                yield from _peer(path, use, device, site)
            if use.written not in said:
                said.add(use.written)
                yield from _spelling(path, use.interface, site.devices[device].platform)
    for index, link in enumerate(site.wan):
        box = site.devices.get(link.interface.device)
        if box is not None:
            yield from _spelling(("wan", index, "interface"), link.interface.interface, box.platform)


def _peer(path: FieldPath, use: PortUse, device: str, site: Site) -> Iterator[Finding]:
    peer = site.devices.get(use.peer or "")
    if use.peer == device:
        yield Finding(path, f"{use.interface} leads to {device} itself", "name the device at the other end")
    elif peer is None:
        right = suggest(use.peer or "", site.devices, "declared devices")
        yield Finding(path, f"{use.interface} leads to {use.peer}, which is no device", right, _NEEDS)
    elif (use.use == "sbc") != (peer.role == "sbc"):
        what = f"{use.use} leads to {use.peer}, whose role is {peer.role}"
        yield Finding(path, what, "write uplink or downlink to a router or switch, sbc to an SBC")


def _spelling(path: FieldPath, interface: str, platform: str) -> Iterator[Finding]:
    """Refuse abbreviations: the box prints the long name, and one port would have two names."""
    kind = interface.rstrip("0123456789/.")
    number = interface[len(kind) :]
    kinds = interface_kinds().get(platform, ())
    if kind in kinds or not kinds:
        return
    meant = [known for known in kinds if known.lower().startswith(kind.lower())]
    if not meant:
        what = f"{interface} is no interface of {platform}"
        yield Finding(path, what, f"its names begin with {', '.join(kinds)}")
    else:
        yield Finding(path, f"{interface} is not how {platform} prints it", f"write {meant[0]}{number}")
