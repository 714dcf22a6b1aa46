"""How far a run is, what became of every box of it, and a record of what was predicted or sent."""

from __future__ import annotations

import atexit
import json
import multiprocessing
import os
import time
from collections.abc import Mapping
from pathlib import Path

from ansible.plugins.callback import CallbackBase  # type: ignore[import-untyped]

from trunkline.ansible.kept import forget_run
from trunkline.change.journal import Journal, journal_of

DOCUMENTATION = """
name: trunkline
type: aggregate
short_description: Progress, fate and record of the boxes of a run
description:
  - Tells every ten seconds how many boxes are done.
  - Where a box failed, or the run was interrupted, tells what became of every box of the play.
  - Writes down the commands that check mode predicted, or that were sent.
options:
  record:
    description: File for the record, as JSON.
    env: [{name: TRUNKLINE_RECORD}]
    ini: [{section: callback_trunkline, key: record}]
    type: path
"""

_ENDS = frozenset({"trunkline_commit", "trunkline_apply"})
_OURS = _ENDS | {"trunkline_section"}
_SECONDS_BETWEEN_LINES = 10
_RECORDED = ("commands", "outcome", "reason", "risk", "changed")


class CallbackModule(CallbackBase):  # type: ignore[misc]
    """Watches the tasks of ours that end a box's part of a run."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "trunkline"

    def __init__(self) -> None:
        super().__init__()
        self._began = self._told = time.monotonic()
        self._hosts: dict[str, Path | None] = {}
        self._done: dict[str, Mapping[str, object]] = {}
        self._sending: set[str] = set()
        self._is_ours = self._failed = self._check_mode = False

    def v2_playbook_on_play_start(self, play: object) -> None:
        """Learn which hosts the play means, those of later waves too."""
        variables = play.get_variable_manager()  # type: ignore[attr-defined]
        names = variables.get_vars(play=play)["ansible_play_hosts_all"]
        inventory = {str(host): host for host in variables._inventory.get_hosts(ignore_restrictions=True)}
        self._hosts |= {name: _estate_of(inventory[name]) for name in names if name in inventory}

    def v2_runner_on_start(self, host: object, task: object) -> None:
        """Remember which box is being worked on."""
        action = task.action  # type: ignore[attr-defined]
        if action in _OURS and not self._is_ours:
            self._is_ours = True
            atexit.register(self._end)
        if action in _ENDS:
            self._sending.add(str(host))

    def v2_runner_on_ok(self, result: object) -> None:
        """A box is as it should be, or would be."""
        self._take(result, _ENDS)

    def v2_runner_on_failed(self, result: object, ignore_errors: bool = False) -> None:
        """A box failed."""
        self._failed |= not ignore_errors
        self._take(result, _OURS)

    def v2_runner_on_unreachable(self, result: object) -> None:
        """A box was not reached."""
        self._failed = True
        self._take(result, _OURS)

    def v2_runner_on_skipped(self, result: object) -> None:
        """A box has no part in the plan."""
        self._take(result, _ENDS)

    def v2_playbook_on_stats(self, stats: object) -> None:  # noqa: ARG002
        """Write the record; where a box failed, tell what became of all of them."""
        if not self._is_ours:
            return
        if path := self.get_option("record"):
            self._write(Path(path))
        if self._failed:
            for host in sorted(self._hosts):
                done = self._done.get(host, {})
                reason = done.get("reason") or done.get("msg") or ("" if done else "not begun, because others failed")
                self._tell(host, str(done.get("outcome", "untouched")), str(reason))

    def _take(self, result: object, ending: frozenset[str]) -> None:
        host, task = str(result.host), result.task  # type: ignore[attr-defined]
        if task.action in ending:
            self._done[host] = result.result  # type: ignore[attr-defined]
            self._check_mode = bool(task.check_mode)
            self._sending.discard(host)
            self._tell_progress()

    def _tell(self, host: str, state: str, reason: str) -> None:
        why = reason.removeprefix(f"{host}: ")
        self._display.display(f"{host}: {state}{f': {why}' if why else ''}")

    def _tell_progress(self) -> None:
        now = time.monotonic()
        if now - self._told >= _SECONDS_BETWEEN_LINES:
            self._told = now
            self._display.display(f"{len(self._done)} of {len(self._hosts)} boxes done, {now - self._began:.0f} s")

    def _write(self, path: Path) -> None:
        hosts = {
            host: {name: answer[name] for name in _RECORDED if name in answer} for host, answer in self._done.items()
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"check_mode": self._check_mode, "hosts": hosts}, indent=2) + "\n")

    def _end(self) -> None:
        """Say what became of boxes whose task never answered, and remove what the run kept of any box."""
        for process in multiprocessing.active_children():
            process.join()
        for host, estate in self._hosts.items():
            if estate and host in self._sending:
                self._tell(host, *_last_step(journal_of(estate), host))
        for estate in set(filter(None, self._hosts.values())):
            forget_run(estate, os.getpid())


def _last_step(journal: Journal, host: str) -> tuple[str, str]:
    if unfinished := journal.unfinished(host):
        return "unknown", f"the box undoes what was not confirmed within {unfinished.timer_s} s; run again afterwards"
    entries = journal.entries(host)
    return (entries[-1].step.value, entries[-1].note) if entries else ("untouched", "")


def _estate_of(host: object) -> Path | None:
    estate = host.get_vars().get("estate")  # type: ignore[attr-defined]
    return Path(str(estate)) if estate else None
