"""What EOS says about configuration sessions and a pending commit, in both forms that its releases have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "trunkline-"

_WAITS = "pendingCommitTimer"  # up to 4.31 the session's own state
_OPEN = "pending"
_STATES = {_OPEN, _WAITS, "completed", "committed", "aborted"}


class UnknownForm(ValueError):
    """An answer that matches no form that we know; the text says what is strange in it."""


@dataclass(frozen=True)
class Session:
    """A session that somebody has left open: its name, and who is in it (empty if nobody)."""

    name: str
    user: str

    @property
    def ours(self) -> bool:
        """Whether a run of ours opened it."""
        return self.name.startswith(PREFIX)

    def __str__(self) -> str:
        return f"{self.name} ({self.user})" if self.user else self.name


@dataclass(frozen=True)
class Sessions:
    """Open sessions, and the name of the one whose commit waits for its confirmation."""

    open: tuple[Session, ...]
    waiting: str | None


def sessions(answer: Mapping[str, object]) -> Sessions:
    """Return what `show configuration sessions detail` says; raises UnknownForm rather than guess.

    Up to 4.31 the waiting session has the state `pendingCommitTimer`; from 4.32 on it is `committed` or
    `completed` already, and `commitTimerSessionName` stands beside the list.
    """
    table = answer.get("sessions")
    if not isinstance(table, Mapping):
        raise UnknownForm("there is no list of sessions")
    opened, waiting = [], _named(answer)
    for name, about in table.items():
        state = about.get("state") if isinstance(about, Mapping) else None
        if state not in _STATES:
            raise UnknownForm(f"session {name} is in the state {state!r}")
        if state == _OPEN:
            opened.append(Session(str(name), _user(about)))
        if state == _WAITS:
            waiting = str(name)
    return Sessions(tuple(opened), waiting)


def _named(answer: Mapping[str, object]) -> str | None:
    name = answer.get("commitTimerSessionName")
    if name is None:
        if "commitTimerExpireTime" in answer:
            raise UnknownForm("a commit timer runs for no session")
        return None
    if not isinstance(name, str):
        raise UnknownForm(f"the commit timer runs for {name!r}")
    return name or None


def _user(about: Mapping[str, object]) -> str:
    """Return who is in a session; `instances` has one entry for each process that is."""
    instances = about.get("instances")
    people = instances.values() if isinstance(instances, Mapping) else ()
    names = {str(each["user"]) for each in people if isinstance(each, Mapping) and each.get("user")}
    return ", ".join(sorted(names))
