"""Our filters for Ansible's own templates: each is one call into the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trunkline.render.filters import FILTERS


class FilterModule:
    """The door through which Ansible finds filters."""

    def filters(self) -> Mapping[str, Callable[..., str]]:
        """Every filter by its name."""
        return FILTERS
