"""The platforms that have a folder, and the driver of each."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import cast

from trunkline.devices.driver import Driver
from trunkline.devices.errors import UnknownPlatform
from trunkline.devices.platform import Platform, load_platform
from trunkline.devices.target import Target

FOLDER = Path(__file__).parent / "platforms"


@cache
def platforms() -> tuple[str, ...]:
    """Return the names of all platforms, sorted."""
    return tuple(sorted(file.parent.name for file in FOLDER.glob("*/platform.yml")))


@cache
def platform(name: str) -> Platform:
    """Return what `platform.yml` says of a platform; raises UnknownPlatform."""
    if name not in platforms():
        raise UnknownPlatform(name, platforms())
    return load_platform(FOLDER / name)


def connect(target: Target) -> Driver:
    """Return the driver of a box; entering it (`with connect(target) as box`) opens the connection."""
    about = platform(target.platform)
    # Imported here: the vendors' libraries take a second to load, and most commands touch no box.
    module = importlib.import_module(f"trunkline.devices.platforms.{target.platform}.driver")
    make = cast(Callable[[Target, Platform], Driver], module.Driver)
    return make(target, about)
