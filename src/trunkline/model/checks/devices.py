"""Boxes: known platforms that fit their role, and what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.known import SERVER_PLATFORM, box_models, network_platforms
from trunkline.model.site import Device, Site
from trunkline.model.suggest import suggest


def check_site(site: Site) -> Iterator[Finding]:
    """Check the devices of a site."""
    for name, device in site.devices.items():
        yield from _platform(name, device)
        yield from _model(name, device)
    if not any(device.role == "router" for device in site.devices.values()):
        right = "declare one with role: router"
        yield Finding(("devices",), "a site needs a router", right, ("devices",))
    yield from _wan_interfaces(site)


def _platform(name: str, device: Device) -> Iterator[Finding]:
    network = network_platforms()
    known = sorted({*network, SERVER_PLATFORM})
    path = ("devices", name, "platform")
    if device.platform not in known:
        right = suggest(device.platform, known, "known platforms")
        yield Finding(path, f"{device.platform!r} is not a known platform", right)
    elif device.role == "sbc" and device.platform != SERVER_PLATFORM:
        what = f"an SBC does not run on {device.platform}"
        yield Finding(path, what, f"write platform: {SERVER_PLATFORM}")
    elif device.role != "sbc" and device.platform == SERVER_PLATFORM:
        what = f"{SERVER_PLATFORM} is no platform of a router or switch"
        yield Finding(path, what, f"write one of {', '.join(sorted(network))}")


def _model(name: str, device: Device) -> Iterator[Finding]:
    if device.role == "sbc":
        return
    known = sorted(box_models())
    if device.model is None:
        yield Finding(
            ("devices", name), "model is missing", f"write what its label says, model: {next(iter(known), '...')}"
        )
    elif known and device.model not in known:
        right = suggest(device.model, known, "known models")
        yield Finding(("devices", name, "model"), f"{device.model!r} is not a known model", right)


def _wan_interfaces(site: Site) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for index, link in enumerate(site.wan):
        path = ("wan", index, "interface")
        device = site.devices.get(link.interface.device)
        if device is None:
            what = f"there is no device {link.interface.device}"
            routers = [name for name, box in site.devices.items() if box.role == "router"]
            right = f"write {' or '.join(routers) or 'a router'}:interface"
            yield Finding(path, what, right, ("devices",))
        elif device.role != "router":
            what = f"{link.interface.device} is no router"
            yield Finding(path, what, "a line ends at a router")
        if str(link.interface) in seen:
            what = f"{link.interface} carries {seen[str(link.interface)]} already"
            yield Finding(path, what, "give each line an interface of its own")
        seen.setdefault(str(link.interface), link.name)
