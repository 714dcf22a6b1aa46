"""Virtual devices over their real protocols: one process serves them, each test takes a fresh one."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import trunkline.lab.vendors
from trunkline.lab.vendors.control import BoxState, Control

VENDORS = Path(trunkline.lab.vendors.__file__).parent
USER, PASSWORD = "trunkline", "Canary-7f3a9"
BOXES = 40  # of each platform and state
READY_SECONDS = 60


@contextmanager
def serving(spec: Path, ready: Path) -> Iterator[dict]:
    """Run the serving process; gives what it wrote when it was ready, and ends it."""
    process = _start(spec)
    try:
        yield _wait(process, ready)
    finally:
        _end(process)


def _start(spec: Path) -> subprocess.Popen:
    return subprocess.Popen([sys.executable, "-m", "trunkline.lab.vendors.serve", str(spec)])


def _end(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


def _wait(process: subprocess.Popen, ready: Path) -> dict:
    for _ in range(READY_SECONDS * 10):
        if ready.exists():
            return json.loads(ready.read_text())
        assert process.poll() is None, "the virtual devices did not start"
        time.sleep(0.1)
    raise AssertionError("the virtual devices were not ready in time")


@dataclass(frozen=True)
class Served:
    """A box that listens, and the hand that looks into it and breaks it."""

    name: str
    platform: str
    host: str
    port: int
    identity: dict[str, str]
    control: Control

    def state(self) -> BoxState:
        return self.control.state(self.name)

    def console(self, *lines: str) -> list[str]:
        return self.control.console(self.name, *lines)

    def advance(self, seconds: float) -> BoxState:
        return self.control.advance(self.name, seconds)


FreshBox = Callable[..., Served]


class Rack:
    """The serving process and the boxes that no test has taken yet."""

    def __init__(self, folder: Path) -> None:
        platforms = sorted(path.parent.parent.name for path in VENDORS.glob("*/states/factory.cfg"))
        boxes = [
            {
                "name": f"{platform}-{state}-{number}",
                "platform": platform,
                "config": str(VENDORS / platform / "states" / f"{state}.cfg"),
                "user": USER,
                "password": PASSWORD,
            }
            for platform in platforms
            for state in ("factory", "customer")
            for number in range(BOXES)
        ]
        ready, spec = folder / "ready.json", folder / "spec.yml"
        spec.write_text(json.dumps({"ready": str(ready), "boxes": boxes}))
        self.process = _start(spec)
        self.ready = self._wait(ready)
        self.taken: set[str] = set()

    def _wait(self, ready: Path) -> dict:
        return _wait(self.process, ready)

    def close(self) -> None:
        _end(self.process)

    def take(self, platform: str, state: str = "factory") -> Served:
        start = f"{platform}-{state}-"
        name = next(n for n in self.ready["boxes"] if n.startswith(start) and n not in self.taken)
        self.taken.add(name)
        way = dict(self.ready["boxes"][name])
        host, port = way.pop("host"), way.pop("port")
        return Served(name, platform, host, port, way, Control(self.ready["control"]))


@pytest.fixture(scope="session")
def rack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rack]:
    boxes = Rack(tmp_path_factory.mktemp("rack"))
    yield boxes
    boxes.close()


@pytest.fixture
def fresh_box(rack: Rack) -> FreshBox:
    """Take a box that no other test has had: `fresh_box("eos", "customer")`."""
    return rack.take
