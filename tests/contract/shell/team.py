"""Somebody at a shell in a branch's estate: what these tests type, and what they look at."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from trunkline.devices.registry import platform
from trunkline.lab.branch import Branch

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = Path(sys.executable).parent / "trunkline"
ROUTER, SWITCH = "leeds-edge1", "leeds-sw1"
CLEAN = "2 boxes: nothing to change"


@dataclass
class Team:
    """Somebody at a shell in the branch's estate."""

    branch: Branch
    folder: Path

    def start(
        self, *arguments: str, env: dict[str, str] | None = None, stdout: int = subprocess.PIPE
    ) -> subprocess.Popen[str]:
        """Start a command."""
        return subprocess.Popen(
            [str(PROGRAM), *arguments],
            cwd=ROOT,
            env=self.branch.environment() | (env or {}),
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run a command; its exit code, standard output and standard error, without a traceback in any case."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=120)
        assert "Traceback" not in out + err, err
        return process.returncode, out, err

    def plan(self) -> Path:
        """Make a plan and save it."""
        path = self.folder / "plan.json"
        code, _, err = self.run("plan", "leeds", "-o", str(path))
        assert code == 0, err
        return path

    def by_hand(self, host: str, *lines: str) -> None:
        """Change a box at its console."""
        enter = "configure terminal" if host == ROUTER else "configure"
        self.branch.control.console(host, enter, *lines, "end")

    def break_something(self, host: str) -> None:
        """Take away one of our lines, so that there is something to do."""
        if host == ROUTER:
            self.by_hand(ROUTER, "ip nat service sip udp port 5060")
        else:
            self.by_hand(SWITCH, "interface Ethernet3", "no switchport phone vlan")

    def settings(self, host: str) -> list[str]:
        """The running configuration without lines that tell a time or a size."""
        return platform(self.branch.hosts[host]).reading(self.branch.control.state(host).running).text.splitlines()
