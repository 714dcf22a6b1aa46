"""Groups: members that exist, and a way on that ends."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.site import Group, Site

_NEEDS = ("phones", "groups")


def check_site(site: Site) -> Iterator[Finding]:
    """Check the groups of a site."""
    phones = {phone.extension for phone in site.phones}
    groups = {group.extension: group for group in site.groups}
    for at, group in enumerate(site.groups):
        for place, member in enumerate(group.members):
            if member not in phones:
                path = ("groups", at, "members", place)
                yield Finding(path, f"{member} is no phone of this site", "name extensions of phones", _NEEDS)
        if group.then.isdigit() and group.then not in phones and group.then not in groups:
            what = f"{group.then} is neither a phone nor a group"
            right = "write voicemail, hang_up or an extension of this site"
            yield Finding(("groups", at, "then"), what, right, _NEEDS)
        if _comes_back(group, groups):
            what = f"a call that nobody takes comes back to {group.extension}"
            yield Finding(("groups", at, "then"), what, "end the chain with voicemail or hang_up")


def _comes_back(group: Group, groups: dict[str, Group]) -> bool:
    passed: set[str] = set()
    there: Group | None = group
    while there is not None and there.extension not in passed:
        passed.add(there.extension)
        if there.then == group.extension:
            return True
        there = groups.get(there.then)
    return False
