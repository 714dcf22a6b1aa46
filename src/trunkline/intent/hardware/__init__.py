"""What the ports of a model can do: one file a model. A site file names no model without a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from trunkline.model.port_uses import expand

_FOLDER = Path(__file__).parent


class Hardware(BaseModel):
    """The ports of a model that switch frames, and those that feed phones; ranges as in a site file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    switch_ports: tuple[str, ...]
    poe_ports: tuple[str, ...]

    def switches(self, interface: str) -> bool:
        """Tell whether the port can carry VLANs as a switch port."""
        return interface in _members(self.switch_ports)

    def feeds(self, interface: str) -> bool:
        """Tell whether the port can power a phone."""
        return interface in _members(self.poe_ports)


@cache
def hardware(model: str | None) -> Hardware:
    """The ports of a model that a valid site file names."""
    path = _FOLDER / f"{model}.yml"
    return Hardware.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


@cache
def _members(ranges: tuple[str, ...]) -> frozenset[str]:
    return frozenset(interface for written in ranges for interface in expand(written))
