"""What can go wrong between us and one box: who, what, what became of the box, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from trunkline.errors import TrunklineError
from trunkline.units import Seconds

NOTHING_CHANGED = "nothing had been changed"
PUT_BACK = "the box was put back and reads as before"


def restores_itself(timer: Seconds) -> str:
    """Say what happens to a box whose revert timer is armed and to which we have no way any more.

    >>> restores_itself(Seconds(120))
    'the box restores itself within 2 min by its own timer'
    """
    length = f"{timer} s" if timer % 60 else f"{timer // 60} min"
    return f"the box restores itself within {length} by its own timer"


class DeviceError(TrunklineError):
    """Something between us and one box; `host` says which. Can be sent to another process and back."""

    def __init__(self, host: str, text: str) -> None:
        self.host = host
        super().__init__(f"{host}: {text}")

    def __reduce__(self) -> tuple[object, ...]:
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[DeviceError], args: tuple[object, ...], state: dict[str, object]) -> DeviceError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class UnknownPlatform(TrunklineError):
    """A platform that has no folder under devices/platforms."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name = name
        super().__init__(f"no platform is called {name!r}; there are: {', '.join(known)}")


class Unreachable(DeviceError):
    """No connection: nothing answers at the address, or it broke before the box said who it is."""

    def __init__(self, host: str, address: str, port: int, reason: str) -> None:
        self.address, self.port = address, port
        super().__init__(
            host,
            f"cannot be reached at {address} port {port}: {reason}; check the address in the site file or in"
            " access.yml, and the way there",
        )


class LoginRefused(DeviceError):
    """The box does not take the user name and password."""

    def __init__(self, host: str, user: str) -> None:
        self.user = user
        super().__init__(
            host,
            f"refuses the login of user {user!r}; check policy.yml (management) and the password in the vault",
        )


class HostKeyUnknown(DeviceError):
    """The box shows a host key or certificate that nobody has recorded; no credential was sent."""

    def __init__(self, host: str, site: str, kind: str, shown: str) -> None:
        self.kind, self.shown = kind, shown
        super().__init__(
            host,
            f"its {kind} is not recorded, it shows {shown}; compare that with the box's console, then run"
            f" `trunkline trust {site}`",
        )


class HostKeyChanged(DeviceError):
    """The box shows another host key or certificate than the recorded one; no credential was sent."""

    def __init__(self, host: str, site: str, kind: str, recorded: str, shown: str) -> None:
        self.kind, self.recorded, self.shown = kind, recorded, shown
        super().__init__(
            host,
            f"its {kind} has changed: recorded is {recorded}, it shows {shown}; a replaced box, or somebody in"
            f" between. If the box was replaced, run `trunkline trust {site} --replace {host}`",
        )


class NoCommonAlgorithm(DeviceError):
    """The box and we speak no common algorithm of one kind; `weak`: we could, if the box were named as an old one."""

    def __init__(
        self, host: str, kind: str, offered: Sequence[str], spoken: Sequence[str], *, weak: bool = False
    ) -> None:
        self.kind, self.offered, self.spoken = kind, tuple(offered), tuple(spoken)
        otherwise = ", or allow weak ones for this box with `old_ssh: true` in access.yml" if weak else ""
        super().__init__(
            host,
            f"no common {kind}: the box offers {', '.join(offered) or 'nothing that we can read'}; we speak"
            f" {', '.join(spoken)}; allow one of ours on the box, or give it a newer release{otherwise}",
        )


class NoFreeSession(DeviceError):
    """The box takes no further session now."""

    def __init__(self, host: str, what: str) -> None:
        super().__init__(host, f"{what}; close a session that nobody needs, then try again")


class NotRead(DeviceError):
    """A configuration that did not arrive whole: it is neither compared nor planned from."""

    def __init__(self, host: str, why: str) -> None:
        self.why = why
        super().__init__(host, f"the configuration was not read: {why}")


