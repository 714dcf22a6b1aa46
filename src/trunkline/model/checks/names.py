"""Names that an inventory needs for something else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from trunkline.model.finding import Finding
from trunkline.model.known import SERVER_PLATFORM, network_platforms
from trunkline.model.site import Role, Site


def check_site(site: Site) -> Iterator[Finding]:
    """Check that the group of the site's hosts is not a role's, a platform's or Ansible's own."""
    taken = {"all", "ungrouped", *get_args(Role), SERVER_PLATFORM, *network_platforms()}
    if site.site.replace("-", "_") in taken:
        what = f"{site.site} is a group of hosts already, by role or platform"
        yield Finding(("site",), what, "take another name")
