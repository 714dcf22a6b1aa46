"""A C1111-8P in memory: its configurations, its flash, its console, the timer that takes a change back."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from trunkline.lab.vendors.box import OfMachine
from trunkline.lab.vendors.clock import Clock, Timer
from trunkline.lab.vendors.ios_xe.grammar import GRAMMAR
from trunkline.lab.vendors.ios_xe.interface_names import CHASSIS, MODEMS, ROUTED_INTERFACES, is_physical
from trunkline.lab.vendors.ios_xe.shell import Shell
from trunkline.lab.vendors.machine import Machine
from trunkline.lab.vendors.tree import Node
from trunkline.lab.vendors.typist import Typist

ARCHIVE_SIZE = 10
BUILT_IN_LINES = ("line con 0", "line vty 0 4")
REMOVES_USER = (
    "This operation will remove all username related configurations with same name.Do you want to continue? [confirm]"
)
MAPPING_IN_USE = "\nDynamic mapping in use, do you want to delete all entries? [no]: "
_NOT_CONFIGURATION = ("Building configuration...", "Current configuration :", "Using ")


@dataclass(frozen=True)
class Change:
    """The last change of a configuration: when (seconds since 1970) and by whom."""

    moment: float
    user: str


@dataclass(frozen=True)
class Pending:
    """A change that the box takes back by itself unless it is confirmed."""

    user: str
    moment: float
    minutes: int
    before: Node
    backup: str
    timer: Timer


class Box(OfMachine):
    """The virtual device. See `trunkline.lab.vendors.box.Box` for what callers may use."""

    platform = "ios_xe"

    def __init__(
        self,
        name: str,
        config: str,
        *,
        user: str = "trunkline",
        password: str = "trunkline",  # the lab's own, like everything in it
        state: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        self.user = user
        self.password = password
        self.machine = Machine(GRAMMAR, _body(config), clock=clock, state=state)
        self.booted = self.clock.now()
        self.changed: Change | None = None
        self.saved: Change | None = None
        self.commit: Pending | None = None
        self.archived = 0
        self.shells: list[Shell] = []
        self._complete()
        self.machine.startup = self.body()  # a box saves what it prints, however the file was typed
        self._local_user = self.machine.running.get("username", user) is not None
        # A branch that has been running has translations in its table, by the rules that it started with.
        self._carrying = {node.text for node in self.machine.running.all("nat_dynamic")}
        self._console: Shell | None = None

    @property
    def sessions(self) -> int:
        """Terminal sessions that are open over the network."""
        return len(self.shells)

    @property
    def pending(self) -> bool:
        """Whether a revert timer runs."""
        return self.commit is not None

    @property
    def hostname(self) -> str:
        """The host name that is configured."""
        return self.machine.running.value("hostname", "name") or "Router"

    def console(self, line: str) -> str:
        """Type one line at the console, privileged; return the answer without echo and prompt."""
        if self._console is None:
            self._console = Shell(self, "console", "con 0")
        return self._console.enter(line)

    def configure(self, lines: Iterable[str]) -> list[str]:
        """Type lines in configuration mode from the top; questions are confirmed; return the refusals."""
        refusals = self.machine.configure(lines)
        self.note_change("console")
        return refusals

    def running(self) -> str:
        """Return what `show running-config` prints."""
        body = self.body()
        return f"Building configuration...\n\nCurrent configuration : {len(body)} bytes\n{body}"

    def body(self, *, full: bool = False) -> str:
        """Return the running configuration with the header that is saved with it, up to `end`."""
        lines = ["!"]
        if self.changed is not None:
            lines.append(f"! Last configuration change at {self.stamp(self.changed.moment)} by {self.changed.user}")
        if self.saved is not None:
            lines.append(f"! NVRAM config last updated at {self.stamp(self.saved.moment)} by {self.saved.user}")
        if len(lines) > 1:
            lines.append("!")
        lines += [self._volatile(line) for line in self.machine.lines(full=full)]
        return "\n".join([*lines, "end", ""])

    def startup(self) -> str:
        """Return the startup configuration."""
        return self.machine.startup

    def save(self, user: str) -> None:
        """Write the startup configuration."""
        self.saved = Change(self.clock.now(), user)
        self.machine.save(self.body())

    def copy(self) -> Box:
        """Return an independent copy in memory; sessions and timers stay behind."""
        twin = object.__new__(Box)
        twin.__dict__.update(self.__dict__)
        twin.machine = self.machine.copy()
        twin.shells = []
        twin.commit = None
        twin._console = None
        return twin

    def reload(self) -> None:
        """Start again from the startup configuration; every session ends."""
        self.machine.running = self.machine.load(self.machine.startup)
        if self.commit is not None:
            self.confirm()
        self.changed = None
        self.booted = self.clock.now()
        self._complete()
        for shell in list(self.shells):
            shell.closed = True
        self._console = None

    def note_change(self, user: str) -> None:
        """Remember who left configuration mode last."""
        self.changed = Change(self.clock.now(), user)

    def stamp(self, moment: float) -> str:
        """Return a moment as the box writes it."""
        return time.strftime("%H:%M:%S UTC %a %b %-d %Y", time.gmtime(moment))

    def archive_path(self) -> str | None:
        """Return where copies go; None = the archive feature is not on, for it needs a path."""
        archive = self.machine.running.get("archive")
        return None if archive is None else archive.value("path", "path")

    def arm(self, user: str, minutes: int) -> str:
        """Start the revert timer; return the name of the backup that it would go back to."""
        backup = self.archive(f"{self.archive_path()}")
        timer = self.clock.after(60 * minutes, self.revert)
        before = self.machine.running.copy()
        self.commit = Pending(user, self.clock.now(), minutes, before, backup, timer)
        return backup

    def rearm(self, minutes: int) -> None:
        """Set the running timer to another time from now."""
        assert self.commit is not None
        self.commit.timer.stop()
        timer = self.clock.after(60 * minutes, self.revert)
        old = self.commit
        self.commit = Pending(old.user, self.clock.now(), minutes, old.before, old.backup, timer)

    def confirm(self) -> None:
        """Keep the change."""
        assert self.commit is not None
        self.commit.timer.stop()
        self.commit = None

    def revert(self) -> None:
        """Take the pending change back: the running configuration is what it was."""
        assert self.commit is not None
        self.commit.timer.stop()
        self.machine.running = self.commit.before
        self.commit = None
        self.note_change(self.user)
        for shell in self.shells:
            shell.leave_configuration()

    def archive(self, path: str) -> str:
        """Write a copy of the running configuration to the archive; return its name."""
        moment = time.gmtime(self.clock.now())
        name = f"{path}-{time.strftime('%b-%-d-%H-%M-%S', moment)}.000-{self.archived}"
        self.archived += 1
        self.machine.write_file(name.partition(":")[2].lstrip("/"), self.body().encode())
        for old in self.archive_files()[: -self._archive_size()]:
            self.machine.delete_file(old)
        return name

    def archive_files(self) -> list[str]:
        """Return the names of the copies on the flash, oldest first."""
        stem = f"{self.archive_path()}".partition(":")[2].lstrip("/")
        names = [name for name in self.machine.files if name.startswith(f"{stem}-")]
        return sorted(names, key=lambda name: int(name.rpartition("-")[2]))

    def _archive_size(self) -> int:
        archive = self.machine.running.get("archive")
        return int((archive.value("maximum", "files") if archive is not None else None) or ARCHIVE_SIZE)

    def question(self, typist: Typist, line: str) -> str | None:
        """Return what the box asks before it takes a line, or None."""
        word, _, rest = line.strip().partition(" ")
        if word != "no" or typist.collecting:
            return None
        if rest.startswith("username ") and self.machine.running.get("username", rest.split()[1]) is not None:
            return REMOVES_USER
        if (found := self.machine.running.get("nat_dynamic", " ".join(rest.split()))) and found.text in self._carrying:
            return MAPPING_IN_USE
        return None

    def free_lines(self) -> int:
        """Return how many more sessions the virtual terminals can take over SSH."""
        lines = [node.get("transport_input") for node in self.machine.running.all("vty")]
        usable = [line for line in lines if line is None or {"ssh", "all"} & set(line.captures["what"].split())]
        return len(usable) - self.sessions - self.faults.vty_in_use

    def admits(self, user: str, password: str) -> bool:
        """Say whether a user may log in; one whom the configuration had and lost may not."""
        if self.faults.refuse_login or (user, password) != (self.user, self.password):
            return False
        return not self._local_user or self.machine.running.get("username", user) is not None

    def _volatile(self, line: str) -> str:
        """Let `ntp clock-period`, where a configuration has it, wander as the box measures it."""
        if line.startswith("ntp clock-period "):
            return f"ntp clock-period {17179870 + int(self.clock.now()) % 97}"
        return line

    def _complete(self) -> None:
        """Add what a chassis has whether its configuration says so or not."""
        root = self.machine.running
        hand = Typist(self.machine, root, loading=True)
        for name in self._missing_ports():
            hand.type(f"interface {name}")
            if name in ROUTED_INTERFACES:
                hand.type("shutdown")
                hand.type("negotiation auto")
        for line in BUILT_IN_LINES:
            hand.type(line)
        if root.get("ssh_bulk") is None:
            hand.type("ip ssh bulk-mode 131072")

    def _missing_ports(self) -> list[str]:
        """Return the ports that the configuration leaves out; one with other ports is of another chassis."""
        names = {node.captures["name"] for node in self.machine.running.all("interface")}
        other = any(is_physical(name) and name.partition(".")[0] not in CHASSIS + MODEMS for name in names)
        return [] if other else [name for name in CHASSIS if name not in names]


def _body(config: str) -> str:
    """Return a configuration without the lines that only `show running-config` adds."""
    lines = config.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith(_NOT_CONFIGURATION))
