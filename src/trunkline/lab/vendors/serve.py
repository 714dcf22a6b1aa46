"""One process that serves many virtual devices: `python -m trunkline.lab.vendors.serve SPEC.yml`."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import json
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from trunkline.errors import TrunklineError
from trunkline.lab.vendors.box import Box, BoxClass, Listening
from trunkline.lab.vendors.control_server import serve_control
from trunkline.lab.vendors.specification import (
    BoxSpecification,
    InvalidSpecification,
    Specification,
    load_specification,
)

TICK = 0.2  # seconds; a revert timer counts in minutes, so this is exact enough
Serve = Callable[[Box, str, int], Awaitable[Listening]]


@dataclass(frozen=True)
class Platform:
    """What a platform package in this folder offers."""

    box: BoxClass
    serve: Serve


def platforms() -> tuple[str, ...]:
    """Return the names of the platforms: the packages in this folder."""
    return tuple(sorted(path.parent.name for path in Path(__file__).parent.glob("*/__init__.py")))


def platform(name: str) -> Platform:
    """Return a platform by name."""
    if name not in platforms():
        raise InvalidSpecification(f"no virtual device for platform {name}; there are: {', '.join(platforms())}")
    package = importlib.import_module(f"trunkline.lab.vendors.{name}")
    return Platform(cast(BoxClass, package.Box), cast(Serve, package.serve))


def make_box(specification: BoxSpecification) -> Box:
    """Make a box in memory."""
    kind = platform(specification.platform)
    try:
        config = specification.config.read_text()
    except OSError as error:
        raise InvalidSpecification(f"{specification.config}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise InvalidSpecification(f"{specification.config}: is no text in UTF-8") from None
    return kind.box(
        specification.name,
        config,
        user=specification.user,
        password=specification.password,
        state=specification.state,
        clock=None,
    )


async def run(specification: Specification, stop: asyncio.Event) -> None:
    """Serve every box until `stop` is set; writes the ready file when all of them are reachable."""
    boxes = {each.name: make_box(each) for each in specification.boxes}
    listening: dict[str, Listening] = {}
    async with contextlib.AsyncExitStack() as stack:
        for each in specification.boxes:
            one = await platform(each.platform).serve(boxes[each.name], each.host, each.port)
            stack.push_async_callback(one.close)
            listening[each.name] = one
        host, _, port = specification.control.rpartition(":")
        server = await serve_control(boxes, listening, host or "127.0.0.1", int(port))
        stack.callback(server.close)
        _write_ready(specification.ready, server.sockets[0].getsockname()[1], listening)
        while not stop.is_set():
            for box in boxes.values():
                box.clock.tick()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), TICK)
    specification.ready.unlink(missing_ok=True)


def _write_ready(path: Path, control: int, listening: dict[str, Listening]) -> None:
    """Write it whole or not at all, for somebody waits for it."""
    boxes = {name: {"host": one.host, "port": one.port, **one.identity} for name, one in listening.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".new")
    draft.write_text(json.dumps({"control": control, "boxes": boxes}, indent=1) + "\n")
    draft.replace(path)


async def _serve(specification: Specification) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop.set)
    await run(specification, stop)


def main(arguments: list[str]) -> int:
    """Serve what the specification file says; return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m trunkline.lab.vendors.serve SPEC.yml", file=sys.stderr)
        return 1
    try:
        asyncio.run(_serve(load_specification(Path(arguments[0]))))
    except TrunklineError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"cannot listen: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
