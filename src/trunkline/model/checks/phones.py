"""Phones: one extension, MAC address, number and desk port each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator

from trunkline.model.finding import Finding
from trunkline.model.known import phone_models
from trunkline.model.mistakes import FieldPath
from trunkline.model.policy import Policy
from trunkline.model.site import Phone, Site
from trunkline.model.suggest import suggest


def check_site(site: Site) -> Iterator[Finding]:
    """Check the phones of a site against each other, its groups and its ports."""
    yield from _doubled("extension", _extensions(site))
    phones = list(enumerate(site.phones))
    yield from _doubled("mac", ((("phones", at, "mac"), phone.mac, phone.person) for at, phone in phones))
    numbered = [(("phones", at, "number"), phone.number, phone.person) for at, phone in phones if phone.number]
    yield from _doubled("number", numbered)
    plugged = [(("phones", at, "port"), str(phone.port), phone.person) for at, phone in phones if phone.port]
    yield from _doubled("port", plugged)
    for at, phone in phones:
        yield from _model(at, phone)
        yield from _port(at, phone, site)
    yield from _without_ports(site)


def check_site_by_policy(site: Site, policy: Policy) -> Iterator[Finding]:
    """Check that the policy has each phone's class of service."""
    known = policy.classes_of_service
    needs = ("policy.classes_of_service",)
    for at, phone in enumerate(site.phones):
        if phone.class_of_service not in known and "class_of_service" in phone.model_fields_set:
            right = suggest(phone.class_of_service, known, "it has")
            what = f"the policy has no class of service {phone.class_of_service}"
            yield Finding(("phones", at, "class_of_service"), what, right, needs)


def _extensions(site: Site) -> Iterator[tuple[FieldPath, Hashable, str]]:
    for at, phone in enumerate(site.phones):
        yield ("phones", at, "extension"), phone.extension, phone.person
    for at, group in enumerate(site.groups):
        yield ("groups", at, "extension"), group.extension, f"group {group.name}"


def _doubled(kind: str, written: Iterable[tuple[FieldPath, Hashable, str]]) -> Iterator[Finding]:
    owners: dict[Hashable, tuple[str, FieldPath]] = {}
    for path, value, owner in written:
        if value in owners:
            first, (section, index, *_) = owners[value]
            what = f"{value} belongs to {first} ({section}[{int(index) + 1}]) already"
            yield Finding(path, what, f"give each its own {kind}")
        else:
            owners[value] = (owner, path)


def _model(at: int, phone: Phone) -> Iterator[Finding]:
    known = phone_models()
    if phone.model not in known:
        right = suggest(phone.model, known, "known models")
        yield Finding(("phones", at, "model"), f"{phone.model!r} is not a known phone model", right)


def _port(at: int, phone: Phone, site: Site) -> Iterator[Finding]:
    if phone.port is None:
        return
    path = ("phones", at, "port")
    needs = ("ports", "devices")
    if phone.port.device not in site.devices:
        right = suggest(phone.port.device, site.devices, "declared devices")
        yield Finding(path, f"there is no device {phone.port.device}", right, needs)
        return
    if phone.port.device not in site.ports:
        return  # told once for the device
    uses = {use.interface: use for use in site.ports[phone.port.device]}
    use = uses.get(phone.port.interface)
    if use is None:
        what = f"{phone.port} is not among the ports of {phone.port.device}"
        right = f"write ports: {phone.port.device}: {{{phone.port.interface}: desk}}, or another port"
        yield Finding(path, what, right, needs)
    elif use.use != "desk":
        leads = f" to {use.peer}" if use.peer else ""
        what = f"{phone.port} is no desk port but {use.use}{leads}"
        yield Finding(path, what, "plug the phone into a desk port", needs)


def _without_ports(site: Site) -> Iterator[Finding]:
    plugged = Counter(phone.port.device for phone in site.phones if phone.port is not None)
    for device, count in plugged.items():
        if device in site.devices and device not in site.ports:
            what = f"none of its ports is declared, phones on it: {count}"
            right = f"write ports: {device}: {{...: desk}}"
            yield Finding(("devices", device), what, right, ("ports", "devices"))
