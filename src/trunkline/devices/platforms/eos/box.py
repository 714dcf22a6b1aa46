"""One EOS box through NAPALM's `eos` driver; every refusal in one form, with the box's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar

from napalm.base.exceptions import (  # type: ignore[import-untyped]
    CommitError,
    MergeConfigException,
    UnsupportedVersion,
)
from napalm.eos import EOSDriver  # type: ignore[import-untyped]
from pyeapi.eapilib import CommandError  # type: ignore[import-untyped]

from trunkline.devices.errors import CommandRefused, NothingPending, UnknownForm
from trunkline.devices.platforms.eos.eapi import Answer, PinnedEapi, refusal_words, refused_at
from trunkline.devices.target import Target
from trunkline.units import Seconds

Result = TypeVar("Result")

# `enable` by pyeapi and `configure session NAME` by NAPALM come before the lines of a request.
_BEFORE_LINES = 2


class RefusedRequest(Exception):
    """The box refuses a command. `index` is its place among staged lines, negative for what is none."""

    def __init__(self, command: str, index: int, words: str) -> None:
        self.command, self.index, self.words = command, index, words
        super().__init__(command)


class _Node(Protocol):
    connection: PinnedEapi

    def run_commands(
        self, commands: Sequence[str | Mapping[str, str]], encoding: str = "json"
    ) -> list[dict[str, object]]: ...


class _Napalm(Protocol):
    config_session: str | None
    device: _Node

    def open(self) -> None: ...

    def get_config(self, retrieve: str) -> Mapping[str, str]: ...

    def load_merge_candidate(self, *, config: list[str]) -> None: ...

    def compare_config(self) -> str: ...

    def commit_config(self, *, revert_in: int) -> None: ...

    def confirm_commit(self) -> None: ...


class Box:
    """An open connection. Each request is a connection of its own, so there is none to close.

    NAPALM aborts the session that it holds when its object goes, and a session that is aborted while its commit
    waits is undone (N13): so it holds one only from `load` to `commit` or `abort`.
    """

    def __init__(self, target: Target) -> None:
        self._target = target
        self._napalm: _Napalm = EOSDriver(
            target.address,
            target.user,
            target.password.get_secret_value(),
            # NAPALM's lock waits 10 s for every session of somebody else; EOS merges sessions without it.
            optional_args={"transport": PinnedEapi, "box": target, "lock_disable": True},
        )
        try:
            self._asked(self._napalm.open)
        except UnsupportedVersion as error:
            raise UnknownForm(target.host, str(error), "eAPI") from None
        except RefusedRequest as refused:
            raise CommandRefused(target.host, refused.command, target.mask(refused.words)) from None

    def text(self, *commands: str) -> str:
        """Return the text of the last answer."""
        answers = self._asked(lambda: self._napalm.device.run_commands(list(commands), encoding="text"))
        return _said(answers[-1])

    def running(self) -> str:
        """Return `show running-config` as it is."""
        return self._asked(lambda: self._napalm.get_config(retrieve="running")["running"])

    def version(self) -> str:
        """Return the release of the box's software."""
        (answer,) = self._asked(lambda: self._napalm.device.run_commands(["show version"]))
        return str(answer.get("version", "unknown"))

    def sessions(self) -> Answer:
        """Return `show configuration sessions detail` as data."""
        (answer,) = self._asked(lambda: self._napalm.device.run_commands(["show configuration sessions detail"]))
        return answer

    def load(self, session: str, lines: list[str]) -> Sequence[str]:
        """Enter lines in a new session; return what the box said to each. After a refusal it is aborted."""
        self._napalm.config_session = session
        try:
            if any("\n" in line for line in lines):
                self._load_texts(session, lines)
            else:
                self._asked(lambda: self._napalm.load_merge_candidate(config=lines))
        except BaseException:
            self._napalm.config_session = None
            raise
        return [_said(answer) for answer in self._napalm.device.connection.answers[_BEFORE_LINES:]]

    def _load_texts(self, session: str, lines: Sequence[str]) -> None:
        """Enter lines among which are texts; NAPALM would strip these, and drop what begins with `!` in them."""
        commands = [f"configure session {session}", *map(_command, lines), "end"]
        try:
            self._asked(lambda: self._napalm.device.run_commands(commands))
        except RefusedRequest:
            self.abort(session)
            raise

    def compare(self) -> str:
        """Return what the open session would change."""
        return self._asked(self._napalm.compare_config)

    def commit(self, timer: Seconds) -> None:
        """Commit the open session under the box's timer."""
        try:
            self._asked(lambda: self._napalm.commit_config(revert_in=timer))
        finally:
            self._napalm.config_session = None

    def abort(self, session: str) -> None:
        """Abort a session, or undo its commit if that waits for its confirmation."""
        self._napalm.config_session = None
        self.text(f"configure session {session} abort")

    def confirm(self, session: str) -> str:
        """Confirm a commit that waits, and save; return what the box said to the saving."""
        self._napalm.config_session = session
        try:
            self._asked(self._napalm.confirm_commit)
        except CommitError:
            raise NothingPending(self._target.host) from None
        finally:
            self._napalm.config_session = None
        return _said(self._napalm.device.connection.answers[-1])

    def _asked(self, action: Callable[[], Result]) -> Result:
        """Do something on the box, and turn what the libraries make of a refusal into RefusedRequest."""
        try:
            return action()
        except (CommandError, MergeConfigException) as error:
            raise _refused_request(_first_refusal(error)) from None


def _command(line: str) -> str | Mapping[str, str]:
    """A line as eAPI takes it: the text below a heading, its end mark left out, is the input of the heading."""
    heading, more, text = line.partition("\n")
    if not more:
        return line
    body = text.rpartition("\n")[0]
    # The last line end may be left out, and usually is; not where the last line is empty, it would be lost.
    return {"cmd": heading, "input": f"{body}\n" if body.endswith("\n") else body}


def _first_refusal(error: BaseException) -> CommandError:
    """Return what the box refused first: NAPALM aborts the session after it, and may be refused that as well."""
    while isinstance(error.__context__, CommandError):
        error = error.__context__
    return error


def _refused_request(error: CommandError) -> RefusedRequest:
    at = refused_at(error)
    command = error.commands[at] if 0 <= at < len(error.commands) else error.commands[-1]
    text = command if isinstance(command, str) else str(command.get("cmd", ""))
    return RefusedRequest(text, at - _BEFORE_LINES, refusal_words(error))


def _said(answer: Answer) -> str:
    """Return the words of one answer: its text, or the messages beside its data."""
    messages = answer.get("messages")
    return "\n".join(map(str, messages)) if isinstance(messages, list) else str(answer.get("output", ""))
