"""What one box must do: its sections, each pure data with every value derived."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trunkline.intent.figures import Figure
from trunkline.model.positions import Position

NetworkRole = Literal["router", "access_switch"]


@dataclass(frozen=True, kw_only=True)
class SectionIntent:
    """What one section of a box must say, and how its numbers came about."""

    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class BoxIntent:
    """What one network box of a site must do, by section; `position` is its place in the site file."""

    host: str
    site: str
    device: str
    platform: str
    role: NetworkRole
    model: str | None
    position: Position
    sections: Mapping[str, SectionIntent]
