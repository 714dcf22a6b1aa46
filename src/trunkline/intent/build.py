"""Derive what every box of a site must do, and explain each number of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trunkline.errors import Problem
from trunkline.intent.box import BoxIntent, SectionIntent
from trunkline.intent.errors import CapabilityError
from trunkline.intent.figures import Figure
from trunkline.intent.registry import section_derivations
from trunkline.model.policy import Policy
from trunkline.model.site import Site


def build_intents(site: Site, policy: Policy) -> Mapping[str, BoxIntent]:
    """The intents of the network boxes of a site, by device name, in the order of the site's file.

    Raises CapabilityError with everything that the site asks of its boxes and they cannot do.
    """
    narrowed = policy.narrowed_by(site.narrow)
    problems: dict[Problem, None] = {}
    intents: dict[str, BoxIntent] = {}
    for name, device in site.devices.items():
        if device.role == "sbc":
            continue
        sections: dict[str, SectionIntent] = {}
        for section, derive in section_derivations().items():
            try:
                intent = derive(site, narrowed, name)
            except CapabilityError as error:
                problems |= dict.fromkeys(error.problems)
                continue
            if intent is not None:
                sections[section] = intent
        intents[name] = BoxIntent(
            host=site.host(name),
            site=site.site,
            device=name,
            platform=device.platform,
            role=device.role,
            model=device.model,
            position=site.position("devices", name),
            sections=sections,
        )
    if problems:
        raise CapabilityError(tuple(problems))
    return intents


def explain(site: Site, policy: Policy, device: str, section: str) -> Sequence[Figure]:
    """Every derived number of a section of a box, in the order in which they follow from each other.

    None are derived where the box has nothing to do with the section. Raises KeyError for a device or a
    section that does not exist, CapabilityError as build_intents does.
    """
    if device not in site.devices:
        raise KeyError(device)
    intent = section_derivations()[section](site, policy.narrowed_by(site.narrow), device)
    return () if intent is None else intent.figures
