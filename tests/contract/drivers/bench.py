"""Virtual devices for the driver tests: one process serves them all, each test takes a fresh one."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest
from pydantic import SecretStr

from trunkline.devices import registry, trust
from trunkline.devices.driver import Driver
from trunkline.devices.target import Target
from trunkline.lab.vendors.control import BoxState, Control
from trunkline.units import Seconds

PASSWORD = "Canary-7f3a9"
_STATES = Path(trust.__file__).parents[1] / "lab" / "vendors"
_BOXES = 80
_READY_SECONDS = 60


@dataclass(frozen=True)
class Bench:
    """One virtual device, its control, and the way to it; its identity is recorded already."""

    control: Control
    name: str
    target: Target

    def connect(self) -> Driver:
        return registry.connect(self.target)

    def state(self) -> BoxState:
        return self.control.state(self.name)

    def running(self) -> str:
        """Return what runs, without what changes by itself."""
        return registry.platform(self.target.platform).reading(self.state().running).text

    def console(self, *lines: str) -> list[str]:
        return self.control.console(self.name, *lines)

    def with_answer_timeout(self, seconds: int) -> Bench:
        return replace(self, target=replace(self.target, answer_timeout=Seconds(seconds)))


@dataclass
class Lab:
    """The serving process."""

    folder: Path

    @cached_property
    def process(self) -> subprocess.Popen[bytes]:
        boxes = [
            {
                "name": f"{platform}-{number}",
                "platform": platform,
                "config": str(_STATES / platform / "states" / "customer.cfg"),
                "user": "trunkline",
                "password": PASSWORD,
            }
            for platform in registry.platforms()
            for number in range(_BOXES)
        ]
        spec = self.folder / "spec.yml"
        spec.write_text(json.dumps({"ready": str(self.folder / "ready.json"), "boxes": boxes}))
        return subprocess.Popen([sys.executable, "-m", "trunkline.lab.vendors.serve", str(spec)])

    @cached_property
    def ready(self) -> dict[str, dict[str, dict[str, str]]]:
        process, file = self.process, self.folder / "ready.json"
        for _ in range(_READY_SECONDS * 10):
            if file.exists():
                return json.loads(file.read_text())
            assert process.poll() is None, "the virtual devices did not start"
            time.sleep(0.1)
        raise AssertionError("the virtual devices were not ready in time")

    @cached_property
    def fresh(self) -> dict[str, Iterator[str]]:
        names = self.ready["boxes"]
        return {p: iter([name for name in names if name.startswith(f"{p}-")]) for p in registry.platforms()}

    def bench(self, platform: str) -> Bench:
        name = next(self.fresh[platform])
        way = self.ready["boxes"][name]
        target = Target(
            host=name,
            site="leeds",
            platform=platform,
            address=way["host"],
            port=int(way["port"]),
            user="trunkline",
            password=SecretStr(PASSWORD),
            known_hosts=self.folder / f"{name}.known_hosts",
            known_certificates=self.folder / f"{name}.known_certificates.yml",
        )
        trust.record(target, trust.look(target))
        return Bench(Control(int(str(self.ready["control"]))), name, target)

    def close(self) -> None:
        if "process" in vars(self):
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)


LINES = {
    "ios_xe": (
        "interface GigabitEthernet0/1/2",
        " description first",
        " switchport voice vlan 20",
        "interface GigabitEthernet0/1/3",
        " description second",
    ),
    "eos": (
        "interface Ethernet12",
        "   description first",
        "   switchport phone vlan 20",
        "interface Ethernet13",
        "   description second",
    ),
}
ANSWERS = {
    "ios_xe": "Command rejected: An interface must be configured to the Access or Trunk modes",
    "eos": "Unavailable command (not supported on this hardware platform)",
}
PLATFORMS = tuple(LINES)


def worker_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp(f"bench-{os.environ.get('PYTEST_XDIST_WORKER', 'only')}")
