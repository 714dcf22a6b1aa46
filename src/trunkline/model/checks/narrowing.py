"""What a site wants otherwise than the policy: only where the policy allows it, and only stricter."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.policy import Policy
from trunkline.model.record import Record
from trunkline.model.site import Site


def check_site_by_policy(site: Site, policy: Policy) -> Iterator[Finding]:
    """Check every field of `narrow`."""
    if site.narrow is None:
        return
    for section in sorted(site.narrow.model_fields_set):
        narrower = getattr(site.narrow, section)
        if section == "dial_plan":
            yield from _allowed("dial_plan", policy, ("narrow", "dial_plan"))
            continue
        if not isinstance(narrower, Record):
            continue
        for field in sorted(narrower.model_fields_set):
            path = ("narrow", section, field)
            yield from _allowed(f"{section}.{field}", policy, path)
            wanted, allowed = getattr(narrower, field), getattr(getattr(policy, section), field)
            right = _wider(f"{section}.{field}", wanted, allowed)
            if right:
                yield Finding(path, "is not narrower than the policy", right, (f"policy.{section}",))


def _allowed(name: str, policy: Policy, path: tuple[str, ...]) -> Iterator[Finding]:
    if name not in policy.sites_may_narrow:
        may = ", ".join(policy.sites_may_narrow) or "nothing"
        what = f"the policy does not let sites narrow {name}"
        yield Finding(path, what, f"sites may narrow {may}", ("policy.sites_may_narrow",))


_LESS_IS_STRICTER = {"voice.blocking", "fraud.international_per_day", "security.ban_after"}
_MORE_IS_STRICTER = {"voice.mos_min"}


def _wider(name: str, wanted: object, allowed: object) -> str:
    """Say what would be right, or nothing where the site is as strict as the policy or stricter."""
    if isinstance(wanted, tuple) and isinstance(allowed, tuple):
        extra = [str(one) for one in wanted if one not in allowed]
        return f"choose among {', '.join(str(one) for one in allowed)}" if extra else ""
    if isinstance(wanted, int | float) and isinstance(allowed, int | float):
        if name in _LESS_IS_STRICTER and wanted > allowed:
            return f"write {allowed:g} or less"
        if name in _MORE_IS_STRICTER and wanted < allowed:
            return f"write {allowed:g} or more"
    return "the policy says deny" if wanted == "allow" and allowed == "deny" else ""
