"""The names of what we define on a box: always with our prefix, never longer than the box takes."""

from __future__ import annotations

from trunkline.intent.errors import CapabilityError, capability_problem
from trunkline.model.positions import Position

PREFIX = "TRUNKLINE"
# "Modular QoS CLI": names of class and policy maps have at most 40 characters; VLAN names at most 32.
POLICY_NAME = 40
VLAN_NAME = 32


def owned_name(*parts: str) -> str:
    """Join the parts under our prefix.

    >>> owned_name("queues", "fibre")
    'TRUNKLINE-QUEUES-FIBRE'
    """
    return "-".join((PREFIX, *parts)).upper()


def bounded_name(*parts: str, limit: int, field: str, position: Position) -> str:
    """Join the parts under our prefix; CapabilityError at `position` if a box would refuse the length."""
    name = owned_name(*parts)
    if len(name) > limit:
        what = f"it makes the name {name}, and boxes take {limit} letters"
        right = f"shorten it by {len(name) - limit}"
        raise CapabilityError([capability_problem(position, field, what, right)])
    return name
