"""What can be named in a site file: platforms and phone models, found in folders and lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from trunkline.model.record import Record
from trunkline.units import Milliwatts

SERVER_PLATFORM = "debian"
# Later layers keep these; here only the names of their folders and files are read, never what is in them.
_DEVICE_PLATFORMS = Path(str(files("trunkline"))) / "devices" / "platforms"
_BOX_MODELS = Path(str(files("trunkline"))) / "intent" / "hardware"

# What the switch has to reserve for a device of a class: IEEE 802.3-2022 table 33-5 (0-3: Type 1, 4: Type 2).
POWER_OF_CLASS: Mapping[int, Milliwatts] = {
    0: Milliwatts(15_400),
    1: Milliwatts(4_000),
    2: Milliwatts(7_000),
    3: Milliwatts(15_400),
    4: Milliwatts(30_000),
}


class PhoneModel(Record):
    """A model of phone, as far as a network has to know it; `poe_class` null: it takes no power from a port."""

    name: str
    poe_class: int | None

    @property
    def reserved(self) -> Milliwatts:
        """The power that a switch sets aside for it."""
        return Milliwatts(0) if self.poe_class is None else POWER_OF_CLASS[self.poe_class]


@cache
def phone_models() -> Mapping[str, PhoneModel]:
    """Return the phone models of `phone_models.yml`."""
    listed = yaml.safe_load(files("trunkline.model").joinpath("phone_models.yml").read_text("utf-8"))
    return TypeAdapter(dict[str, PhoneModel]).validate_python(listed)


@cache
def emergency_numbers() -> Mapping[str, tuple[str, ...]]:
    """Return for each country of `emergency_numbers.yml` the numbers that every phone has to reach."""
    listed = yaml.safe_load(files("trunkline.model").joinpath("emergency_numbers.yml").read_text("utf-8"))
    return {country: tuple(numbers) for country, numbers in listed.items()}


@cache
def interface_kinds() -> Mapping[str, tuple[str, ...]]:
    """Return for each platform of `interface_names.yml` how its names of interfaces begin."""
    listed = yaml.safe_load(files("trunkline.model").joinpath("interface_names.yml").read_text("utf-8"))
    return {platform: tuple(kinds) for platform, kinds in listed.items()}


@cache
def box_models() -> frozenset[str]:
    """Return the models of routers and switches: the names of the files in `intent/hardware`."""
    return frozenset(path.stem for path in _BOX_MODELS.glob("*.yml"))


@cache
def network_platforms() -> frozenset[str]:
    """Return the platforms of routers and switches: the names of the folders in `devices/platforms`."""
    return frozenset(
        folder.name for folder in _DEVICE_PLATFORMS.iterdir() if folder.is_dir() and folder.name[0].isalpha()
    )
