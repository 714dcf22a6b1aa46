"""Prefixes, gateways, DHCP ranges and the addresses inside them."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address
from itertools import combinations

from trunkline.model.finding import Finding
from trunkline.model.mistakes import FieldPath
from trunkline.model.site import Network, Site, WanLink

_NEEDS = ("networks",)


def check_site(site: Site) -> Iterator[Finding]:
    """Check every prefix and address of a site against the others."""
    yield from _required_networks(site)
    yield from _overlaps(site)
    for name, network in site.networks.items():
        yield from _gateway(name, network)
        yield from _dhcp(name, network, site)
    yield from _outside_their_network(site)
    yield from _doubled(site)
    for index, link in enumerate(site.wan):
        yield from _wan(index, link, site)


def _required_networks(site: Site) -> Iterator[Finding]:
    needed = ["voice", "mgmt", *(["sbc"] if site.call_control == "pair" else [])]
    for name in needed:
        if name not in site.networks:
            what = f"the network {name} is missing"
            yield Finding(("networks",), what, f"write {name}: {{vlan: ..., prefix: ...}}", (*_NEEDS, "call_control"))


def _overlaps(site: Site) -> Iterator[Finding]:
    for (earlier, one), (later, other) in combinations(site.networks.items(), 2):
        if one.prefix.overlaps(other.prefix):
            what = f"{other.prefix} overlaps {one.prefix} of {earlier}"
            yield Finding(("networks", later, "prefix"), what, "give each network a prefix of its own")
        if one.vlan == other.vlan:
            what = f"{earlier} has VLAN {one.vlan} already"
            yield Finding(("networks", later, "vlan"), what, "give each network a VLAN of its own")


def _gateway(name: str, network: Network) -> Iterator[Finding]:
    path = ("networks", name)
    if network.prefix.prefixlen > 30:
        what = f"{network.prefix} has no room for a router and a device"
        yield Finding((*path, "prefix"), what, "write a /30 or shorter")
    elif network.gateway is not None and network.gateway not in network.prefix:
        yield Finding(
            (*path, "gateway"),
            f"{network.gateway} is outside {network.prefix}",
            f"write an address such as {network.prefix.network_address + 1}",
        )


def _fixed_addresses(site: Site) -> Iterator[tuple[FieldPath, str, IPv4Address]]:
    """Yield every address that a person wrote for a box: where, what it is in words, the address."""
    for name, device in site.devices.items():
        yield ("devices", name, "address"), name, device.address
    if site.sbc is not None:
        yield ("sbc", "virtual_address"), "the pair's virtual address", site.sbc.virtual_address


def _dhcp(name: str, network: Network, site: Site) -> Iterator[Finding]:
    if network.dhcp is None:
        return
    path = ("networks", name, "dhcp")
    outside = [end for end in (network.dhcp.first, network.dhcp.last) if end not in network.prefix]
    if outside:
        yield Finding(path, f"{outside[0]} is outside {network.prefix}", "keep both ends inside the prefix")
        return
    if network.dhcp.first == network.prefix.network_address:
        yield Finding(path, f"{network.dhcp.first} is the network itself", f"begin at {network.dhcp.first + 1}")
    if network.dhcp.last == network.prefix.broadcast_address:
        yield Finding(path, f"{network.dhcp.last} is the broadcast", f"end at {network.dhcp.last - 1}")
    fixed = [("the gateway", network.router), *((who, address) for _, who, address in _fixed_addresses(site))]
    for who, address in fixed:
        if address in network.dhcp:
            what = f"covers {address} of {who}"
            yield Finding(path, what, "keep fixed addresses outside the range")
    phones = len(site.phones)
    size = int(network.dhcp.last) - int(network.dhcp.first) + 1
    if name == "voice" and size < phones:
        what = f"{size} addresses from {network.dhcp.first} to {network.dhcp.last} for {phones} phones"
        yield Finding(path, what, f"make room for {phones} or more")


def _outside_their_network(site: Site) -> Iterator[Finding]:
    for path, who, address in _fixed_addresses(site):
        device = site.devices.get(who)
        name = "mgmt" if device is not None and device.role != "sbc" else "sbc"
        network = site.networks.get(name)
        if network is None:
            continue
        if address not in network.prefix:
            what = f"{address} is outside the {name} network {network.prefix}"
            yield Finding(path, what, "write an address inside it", _NEEDS)
        elif address in (network.prefix.network_address, network.prefix.broadcast_address):
            what = f"{address} is the network or broadcast address of {network.prefix}"
            yield Finding(path, what, "write an address between them", _NEEDS)
        elif address == network.router and not _is_router(address, site):
            yield Finding(path, f"{address} is the gateway of {name}", "write an address of its own", _NEEDS)


def _is_router(address: IPv4Address, site: Site) -> bool:
    return any(box.role == "router" and box.address == address for box in site.devices.values())


def _doubled(site: Site) -> Iterator[Finding]:
    owners: dict[IPv4Address, str] = {}
    for path, who, address in _fixed_addresses(site):
        if address in owners:
            what = f"{address} is the address of {owners[address]} already"
            yield Finding(path, what, "give each box an address of its own")
        owners.setdefault(address, who)


def _wan(index: int, link: WanLink, site: Site) -> Iterator[Finding]:
    path: FieldPath = ("wan", index)
    earlier = [other.name for other in site.wan[:index]]
    if link.name in earlier:
        what = f"the line in place {earlier.index(link.name) + 1} is called {link.name} already"
        yield Finding((*path, "name"), what, "give each line a name of its own")
    if link.address == "dhcp":
        if link.gateway is not None:
            yield Finding((*path, "gateway"), "DHCP tells the gateway", "leave it out, or write a fixed address")
        return
    if link.gateway is None:
        example = link.address.network.network_address + 1
        what = "a fixed address needs its gateway"
        yield Finding((*path, "address"), what, f"write gateway: {example}, or what the provider says")
    elif link.gateway not in link.address.network:
        what = f"{link.gateway} is outside {link.address.network}"
        yield Finding((*path, "gateway"), what, "write the provider's address of that network")
    elif link.gateway == link.address.ip:
        what = f"{link.gateway} is our own address on this line"
        yield Finding((*path, "gateway"), what, "write the provider's address")
    for place, other in enumerate(site.wan[:index]):
        if other.address != "dhcp" and other.address.network.overlaps(link.address.network):
            what = f"{link.address.network} overlaps {other.address.network} of the line in place {place + 1}"
            yield Finding((*path, "address"), what, "each line has a prefix of its own")
    for name, network in site.networks.items():
        if link.address.network.overlaps(network.prefix):
            what = f"{link.address.network} overlaps {network.prefix} of {name}"
            yield Finding((*path, "address"), what, "a line's prefix is none of the site's own")
