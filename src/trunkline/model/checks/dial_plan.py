"""Numbers that phones dial: emergency above all, and no number with two meanings."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.known import emergency_numbers
from trunkline.model.mistakes import FieldPath
from trunkline.model.policy import DialPlan, Policy
from trunkline.model.site import Site

_NEEDS = ("narrow", "policy.dial_plan")


def check_policy(policy: Policy) -> Iterator[Finding]:
    """Check the policy's own dial plan."""
    yield from _plan(("dial_plan",), policy.dial_plan)


def check_site_by_policy(site: Site, policy: Policy) -> Iterator[Finding]:
    """Check the dial plan that holds at a site, and its extensions against it."""
    plan = policy.narrowed_by(site.narrow).dial_plan
    if site.narrow is not None and site.narrow.dial_plan is not None:
        yield from _plan(("narrow", "dial_plan"), plan)
    if plan.country != site.country:
        what = f"the site is in {site.country}, its dial plan is for {plan.country}"
        right = f"write narrow: {{dial_plan: {{country: {site.country}, ...}}}} with its emergency numbers"
        yield Finding(("country",), what, right, (*_NEEDS, "country"))
    for at, phone in enumerate(site.phones):
        path: FieldPath = ("phones", at, "extension")
        ambiguous = tuple(_ambiguous(path, phone.extension, plan))
        yield from ambiguous
        if not ambiguous and not _matches(phone.extension, plan.internal):
            what = f"{phone.extension} is not of the form {plan.internal}"
            yield Finding(path, what, "follow dial_plan.internal", _NEEDS)
    for at, group in enumerate(site.groups):
        yield from _ambiguous(("groups", at, "extension"), group.extension, plan)


def _plan(path: FieldPath, plan: DialPlan) -> Iterator[Finding]:
    if not plan.emergency:
        right = f"write emergency: {_listed(emergency_numbers().get(plan.country, ('112',)))}"
        yield Finding((*path, "emergency"), "no emergency number can be dialled", right)
    else:
        missing = [n for n in emergency_numbers().get(plan.country, ()) if n not in plan.emergency]
        if missing:
            what = f"{', '.join(missing)} of {plan.country} cannot be dialled"
            yield Finding((*path, "emergency"), what, f"write {_listed((*plan.emergency, *missing))}")
    prefix = plan.outside_prefix
    fixed = plan.internal.rstrip("x")
    if prefix and (fixed.startswith(prefix) or not fixed):
        what = f"{plan.internal} begins with {prefix}, which leads outside"
        yield Finding((*path, "internal"), what, "let extensions begin with another digit")
    for number in plan.emergency:
        if _matches(number, plan.internal):
            what = f"{plan.internal} covers the emergency number {number}"
            yield Finding((*path, "internal"), what, "let extensions begin with another digit")


def _ambiguous(path: FieldPath, extension: str, plan: DialPlan) -> Iterator[Finding]:
    for number in plan.emergency:
        if number.startswith(extension) or extension.startswith(number):
            what = f"{extension} cannot be told from the emergency number {number}"
            yield Finding(path, what, "take another extension", _NEEDS)
    if plan.outside_prefix and extension.startswith(plan.outside_prefix):
        what = f"{extension} begins with {plan.outside_prefix}, which leads outside"
        yield Finding(path, what, "take another extension", _NEEDS)


def _matches(number: str, form: str) -> bool:
    fixed = form.rstrip("x")
    return len(number) == len(form) and number.startswith(fixed)


def _listed(numbers: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{number}"' for number in numbers) + "]"
