"""The sections that exist: every module of the folder `sections`."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Protocol

from trunkline.intent import sections
from trunkline.intent.box import SectionIntent
from trunkline.model.policy import Policy
from trunkline.model.site import Site


class Derive(Protocol):
    """Derive one section of a box; None where the box has nothing to do with it."""

    def __call__(self, site: Site, policy: Policy, device: str, /) -> SectionIntent | None:
        """Raise CapabilityError for what the box cannot do."""
        ...


@cache
def section_derivations() -> Mapping[str, Derive]:
    """How each section is derived, by the name of the section, in alphabetical order."""
    names = sorted(module.name for module in pkgutil.iter_modules(sections.__path__))
    return {name: _derive_of(name) for name in names}


def _derive_of(name: str) -> Derive:
    derive: Derive = import_module(f"{sections.__name__}.{name}").derive
    return derive
