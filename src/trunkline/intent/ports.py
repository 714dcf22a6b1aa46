"""The ports of a box by use, checked against what its model can do."""

from __future__ import annotations

from collections.abc import Iterable

from trunkline.errors import Problem
from trunkline.intent.errors import CapabilityError, capability_problem
from trunkline.intent.hardware import hardware
from trunkline.model.port_uses import PortUse, Use
from trunkline.model.site import Network, Site


def ports_for(site: Site, device: str, *uses: Use) -> tuple[PortUse, ...]:
    """The ports of a device with one of these uses, in the order of the file.

    Raises CapabilityError for a port that the device's model cannot switch.
    """
    ports = tuple(port for port in site.ports.get(device, ()) if port.use in uses)
    refuse(problem for port in ports if (problem := _not_switched(site, device, port)))
    return ports


def network(site: Site, name: str, device: str, needed_for: str) -> Network:
    """A network of the site by name; CapabilityError says what on the device needs it."""
    if name in site.networks:
        return site.networks[name]
    what = f"{device} has {needed_for}, and the site has no network {name} for them"
    position = site.position("networks")
    raise CapabilityError([capability_problem(position, "networks", what, f"add the network {name}")])


def refuse(problems: Iterable[Problem]) -> None:
    """Raise CapabilityError if there is any problem."""
    found = tuple(problems)
    if found:
        raise CapabilityError(found)


def _not_switched(site: Site, device: str, port: PortUse) -> Problem | None:
    model = site.devices[device].model
    ports = hardware(model)
    if ports.switches(port.interface):
        return None
    return capability_problem(
        site.position("ports", device, port.written),
        f"ports.{device}.{port.written}",
        f"{port.interface} of a {model} is no switch port, and its use ({port.use}) needs one",
        f"use one of {', '.join(ports.switch_ports)}",
    )
