"""Power over Ethernet: what each phone may draw, and what all of them take of the box's budget."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from trunkline.errors import Problem
from trunkline.intent.box import SectionIntent
from trunkline.intent.errors import capability_problem
from trunkline.intent.figures import Figure, Input
from trunkline.intent.hardware import hardware
from trunkline.intent.ports import refuse
from trunkline.model.known import POWER_OF_CLASS, phone_models
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.units import Milliwatts


@dataclass(frozen=True)
class PoweredPort:
    """A port that feeds a phone, up to the limit of the phone's class."""

    interface: str
    limit: Milliwatts


@dataclass(frozen=True, kw_only=True)
class PoeIntent(SectionIntent):
    """The ports of a box that feed phones."""

    ports: tuple[PoweredPort, ...]


@dataclass(frozen=True)
class _FedPhone:
    at: int
    interface: str
    poe_class: int


def derive(site: Site, _policy: Policy, device: str) -> PoeIntent | None:
    """Power of the phones on a box's ports; CapabilityError for a port that feeds nothing."""
    phones = tuple(_fed_phones(site, device))
    if not phones:
        return None
    refuse(problem for phone in phones if (problem := _not_fed(site, device, phone)))
    return PoeIntent(
        ports=tuple(PoweredPort(phone.interface, POWER_OF_CLASS[phone.poe_class]) for phone in phones),
        figures=tuple(_figures(site, device, phones)),
    )


def _fed_phones(site: Site, device: str) -> Iterator[_FedPhone]:
    for at, phone in enumerate(site.phones):
        poe_class = phone_models()[phone.model].poe_class
        if phone.port is not None and phone.port.device == device and poe_class is not None:
            yield _FedPhone(at, phone.port.interface, poe_class)


def _not_fed(site: Site, device: str, phone: _FedPhone) -> Problem | None:
    model = site.devices[device].model
    ports = hardware(model)
    if ports.feeds(phone.interface):
        return None
    return capability_problem(
        site.position("phones", phone.at, "port"),
        f"phones.{phone.at}.port",
        f"{phone.interface} of a {model} feeds no phone, and a {site.phones[phone.at].model} needs power",
        f"use one of {', '.join(ports.poe_ports)}",
    )


def _figures(site: Site, device: str, phones: tuple[_FedPhone, ...]) -> Iterator[Figure]:
    counts = sorted(Counter(phone.poe_class for phone in phones).items())
    groups = [_reserved(poe_class, count) for poe_class, count in counts]
    yield from groups
    inputs = tuple(group.as_input(f"class_{poe_class}") for group, (poe_class, _) in zip(groups, counts, strict=True))
    total = Figure(
        name="all phones",
        value=sum(POWER_OF_CLASS[phone.poe_class] for phone in phones) / 1000,
        unit="W",
        formula=" + ".join(f"{{{each.name}}}" for each in inputs),
        inputs=inputs,
        source=f"phones on {device}, {site.position('phones')}",
    )
    yield total
    budget = site.devices[device].poe_budget
    if budget is not None:
        yield Figure(
            name="left of the budget",
            value=(budget - sum(POWER_OF_CLASS[phone.poe_class] for phone in phones)) / 1000,
            unit="W",
            formula="{budget} - {phones}",
            inputs=(Input("budget", budget / 1000, "W"), total.as_input("phones")),
            source=f"poe_budget, {site.position('devices', device, 'poe_budget')}",
        )


def _reserved(poe_class: int, count: int) -> Figure:
    return Figure(
        name=f"phones of class {poe_class}",
        value=count * POWER_OF_CLASS[poe_class] / 1000,
        unit="W",
        formula="{phones} * {limit}",
        inputs=(Input("phones", count), Input("limit", POWER_OF_CLASS[poe_class] / 1000, "W")),
        source="IEEE 802.3-2022 table 33-5; the classes of phone_models.yml",
    )
