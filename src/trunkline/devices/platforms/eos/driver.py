"""Arista EOS: lines are collected and checked in a configuration session, then committed under its timer."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from trunkline.devices import errors
from trunkline.devices.driver import Armed, Missing, Pending
from trunkline.devices.lines import Line, staged_lines, with_exits
from trunkline.devices.platform import Capability, Incomplete, Platform, Reading
from trunkline.devices.platforms.eos.box import Box, RefusedRequest
from trunkline.devices.platforms.eos.sessions import PREFIX, Sessions, UnknownForm, sessions
from trunkline.devices.preflight import missing_space, pending_commit, unsaved
from trunkline.devices.target import Target
from trunkline.units import Seconds

_MOST_SESSIONS = 5  # what EOS allows to be open at once, unless it is told otherwise
_TOO_MANY = "Maximum number of pending sessions"
_SEE_UNSAVED = "see `diff startup-config running-config`"


class Driver:
    """One EOS box; see `trunkline.devices.driver.Driver` for what the verbs promise."""

    def __init__(self, target: Target, platform: Platform) -> None:
        self.target = target
        self.platform = platform
        self._box: Box | None = None
        self._session = ""
        self._seen: Reading | None = None
        self._before: Reading | None = None

    def __enter__(self) -> Self:
        self._box = Box(self.target)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # A session that is not committed goes with us; a timer that runs is left to run.
        with contextlib.suppress(errors.DeviceError):
            self.discard()
        self._box = None

    @property
    def capabilities(self) -> Capability:
        """What the platform can do."""
        return self.platform.capabilities

    def read(self) -> Reading:
        """Return the running configuration, proven complete."""
        self._seen = self._running()
        return self._seen

    def preflight(self) -> Sequence[Missing]:
        """Say what a safe commit lacks, and which sessions are open; changes nothing on the box."""
        running, startup, found = self._running(), self._startup(), self._sessions()
        return (
            *missing_space("flash:", self._text("dir flash:"), running),
            *pending_commit(self.pending(), _ways(found)),
            *_open_sessions(found),
            *_never_saved(startup),
            *(unsaved(self.platform.saved_form(running), startup, _SEE_UNSAVED) if startup else ()),
        )

    def stage(self, lines: Sequence[str]) -> None:
        """Have the box check the lines in a session of its own; running is as before. Raises LineRefused."""
        self.discard()
        sent = tuple(with_exits(staged_lines(lines)))
        if not sent:
            return
        for leftover in self._sessions().open:
            if leftover.ours:
                self._abort(leftover.name)
        self._session = f"{PREFIX}{secrets.token_hex(4)}"
        try:
            answers = self._connected.load(self._session, [text for _, text in sent])
        except RefusedRequest as refused:
            self._session = ""  # NAPALM has aborted it
            raise self._refused_line(refused, sent) from None
        except errors.Interrupted as interrupted:
            raise interrupted.then(self._drop()) from None
        self._read_messages(answers, sent)

    def diff(self) -> str:
        """Return what the session would change, as the box says it."""
        return self._connected.compare() if self._session else ""

    def discard(self) -> None:
        """Abort the session with the staged lines."""
        if self._session:
            name, self._session = self._session, ""
            self._abort(name)

    def pending(self) -> Pending | None:
        """Return the commit that waits for its confirmation, ours or not."""
        waiting = self._sessions().waiting
        return Pending(f"session {waiting}", waiting.startswith(PREFIX)) if waiting else None

    def commit_confirm(self, timer: Seconds) -> Armed:
        """Commit the session under `commit timer`."""
        if not self._session:
            raise errors.NothingStaged(self.target.host)
        able = self.capabilities
        if not able.shortest_timer <= timer <= able.longest_timer:
            raise errors.TimerOutOfRange(self.target.host, timer, able.shortest_timer, able.longest_timer)
        pending = self.pending()
        if pending is not None:
            raise errors.PendingCommit(self.target.host, pending.owner)
        before = self._running()
        if self._seen is not None and self._seen.sha256 != before.sha256:
            raise errors.BaseChanged(self.target.host, before.last_change)
        try:
            self._connected.commit(timer)
        except RefusedRequest as refused:
            raise self._refused(refused, self._drop()) from None
        except errors.Interrupted as interrupted:
            self._session = ""
            raise interrupted.then(errors.restores_itself(timer)) from None
        self._before = before
        committed, self._session = self._session, ""
        if self._sessions().waiting != committed:
            # Without a timer that we can see nobody would ever undo this: undo it now.
            self._abort(committed)
            raise errors.UnknownForm(self.target.host, self._connected.version(), "whether a commit waits")
        return Armed(timer)

    def confirm(self) -> None:
        """Keep what was committed, save it, and prove that it is saved."""
        name = self._require_ours()
        try:
            said = self._connected.confirm(name)
        except RefusedRequest as refused:
            if refused.command == "write memory":
                raise errors.NotSaved(self.target.host, self.target.mask(refused.words)) from None
            raise self._refused(refused, "") from None
        except errors.Interrupted as interrupted:
            raise interrupted.then(
                "whether the box keeps the change is not known: it does if nothing is pending there, else its"
                " timer restores it"
            ) from None
        if self.platform.refusal(said):
            raise errors.NotSaved(self.target.host, self.target.mask(said))
        try:
            if self.platform.saved_form(self._running()) != self._startup():
                raise errors.NotSaved(self.target.host, "the startup configuration differs from the running one")
        except (errors.Interrupted, errors.NotRead) as error:
            raise errors.NotSaved(self.target.host, str(error)) from None

    def roll_back(self) -> None:
        """Undo our commit that waits for its confirmation, and prove that the box reads as before."""
        self._abort(self._require_ours())
        if self.pending() is not None:
            raise errors.NotRestored(self.target.host, "the commit timer still runs")
        if self._before is not None:
            difference = self._before.difference(self._running())
            if difference:
                raise errors.NotRestored(self.target.host, difference)

    @property
    def _connected(self) -> Box:
        if self._box is None:
            raise errors.DeviceError(self.target.host, "is not connected: use the driver inside `with`")
        return self._box

    def _text(self, command: str) -> str:
        try:
            return self._connected.text(command)
        except RefusedRequest as refused:
            raise self._refused(refused, "") from None

    def _running(self) -> Reading:
        try:
            return self.platform.reading(self._connected.running())
        except Incomplete as why:
            raise errors.NotRead(self.target.host, f"`show running-config`: {why}") from None
        except RefusedRequest as refused:
            raise errors.NotRead(self.target.host, f"the box refuses it: {refused.words}") from None
        except errors.Interrupted as interrupted:
            raise errors.NotRead(self.target.host, interrupted.what) from None

    def _startup(self) -> Sequence[str]:
        """Return the saved configuration in comparable form; a box that never saved has none."""
        try:
            return self.platform.saved_form(self.platform.reading(self._connected.text("show startup-config")))
        except (Incomplete, RefusedRequest):
            return ()

    def _sessions(self) -> Sessions:
        try:
            return sessions(self._connected.sessions())
        except UnknownForm as form:
            what = f"`show configuration sessions detail` ({form})"
            raise errors.UnknownForm(self.target.host, self._connected.version(), what) from None
        except RefusedRequest as refused:
            raise self._refused(refused, "") from None

    def _abort(self, name: str) -> None:
        try:
            self._connected.abort(name)
        except RefusedRequest as refused:
            raise self._refused(refused, "") from None

    def _drop(self) -> str:
        """Abort the session with the staged lines; return what became of the box, in words."""
        name = self._session
        try:
            self.discard()
        except errors.DeviceError:
            return f"{errors.NOTHING_CHANGED}, session {name} is left and goes with the next run"
        return errors.NOTHING_CHANGED

    def _require_ours(self) -> str:
        waiting = self._sessions().waiting
        if waiting is None:
            raise errors.NothingPending(self.target.host)
        if not waiting.startswith(PREFIX):
            raise errors.PendingCommit(self.target.host, f"session {waiting}")
        return waiting

    def _refused(self, refused: RefusedRequest, aftermath: str) -> errors.DeviceError:
        if _TOO_MANY in refused.words:
            names = ", ".join(str(each) for each in self._sessions().open)
            return errors.NoFreeSession(self.target.host, f"no further configuration session, open are {names}")
        words, command = self.target.mask(refused.words), self.target.mask(refused.command)
        return errors.CommandRefused(self.target.host, command, words, aftermath)

    def _refused_line(self, refused: RefusedRequest, sent: Sequence[tuple[Line | None, str]]) -> errors.DeviceError:
        line = sent[refused.index][0] if 0 <= refused.index < len(sent) else None
        if line is None:
            return self._refused(refused, errors.NOTHING_CHANGED)
        words, text = self.target.mask(refused.words), self.target.mask(line.text)
        return errors.LineRefused(self.target.host, line.number, text, words, errors.NOTHING_CHANGED)

    def _read_messages(self, answers: Sequence[str], sent: Sequence[tuple[Line | None, str]]) -> None:
        """Raise LineRefused for a refusal that the box has put into a message of an accepted request."""
        for index, words in enumerate(answers[: len(sent)]):
            if self.platform.refusal(words):
                self._drop()
                raise self._refused_line(RefusedRequest(sent[index][1], index, words), sent)


def _open_sessions(found: Sessions) -> Sequence[Missing]:
    ours = ", ".join(each.name for each in found.open if each.ours)
    foreign = [each for each in found.open if not each.ours]
    names = ", ".join(str(each) for each in foreign)
    notes = []
    if ours:
        notes.append(Missing(f"an earlier run has left {ours}", "aborted before we open ours", stops=False))
    if len(foreign) >= _MOST_SESSIONS:
        notes.append(Missing(f"no further session is free, open are {names}", "abort those that nobody needs"))
    elif foreign:
        notes.append(Missing(f"somebody else has open: {names}", "left alone", stops=False))
    return notes


def _never_saved(startup: Sequence[str]) -> Sequence[Missing]:
    return () if startup else (Missing("nothing has been saved yet", "type `write memory`"),)


def _ways(found: Sessions) -> str:
    name = found.waiting
    return f"`configure session {name} commit` keeps it, `configure session {name} abort` undoes it"
