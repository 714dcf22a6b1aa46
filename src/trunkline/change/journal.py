"""The journal of one box: each step is on disk before it is taken, so that a killed apply is never guessed about."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, TextIO

from pydantic import BaseModel, ConfigDict, ValidationError

from trunkline.errors import TrunklineError


class Locked(TrunklineError):
    """Another run works on this box."""


class BrokenJournal(TrunklineError):
    """The journal holds a line that nobody can read."""


class JournalNotWritten(TrunklineError):
    """The journal's folder takes nothing: a full disk, or no right to write there."""

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"{path}: the journal cannot be written: {(error.strerror or str(error)).lower()}")


class Step(StrEnum):
    """Where a change of one box stands; the last three end it."""

    arming = "arming"
    armed = "armed"
    confirming = "confirming"
    confirmed = "confirmed"
    restored = "restored"
    unknown = "unknown"


_ENDS = frozenset({Step.confirmed, Step.restored, Step.unknown})


class Entry(BaseModel):
    """One step: `before` is the normal hash of the running configuration that the change started from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    time: str
    plan: str
    step: Step
    before: str
    timer_s: int
    note: str = ""


class Journal:
    """Journal and lock of the boxes of an estate, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def locked(self, host: str) -> Iterator[None]:
        """Hold the box for this process; the lock goes with the process, however it ends.

        Raises Locked where another run holds it.
        """
        path = self._folder / "locks" / host
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = path.open("a+")
        except OSError as error:
            raise JournalNotWritten(path, error) from None
        with file:
            self._hold(host, path, file)
            try:
                yield
            finally:
                file.truncate(0)

    def _hold(self, host: str, path: Path, file: TextIO) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "another run"
            raise Locked(f"{host}: {holder} works on this box; wait for it, or end it, and try again") from None
        try:
            file.truncate(0)
            file.write(f"process {os.getpid()}, since {_now()},")
            file.flush()
        except OSError as error:
            raise JournalNotWritten(path, error) from None

    def write(self, host: str, entry: Entry) -> None:
        """Append a step; it is on disk when this returns. Raises JournalNotWritten with the journal as before."""
        path = self._path(host)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as file:
                whole = _drop_cut_line(path, file)
                try:
                    file.write(entry.model_dump_json().encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    os.ftruncate(file.fileno(), whole)
                    raise
        except OSError as error:
            raise JournalNotWritten(path, error) from None

    def entries(self, host: str) -> tuple[Entry, ...]:
        """All steps of a box; a last line that a crash cut off is left out. Raises BrokenJournal."""
        path = self._path(host)
        if not path.exists():
            return ()
        *whole, _ = path.read_text(encoding="utf-8").split("\n")
        try:
            return tuple(Entry.model_validate_json(line) for line in whole if line)
        except ValidationError:
            raise BrokenJournal(
                f"{path}: a line is damaged; look at the box, then move the file away to start anew"
            ) from None

    def unfinished(self, host: str) -> Entry | None:
        """The last step of a change that did not come to its end."""
        entries = self.entries(host)
        return entries[-1] if entries and entries[-1].step not in _ENDS else None

    def _path(self, host: str) -> Path:
        return self._folder / "journal" / f"{host}.jsonl"


def step(plan: str, at: Step, before: str, timer_s: int, note: str = "") -> Entry:
    """A step taken now."""
    return Entry(time=_now(), plan=plan, step=at, before=before, timer_s=timer_s, note=note)


def _drop_cut_line(path: Path, file: BinaryIO) -> int:
    """Take away a last line that a crash cut off, or what is appended would become part of it; return the length."""
    return file.truncate(path.read_bytes().rfind(b"\n") + 1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def journal_of(estate: Path) -> Journal:
    """The journal and locks of an estate's boxes."""
    return Journal(estate / ".trunkline")
