"""Names that the policy has to know: trunks and providers."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trunkline.model.finding import Finding
from trunkline.model.mistakes import FieldPath
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.model.suggest import suggest


def check_site_by_policy(site: Site, policy: Policy) -> Iterator[Finding]:
    """Check the names that a site takes from the policy."""
    for at, trunk in enumerate(site.trunks):
        yield from _unknown("trunk", trunk, policy.trunks, ("trunks", at))
    for at, link in enumerate(site.wan):
        yield from _unknown("provider", link.provider, policy.providers, ("wan", at, "provider"))
    if site.hosted is not None:
        yield from _unknown("provider", site.hosted.provider, policy.providers, ("hosted", "provider"))


def check_policy(policy: Policy) -> Iterator[Finding]:
    """Check the providers of the trunks."""
    for name, trunk in policy.trunks.items():
        yield from _unknown("provider", trunk.provider, policy.providers, ("trunks", name, "provider"))


def _unknown(kind: str, name: str, known: Collection[str], path: FieldPath) -> Iterator[Finding]:
    if name in known:
        return
    right = suggest(name, known, "it has")
    yield Finding(path, f"the policy has no {kind} {name}", right, (f"policy.{kind}s",))
