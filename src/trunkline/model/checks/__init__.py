"""Checks of what no single value shows: one module for each subject, found in this folder.

A module offers any of `check_site(site)`, `check_site_by_policy(site, policy)` and `check_policy(policy)`; each
yields findings.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType

from trunkline.model.finding import Finding
from trunkline.model.policy import Policy
from trunkline.model.site import Site


@cache
def _modules() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))


def findings_in_site(site: Site, policy: Policy | None) -> Iterator[Finding]:
    """Yield what is wrong with a site; without a policy, what can be told from the site alone."""
    for module in _modules():
        alone: Callable[[Site], Iterator[Finding]] | None = getattr(module, "check_site", None)
        if alone is not None:
            yield from alone(site)
        by_policy: Callable[[Site, Policy], Iterator[Finding]] | None
        by_policy = getattr(module, "check_site_by_policy", None)
        if by_policy is not None and policy is not None:
            yield from by_policy(site, policy)


def findings_in_policy(policy: Policy) -> Iterator[Finding]:
    """Yield what is wrong with a policy."""
    for module in _modules():
        check: Callable[[Policy], Iterator[Finding]] | None = getattr(module, "check_policy", None)
        if check is not None:
            yield from check(policy)
