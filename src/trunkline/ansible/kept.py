"""What one run of Ansible keeps of a box between two tasks: its running configuration, and which sections ran.

Tasks are processes of their own. The text stays in a file that only its owner can read; what travels as host facts is
its path, its hash and the names of the sections. A cache of facts may outlive a run, so they carry the run's name.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from ansible.utils.vars import random_int  # type: ignore[import-untyped]

_FOLDER = Path(".trunkline", "runs")  # in the estate, beside journal and locks
_RUNNING, _SECTIONS = "trunkline_running", "trunkline_sections"


@dataclass(frozen=True)
class Kept:
    """What this run knows of one box; nothing at first."""

    folder: Path
    sha256: str = ""
    sections: tuple[str, ...] = ()

    @classmethod
    def of(cls, facts: Mapping[str, object], estate: Path, process: int) -> Kept:
        """Read the host's facts in the run of the process named; those of another run say nothing."""
        nothing = cls(_folder(estate, process))
        running, sections = facts.get(_RUNNING), facts.get(_SECTIONS)
        if not isinstance(running, Mapping) or not isinstance(sections, list):
            return nothing
        if Path(str(running.get("path", ""))).parent != nothing.folder:
            return nothing
        return replace(nothing, sha256=str(running["sha256"]), sections=tuple(str(name) for name in sections))

    def facts(self, host: str) -> dict[str, object]:
        """The host facts that carry this to the next task."""
        running = {"path": str(self._path(host)), "sha256": self.sha256} if self.sha256 else {}
        return {_RUNNING: running, _SECTIONS: list(self.sections)}

    def with_section(self, name: str) -> Kept:
        """The same after one more section ran."""
        return self if name in self.sections else replace(self, sections=(*self.sections, name))

    def running(self, host: str) -> str | None:
        """The running configuration as this run read it; None where it did not, or the file is not what was written."""
        if not self.sha256:
            return None
        try:
            raw = self._path(host).read_bytes()
        except FileNotFoundError:
            return None
        return raw.decode("utf-8", "surrogateescape") if hashlib.sha256(raw).hexdigest() == self.sha256 else None

    def keep(self, host: str, running: str) -> Kept:
        """Write the running configuration down; files of runs that have ended go first."""
        self._sweep()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        raw = running.encode("utf-8", "surrogateescape")
        path = self._path(host)
        path.unlink(missing_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123
            file.write(raw)
        return replace(self, sha256=hashlib.sha256(raw).hexdigest())

    def forget(self, host: str) -> Kept:
        """Remove what was kept; the folder goes with the last box."""
        self._path(host).unlink(missing_ok=True)
        with suppress(OSError):  # other boxes are still in it, or it never was
            self.folder.rmdir()
        return replace(self, sha256="", sections=())

    def _path(self, host: str) -> Path:
        return self.folder / f"{host}.cfg"

    def _sweep(self) -> None:
        """Remove what runs left behind that ended before their boxes were committed."""
        for folder in self.folder.parent.glob("*-*"):
            if not _lives(folder.name.partition("-")[0]):
                shutil.rmtree(folder, ignore_errors=True)


def forget_run(estate: Path, process: int) -> None:
    """Remove what the run of the process named kept of any box."""
    shutil.rmtree(_folder(estate, process), ignore_errors=True)


def _folder(estate: Path, process: int) -> Path:
    # The random number is drawn once a run; by the process others tell whether the run still goes on.
    return estate / _FOLDER / f"{process}-{random_int}"


def _lives(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (ProcessLookupError, ValueError):
        return False
    return True
