"""What IOS XE answers about archive, revert timer and file systems, as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIELDS = {
    "since": re.compile(r"^Time configured.*?: (?P<value>.+)$", re.MULTILINE),
    "timer": re.compile(r"^Timer value: (?P<value>.+)$", re.MULTILINE),
    "user": re.compile(r"^User: (?P<value>.+)$", re.MULTILINE),
}
_NONE_PENDING = re.compile(r"No Rollback Confirmed Change pending", re.IGNORECASE)
_NO_ARCHIVE = re.compile(r"Archive feature not enabled", re.IGNORECASE)
_NEXT_ARCHIVE = re.compile(r"next archive file will be named (?P<system>[\w-]+:)")
_PRIVILEGE = re.compile(r"Current privilege level is (?P<level>\d+)")


@dataclass(frozen=True)
class RevertTimer:
    """An armed revert timer: who armed it, and its length as the box says it (`2 min`)."""

    user: str
    timer: str
    since: str


class NotUnderstood(ValueError):
    """An answer in a form that is not known."""


def revert_timer(answer: str) -> RevertTimer | None:
    """Return the pending timer of `show archive config rollback timer`, None if none is; or NotUnderstood."""
    if _NONE_PENDING.search(answer) or _NO_ARCHIVE.search(answer):
        return None
    found = {name: pattern.search(answer) for name, pattern in _FIELDS.items()}
    if found["user"] is None or found["timer"] is None:
        raise NotUnderstood(answer)
    return RevertTimer(**{name: match["value"].strip() if match else "" for name, match in found.items()})


def archive_file_system(answer: str) -> str | None:
    """Return where `show archive` says the next copy goes (`flash:`), None if the archive is off."""
    match = _NEXT_ARCHIVE.search(answer)
    return match["system"] if match else None


def privilege(answer: str) -> int | None:
    """Return the level of `show privilege`, None if it does not say."""
    match = _PRIVILEGE.search(answer)
    return int(match["level"]) if match else None
