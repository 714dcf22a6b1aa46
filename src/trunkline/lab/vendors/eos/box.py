"""The box: a CCS-720XP-24ZY4 with its configurations, sessions, console and clock."""

from __future__ import annotations

from pathlib import Path

from trunkline.lab.vendors.box import OfMachine
from trunkline.lab.vendors.clock import Clock
from trunkline.lab.vendors.eos.grammar import GRAMMAR
from trunkline.lab.vendors.eos.hardware import Switch
from trunkline.lab.vendors.eos.identity import Identity
from trunkline.lab.vendors.eos.kinds import PHYSICAL
from trunkline.lab.vendors.eos.sessions import Sessions
from trunkline.lab.vendors.eos.shell import Shell
from trunkline.lab.vendors.eos.typist import vocabulary
from trunkline.lab.vendors.tree import Node

# What EOS 4.32 prints after `write erase` and a reload, besides the ports; `rollback clean-config` goes back to it.
CLEAN = """\
no aaa root
!
no service interface inactive port-id allocation disabled
!
transceiver qsfp default-mode 4x10G
!
service routing protocols model multi-agent
!
spanning-tree mode mstp
!
system l1
   unsupported speed action error
   unsupported error-correction action error
!
no ip routing
"""


class Box(OfMachine):
    """A virtual switch in memory. `serve` of this package makes it reachable over eAPI.

    The version is what the start configuration's header says (`! device: NAME (MODEL, EOS-4.31.3M)`), 4.32.2F
    without one: the two print a running commit timer in different places.
    """

    platform = "eos"
    machine: Switch

    def __init__(
        self,
        name: str,
        config: str,
        *,
        user: str = "trunkline",
        password: str = "trunkline",
        state: Path | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.name = name
        self.user = user
        self.password = password
        self.machine = Switch(GRAMMAR, config, clock=clock, state=state)
        self.identity = Identity.of(name, self.machine.startup, self.machine.clock.now())
        self._add_ports(self.machine.running)
        self._user_is_local = self._has_user()
        clean = self._clean()
        self.sessions_of = Sessions(self.machine, clean, vocabulary(clean, self.machine.running))
        self._console = Shell(self, user="admin", written_out=False)

    @property
    def sessions(self) -> int:
        """Configuration sessions that are pending; eAPI itself keeps no connection."""
        return len(self.sessions_of.pending())

    @property
    def pending(self) -> bool:
        """Whether a commit waits for its confirmation."""
        return self.sessions_of.waiting is not None

    def console(self, line: str) -> str:
        """Type one line at a privileged console; return the answer without echo and prompt."""
        return self._console.type(line).text

    def configure(self, lines: list[str]) -> list[str]:
        """Type lines in configuration mode from the top; return the answers that are refusals."""
        typist = self.sessions_of.typist(self.machine.running, session=False, written_out=False)
        answers = [typist.type(line, f"{self.hostname}({typist.place})#") for line in lines]
        typist.end()
        return [answer.text for answer in answers if not answer.accepted]

    @property
    def hostname(self) -> str:
        """The name in the prompt."""
        return self.machine.running.value("hostname", "name") or "localhost"

    def running(self) -> str:
        """Return the running configuration as `show running-config` prints it."""
        return self.text("show running-config", self.machine.lines())

    def startup(self) -> str:
        """Return the startup configuration as it is saved."""
        return self.machine.startup

    def text(self, command: str, lines: list[str]) -> str:
        """A configuration with the header and the end that EOS puts around it."""
        head = [f"! Command: {command}", self.identity.header(self.hostname), "!", self.identity.boot_line, "!"]
        return "\n".join([*head, *lines, "!", "end", ""])

    def save(self) -> None:
        """Write the startup configuration."""
        self.machine.save(self.text("write memory", self.machine.lines()))

    def shell(self, user: str) -> Shell:
        """A client of the API: words must be written out, and the faults of the line apply."""
        return Shell(self, user=user, written_out=True)

    def listens(self) -> bool:
        """Whether `management api http-commands` is on."""
        api = self.machine.running.get("api")
        return api is not None and api.get("shutdown") is not None

    def admits(self, login: tuple[str, str]) -> bool:
        """Whether a client may in. A user that the start configuration had must still be there."""
        known = not self._user_is_local or self._has_user()
        return login == (self.user, self.password) and known and not self.faults.refuse_login

    def _has_user(self) -> bool:
        return self.machine.running.get("username", self.user) is not None

    def copy(self) -> Box:
        """An independent copy in memory, with the configurations and counters but without sessions."""
        twin = object.__new__(type(self))
        twin.__dict__.update(self.__dict__)
        twin.machine = self.machine.copy()
        twin.sessions_of = Sessions(twin.machine, self.sessions_of.clean, self.sessions_of.known)
        twin._console = Shell(twin, user="admin", written_out=False)
        return twin

    def _clean(self) -> Node:
        """The factory configuration of this release: the lines of CLEAN that the start configuration knows."""
        clean, running = self.machine.load(CLEAN), self.machine.running
        places = {key[0] for key in running.children}
        unknown = {node.text: node for node in running.children.values() if node.rule is None}
        for node in tuple(clean.children.values()):
            if node.rule is None and node.text in unknown:
                same = unknown[node.text].copy()
                node.rank, node.captures = same.rank, same.captures
            elif node.rule is None or node.key[0] not in places:
                clean.remove(node.key)
        self._add_ports(clean)
        return clean

    def _add_ports(self, root: Node) -> None:
        """A port is there whether a configuration names it or not."""
        typist = self.machine.typist(root)
        typist.loading = True
        named = (node.key[-1] for node in self.machine.running.all("interface"))
        physical = [name for name in named if name.startswith(PHYSICAL)]
        for name in (*self.machine.model.ports, *physical):
            if root.get("interface", name) is None:
                typist.type(f"interface {name}")
