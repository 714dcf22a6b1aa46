"""Cisco IOS XE: lines go into the running configuration one by one, under the box's own revert timer."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from trunkline.devices import errors
from trunkline.devices.driver import Armed, Missing, Pending
from trunkline.devices.lines import Line, refuse_keys, staged_lines
from trunkline.devices.platform import Capability, Incomplete, Platform, Reading
from trunkline.devices.platforms.ios_xe import answers
from trunkline.devices.platforms.ios_xe.connection import Connection, connect
from trunkline.devices.platforms.ios_xe.entering import enter_lines
from trunkline.devices.platforms.ios_xe.preflight import missing_archive, missing_privilege
from trunkline.devices.preflight import pending_commit, unsaved
from trunkline.devices.retry import RetryPolicy
from trunkline.devices.target import Target
from trunkline.devices.terminal import Terminal
from trunkline.units import Seconds

_READ_SECONDS = 120.0
_FILE_SECONDS = 180.0  # reverting and saving write the flash
_SEE_UNSAVED = "see `show archive config differences nvram:startup-config system:running-config`"
_VERSION = re.compile(r"Version (?P<version>[\w.()]+)")


class Driver:
    """One IOS XE box; see `trunkline.devices.driver.Driver` for what the verbs promise."""

    def __init__(self, target: Target, platform: Platform) -> None:
        self.target = target
        self.platform = platform
        self._connection: Connection | None = None
        self._staged: tuple[Line, ...] = ()
        self._seen: Reading | None = None
        self._before: Reading | None = None

    def __enter__(self) -> Self:
        self._connection = connect(self.target, self.platform)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @property
    def capabilities(self) -> Capability:
        """What the platform can do."""
        return self.platform.capabilities

    def read(self) -> Reading:
        """Return the running configuration, proven complete."""
        self._seen = self._show("running-config")
        return self._seen

    def preflight(self) -> Sequence[Missing]:
        """Say what a safe commit lacks; changes nothing on the box."""
        level = self._ask_anything("show privilege")
        lacks = tuple(missing_privilege(self.target.user, level))
        if lacks:
            return lacks
        running = self._show("running-config")
        archive = self._ask_anything("show archive")
        return (
            *missing_archive(archive, running, self._ask_anything),
            *pending_commit(self.pending(), "`configure confirm` keeps it, `configure revert now` undoes it"),
            *unsaved(self.platform.saved_form(running), self._startup(), _SEE_UNSAVED),
        )

    def stage(self, lines: Sequence[str]) -> None:
        """Take the lines to be committed; the box hears of them at the commit."""
        staged = staged_lines(lines)
        refuse_keys(self.target.host, staged)
        self._staged = staged

    def diff(self) -> str:
        """Return the staged lines: IOS XE has no candidate, so they are all that can be said before."""
        return "".join(
            f"{'-' if line.text.startswith('no ') else '+'}{' ' * line.indent}{line.text}\n" for line in self._staged
        )

    def discard(self) -> None:
        """Forget the staged lines."""
        self._staged = ()

    def pending(self) -> Pending | None:
        """Return the commit that waits for its confirmation, ours or not."""
        command = "show archive config rollback timer"
        try:
            timer = answers.revert_timer(self._ask_anything(command))
        except answers.NotUnderstood:
            version = _VERSION.search(self._ask_anything("show version"))
            name = version["version"] if version else "unknown"
            raise errors.UnknownForm(self.target.host, name, f"`{command}`") from None
        return Pending(f"user {timer.user}", timer.user == self.target.user) if timer else None

    def commit_confirm(self, timer: Seconds) -> Armed:
        """Enter the staged lines under `configure terminal revert timer`; the box counts whole minutes."""
        if not self._staged:
            raise errors.NothingStaged(self.target.host)
        armed = self._whole_minutes(timer)
        pending = self.pending()
        if pending is not None:
            raise errors.PendingCommit(self.target.host, pending.owner)
        before = self._show("running-config")
        if self._seen is not None and self._seen.sha256 != before.sha256:
            raise errors.BaseChanged(self.target.host, before.last_change)
        self._arm(armed.timer)
        self._before = before
        try:
            self._enter(armed.timer)
            self._require_timer(before)
        except errors.ConnectionLost as lost:
            raise lost.then(errors.restores_itself(armed.timer)) from None
        except errors.Interrupted as interrupted:
            raise interrupted.then(self._put_back(before, armed.timer)) from None
        self._staged = ()
        return armed

    def confirm(self) -> None:
        """Keep what was committed (`configure confirm`), save it, and prove that it is saved."""
        self._require_ours()
        try:
            self._ask("configure confirm")
        except errors.Interrupted as interrupted:
            raise interrupted.then(
                "whether the box keeps the change is not known: it does if nothing is pending there, else its"
                " timer restores it"
            ) from None
        try:
            saving = self._exec.ask("write memory", _FILE_SECONDS)
            if "[OK]" not in saving:
                raise errors.NotSaved(self.target.host, self.target.mask(saving))
            if self.platform.saved_form(self._show("running-config")) != self._startup():
                raise errors.NotSaved(self.target.host, "the startup configuration differs from the running one")
        except (errors.Interrupted, errors.NotRead) as error:
            raise errors.NotSaved(self.target.host, str(error)) from None

    def roll_back(self) -> None:
        """Undo our commit that waits for its confirmation, and prove that the box reads as before."""
        self._require_ours()
        self._revert()
        if self._before is not None:
            difference = self._before.difference(self._show("running-config"))
            if difference:
                raise errors.NotRestored(self.target.host, difference)

    @property
    def _terminal(self) -> Terminal:
        if self._connection is None:
            raise errors.DeviceError(self.target.host, "is not connected: use the driver inside `with`")
        if self._connection.terminal.broken:
            # Nothing can be typed there any more, it could answer a question: go on over a new session.
            self._connection.close()
            self._connection = connect(self.target, self.platform, RetryPolicy(attempts=1))
        return self._connection.terminal

    @property
    def _exec(self) -> Terminal:
        """The command line outside configuration mode."""
        terminal = self._terminal
        if terminal.mode:
            terminal.ask("end", self.target.answer_timeout)
        return terminal

    def _ask_anything(self, command: str) -> str:
        """Ask what may be refused, which says something as well."""
        return self._exec.ask(command, self.target.answer_timeout)

    def _ask(self, command: str, within: float | None = None) -> str:
        answer = self._exec.ask(command, within or self.target.answer_timeout)
        if self.platform.failure(answer):
            raise errors.CommandRefused(self.target.host, command, self.target.mask(answer))
        return answer

    def _show(self, which: str) -> Reading:
        try:
            return self.platform.reading(self._exec.ask(f"show {which}", _READ_SECONDS))
        except Incomplete as why:
            raise errors.NotRead(self.target.host, f"`show {which}`: {why}") from None
        except errors.Interrupted as interrupted:
            raise errors.NotRead(self.target.host, interrupted.what) from None

    def _startup(self) -> Sequence[str]:
        """Return the saved configuration in comparable form; a box that never saved has none."""
        answer = self._exec.ask("show startup-config", _READ_SECONDS)
        try:
            return self.platform.saved_form(self.platform.reading(answer))
        except Incomplete:
            return ()

    def _whole_minutes(self, timer: Seconds) -> Armed:
        able = self.capabilities
        if not able.shortest_timer <= timer <= able.longest_timer:
            raise errors.TimerOutOfRange(self.target.host, timer, able.shortest_timer, able.longest_timer)
        rounded = Seconds(math.ceil(timer / able.timer_step) * able.timer_step)
        said = "" if rounded == timer else f"the box counts whole minutes: {timer} s became {rounded // 60} min"
        return Armed(rounded, said)

    def _arm(self, timer: Seconds) -> None:
        """Start the revert timer, and prove that it runs before the first line is sent."""
        command = f"configure terminal revert timer {timer // 60}"
        try:
            answer = self._exec.ask(command, _FILE_SECONDS)
            if self.pending() is None:
                answer = self.target.mask(answer).strip() or "no timer was started"
                raise errors.CommandRefused(self.target.host, command, answer, errors.NOTHING_CHANGED)
        except (errors.ConnectionLost, errors.NoAnswer, errors.UnknownQuestion) as interrupted:
            raise interrupted.then(errors.NOTHING_CHANGED) from None

    def _enter(self, timer: Seconds) -> None:
        """Type the lines; the second half of the timer is for the proofs that come after."""
        self._ask("configure terminal")
        enter_lines(self.target, self._terminal, self._staged, within=timer / 2)

    def _require_timer(self, before: Reading) -> None:
        """Raise if the timer has run out meanwhile: what was typed after that would stay without a guard."""
        if self.pending() is not None:
            return
        difference = before.difference(self._show("running-config"))
        if difference:
            raise errors.NotRestored(self.target.host, f"the timer ran out while lines were being sent; {difference}")
        raise errors.TimerExpired(self.target.host)

    def _require_ours(self) -> None:
        pending = self.pending()
        if pending is None:
            raise errors.NothingPending(self.target.host)
        if not pending.ours:
            raise errors.PendingCommit(self.target.host, pending.owner)

    def _revert(self) -> None:
        self._ask("configure revert now", _FILE_SECONDS)
        if self.pending() is not None:
            raise errors.CommandRefused(self.target.host, "configure revert now", "the timer still runs")

    def _put_back(self, before: Reading, timer: Seconds) -> str:
        """Undo what was entered so far; return what became of the box, in words."""
        done = "it was reverted"
        try:
            if self.pending() is None:
                done = "its timer ran out meanwhile"
            else:
                self._revert()
        except errors.DeviceError as error:
            return f"{errors.restores_itself(timer)}, for reverting now failed ({error})"
        try:
            difference = before.difference(self._show("running-config"))
        except errors.DeviceError as error:
            return f"{done}, but it could not be read back ({error})"
        return f"{done}, but it does not read as before: {difference}" if difference else errors.PUT_BACK
