"""Configuration sessions: candidates that are committed, with or without a timer, or aborted."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from enum import Enum

from trunkline.lab.vendors.clock import Timer
from trunkline.lab.vendors.eos.typist import EosTypist, Vocabulary
from trunkline.lab.vendors.eos.words import TOO_MANY_SESSIONS
from trunkline.lab.vendors.machine import Machine
from trunkline.lab.vendors.tree import Node

MOST_PENDING = 5
MOST_SAVED = 1


class RefusedError(Exception):
    """The box does not do it; the message holds its words."""


class State(Enum):
    """What becomes of a session."""

    PENDING = "pending"
    TIMER = "pendingCommitTimer"
    COMPLETED = "completed"


@dataclass(eq=False)
class Session:
    """One named candidate."""

    name: str
    typist: EosTypist
    user: str
    state: State = State.PENDING
    completed_at: float | None = None

    @property
    def root(self) -> Node:
        """The candidate configuration."""
        return self.typist.root


@dataclass(eq=False)
class CommitTimer:
    """A commit that comes undone unless it is confirmed: what was running before, and when it comes back."""

    session: Session
    before: Node
    timer: Timer


@dataclass(eq=False)
class Sessions:
    """All sessions of a box.

    `clean` is the factory configuration that `rollback clean-config` starts from, `known` what the box
    understands beyond the grammar. Neither is changed.
    """

    machine: Machine
    clean: Node
    known: Vocabulary
    named: dict[str, Session] = field(default_factory=dict)
    waiting: CommitTimer | None = None

    def others(self) -> list[str]:
        """The names of pending sessions that a fault has put there."""
        return [f"cvp-{number}" for number in range(1, self.machine.faults.vty_in_use + 1)]

    def pending(self) -> list[Session]:
        """Sessions that wait for a commit or an abort."""
        return [session for session in self.named.values() if session.state is State.PENDING]

    def enter(self, name: str, user: str, *, written_out: bool) -> Session:
        """Open a session, or come back to one that is pending."""
        session = self.named.get(name)
        if session is not None and session.state is State.TIMER:
            raise RefusedError(f"% Cannot enter session {name} (commit timer is running)")
        if session is not None and session.state is State.COMPLETED:
            raise RefusedError(f"% Cannot enter session {name} (already completed)")
        if session is not None:
            session.typist.unwind(1)
            return session
        if len(self.pending()) + len(self.others()) >= MOST_PENDING:
            raise RefusedError(TOO_MANY_SESSIONS)
        typist = self.typist(self.machine.running.copy(), session=True, written_out=written_out)
        self.named[name] = Session(name, typist, user)
        return self.named[name]

    def typist(self, root: Node, *, session: bool, written_out: bool) -> EosTypist:
        """Somebody who types into a configuration of this box."""
        return EosTypist(self.machine, root, self.known, session=session, written_out=written_out)

    def roll_back(self, session: Session) -> None:
        """Start the candidate again from the factory configuration."""
        old = session.typist
        session.typist = self.typist(self.clean.copy(), session=True, written_out=old.written_out)
        session.typist.lines = [*old.lines, "rollback clean-config"]

    def commit(self, name: str, seconds: int | None = None) -> None:
        """Make the candidate the running configuration, or confirm a commit whose timer runs."""
        session = self._get(name)
        if self.waiting is not None:
            if self.waiting.session is not session:
                other = self.waiting.session.name
                raise RefusedError(f"% Cannot commit session {name}: commit timer of session {other} is running")
            if seconds is None:
                self._confirm()
            else:
                self._wait(session, self.waiting.before, seconds)
            return
        if session.state is State.COMPLETED:
            raise RefusedError(f"% Cannot commit session {name} (already completed)")
        before = self.machine.running
        session.typist.unwind(1)
        self.machine.running = session.root.copy()
        for line in session.typist.lines:
            self.machine.wrote(line)
        session.completed_at = self.machine.clock.now()
        if seconds is None:
            self._complete(session)
        else:
            session.state = State.TIMER
            self._wait(session, before, seconds)

    def abort(self, name: str) -> None:
        """Throw the candidate away, if there is one; a commit whose timer runs is undone."""
        session = self.named.pop(name, None)
        if self.waiting is not None and self.waiting.session is session:
            self._undo()

    def diff(self, session: Session) -> str:
        """What the candidate would change, as `show session-config diffs` prints it."""
        lines = difflib.unified_diff(
            self.machine.lines(),
            self.machine.lines(session.root),
            "system:/running-config",
            f"session:/{session.name}-session-config",
            lineterm="",
        )
        return "\n".join(lines)

    def _get(self, name: str) -> Session:
        if name not in self.named:
            raise RefusedError(f"% Session {name} does not exist")
        return self.named[name]

    def _wait(self, session: Session, before: Node, seconds: int) -> None:
        if self.waiting is not None:
            self.waiting.timer.stop()
        self.waiting = CommitTimer(session, before, self.machine.clock.after(seconds, self._undo))

    def _confirm(self) -> None:
        assert self.waiting is not None
        self.waiting.timer.stop()
        session, self.waiting = self.waiting.session, None
        self._complete(session)

    def _undo(self) -> None:
        assert self.waiting is not None
        waiting, self.waiting = self.waiting, None
        waiting.timer.stop()
        self.machine.running = waiting.before
        self._complete(waiting.session)

    def _complete(self, session: Session) -> None:
        """Keep the session among the saved ones, of which the box holds the latest."""
        session.state = State.COMPLETED
        saved = [each for each in self.named.values() if each.state is State.COMPLETED and each is not session]
        for each in saved[: len(saved) - MOST_SAVED + 1]:
            del self.named[each.name]
