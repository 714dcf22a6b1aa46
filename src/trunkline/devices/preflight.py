"""What every box needs before a commit is safe, worded once for all platforms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from trunkline.devices.driver import Missing, Pending
from trunkline.devices.platform import Reading

_FREE = re.compile(r"\((?P<free>\d+) bytes free\)")


def missing_space(system: str, listing: str, running: Reading) -> Iterator[Missing]:
    """Yield a file system without room for the copies that the box makes for the way back."""
    match = _FREE.search(listing)
    needed = 2 * len(running.raw)  # the copy of this commit, and that of the next one
    if match and int(match["free"]) < needed:
        yield Missing(
            f"{system} has {match['free']} bytes free, the copies for the way back need {needed}",
            f"look at `dir {system}` and delete what nobody needs",
        )


def pending_commit(pending: Pending | None, ways: str) -> Iterator[Missing]:
    """Yield a commit that waits already: a box has one revert timer only."""
    if pending is not None:
        yield Missing(f"a commit of {pending.owner} waits for its confirmation", ways)


def unsaved(running: Sequence[str], startup: Sequence[str], see: str) -> Iterator[Missing]:
    """Yield a note if a reload would bring another configuration than the running one."""
    if list(running) != list(startup):
        what = "running and startup configuration differ already: our save will save that difference too"
        yield Missing(what, see, stops=False)
