"""What an IOS XE box needs before a commit is safe, asked without changing anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from trunkline.devices.driver import Missing
from trunkline.devices.platform import Reading
from trunkline.devices.platforms.ios_xe import answers
from trunkline.devices.preflight import missing_space

_FULL_PRIVILEGE = 15


def missing_privilege(user: str, answer: str) -> Iterator[Missing]:
    """Yield what the answer to `show privilege` lacks; an unreadable one counts as none."""
    level = answers.privilege(answer) or 0
    if level < _FULL_PRIVILEGE:
        yield Missing(
            f"user {user!r} has privilege {level}, configuring needs {_FULL_PRIVILEGE}",
            f"type `username {user} privilege {_FULL_PRIVILEGE}`",
        )


def missing_archive(answer: str, running: Reading, ask: Callable[[str], str]) -> Iterator[Missing]:
    """Yield what the answer to `show archive` lacks: the feature that the revert timer stands on, or space."""
    system = answers.archive_file_system(answer)
    if system is None:
        yield Missing(
            "the archive is off, and the revert timer needs it", "type `archive`, then `path flash:trunkline`"
        )
        return
    yield from missing_space(system, ask(f"dir {system}"), running)