class PreflightFailed(DeviceError):
    """Something that a safe commit needs is missing on the box; nothing was sent."""

    def __init__(self, host: str, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(host, f"not ready for a safe commit, nothing was sent: {'; '.join(missing)}")


class PendingCommit(DeviceError):
    """A commit waits for its confirmation on the box, and it is not ours to touch."""

    def __init__(self, host: str, owner: str) -> None:
        self.owner = owner
        super().__init__(
            host,
            f"a commit of {owner} waits there for its confirmation; it is left alone. Let its owner confirm it or"
            " roll it back, then try again",
        )


class NothingPending(DeviceError):
    """There is no commit to confirm or to roll back: the timer has expired, or nobody armed it."""

    def __init__(self, host: str) -> None:
        super().__init__(
            host,
            "no commit of ours waits for its confirmation: its timer has expired and the box is back to what it"
            " was, or none was made",
        )


class NothingStaged(DeviceError):
    """A commit without lines."""

    def __init__(self, host: str) -> None:
        super().__init__(host, "nothing is staged, so there is nothing to commit")


class BaseChanged(DeviceError):
    """Somebody changed the configuration between our reading and our commit; `last_change`: in the box's words."""

    def __init__(self, host: str, last_change: str = "") -> None:
        said = f" (the box says: {last_change})" if last_change else ""
        super().__init__(
            host,
            f"its configuration has changed since it was read{said}, so the commands may no longer fit; nothing was"
            " sent. Make a new plan",
        )


class UnknownForm(DeviceError):
    """The box answers in a form that we do not know, where a guess could undo or keep a change wrongly."""

    def __init__(self, host: str, version: str, what: str) -> None:
        self.version = version
        super().__init__(host, f"version {version} answers {what} in a form that is not known here; nothing was armed")


class CannotBeTyped(DeviceError):
    """A line that the box's command line would read as something else."""

    def __init__(self, host: str, number: int, line: str, why: str) -> None:
        self.number, self.line = number, line
        super().__init__(host, f"line {number} cannot be typed, {why}: {_shown(line)!r}; nothing was sent")


class TimerOutOfRange(DeviceError):
    """A revert timer that the platform does not have."""

    def __init__(self, host: str, asked: int, shortest: int, longest: int) -> None:
        super().__init__(host, f"a revert timer of {asked} s is not possible: {shortest} to {longest} s are")


class Interrupted(DeviceError):
    """A commit that did not come to its end; `aftermath` says what became of the box."""

    def __init__(self, host: str, what: str, aftermath: str) -> None:
        self.what, self.aftermath = what, aftermath
        super().__init__(host, f"{what}; {aftermath}" if aftermath else what)

    def then(self, aftermath: str) -> Self:
        """Return the same error with what became of the box in the meantime."""
        self.aftermath = aftermath
        self.args = (f"{self.host}: {self.what}; {aftermath}",)
        return self


class CommandRefused(Interrupted):
    """The box refuses a command that is not one of the staged lines."""

    def __init__(self, host: str, command: str, answer: str, aftermath: str = "") -> None:
        self.command, self.answer = command, answer
        super().__init__(host, f"the box refuses `{_shown(command)}`: {one_line(answer)}", aftermath)


class LineRefused(Interrupted):
    """The box refuses one of the staged lines; nothing was sent after it."""

    def __init__(self, host: str, number: int, command: str, answer: str, aftermath: str = "") -> None:
        self.number, self.command, self.answer = number, command, answer
        what = f"the box refuses line {number}, `{_shown(command)}`: {one_line(answer)}"
        super().__init__(host, what, aftermath)


class UnknownQuestion(Interrupted):
    """The box asks something that is not in the table of questions; nothing was answered."""

    def __init__(self, host: str, command: str, question: str, aftermath: str = "") -> None:
        self.command, self.question = command, question
        after = f"after `{_shown(command)}`" if command else "at login"
        super().__init__(host, f"the box asks {question.strip()!r} {after}; nothing was answered", aftermath)


class NoAnswer(Interrupted):
    """The box is silent."""

    def __init__(self, host: str, command: str, seconds: float, aftermath: str = "") -> None:
        self.command = command
        after = f"to `{_shown(command)}`" if command else "at login"
        super().__init__(host, f"no answer {after} within {seconds:g} s", aftermath)


class ConnectionLost(Interrupted):
    """The connection broke."""

    def __init__(self, host: str, command: str, aftermath: str = "") -> None:
        self.command = command
        after = f"after `{_shown(command)}`" if command else "at login"
        super().__init__(host, f"the connection broke {after}", aftermath)


class NotRestored(DeviceError):
    """After a roll-back the box does not read as before; somebody has to look."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(
            host,
            f"rolled back, but the box does not read as before: {why}; compare it with the saved copy of the run",
        )


class TimerTooShort(Interrupted):
    """Half of the revert timer had passed before all lines were in; a line typed after it would stay unguarded."""

    def __init__(self, host: str, sent: int, lines: int, aftermath: str = "") -> None:
        what = (
            f"only {sent} of {lines} lines were in when half of the revert timer had passed, so the rest was not sent"
        )
        super().__init__(host, what, aftermath)


class TimerExpired(DeviceError):
    """The revert timer ran out while the lines were being sent; the box is as before."""

    def __init__(self, host: str) -> None:
        super().__init__(host, "the revert timer ran out before all lines were in, the box is back; use a longer timer")


class NotSaved(DeviceError):
    """The change is confirmed and running, but a reload would lose it."""

    def __init__(self, host: str, why: str) -> None:
        self.why = why
        super().__init__(
            host,
            f"confirmed and running, but not saved, a reload would lose it: {one_line(why)}; make room, then type"
            " `write memory` on the box",
        )


def _shown(command: str) -> str:
    """A command as a message names it: of a text of several lines the heading."""
    heading, more, _ = command.strip().partition("\n")
    return f"{heading} …" if more else heading


def one_line(text: str) -> str:
    """Return an answer of several lines as one, without the caret line under a bad word."""
    lines = (line.strip() for line in text.splitlines())
    return " / ".join(line for line in lines if line and line != "^")
