"""Checks that several parts of the IOS XE grammar share."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.lab.vendors.grammar import Entry
from trunkline.lab.vendors.ios_xe.interface_names import is_switch_port
from trunkline.lab.vendors.syntax import Reason
from trunkline.lab.vendors.tree import Node

QUEUEING = ("priority", "bandwidth", "shape", "queue_limit", "fair_queue", "random_detect")


def interface_name(block: Node) -> str:
    """Return the name of the interface that a block is."""
    return block.captures.get("name", "")


def switch_port(block: Node) -> bool:
    """Say whether a block is a port of a switch, not made a routed one."""
    return is_switch_port(interface_name(block)) and ("switchport",) not in block.children


def routed(block: Node) -> bool:
    """Say whether a block is an interface with layer 3."""
    return not switch_port(block)


def physical_routed(block: Node) -> bool:
    """Say whether a block is a WAN port itself, not a subinterface."""
    return interface_name(block).startswith("GigabitEthernet0/0/") and "." not in interface_name(block)


def switch_port_only(entry: Entry) -> str | None:
    """Refuse a layer 2 line on a routed interface, in which the parser does not know it."""
    return None if switch_port(entry.block) else entry.misfit(0)


def routed_only(entry: Entry) -> str | None:
    """Refuse a layer 3 line on a switch port."""
    return None if routed(entry.block) else entry.misfit(len(entry.rule.patterns[0].split("<")[0].split()) - 1)


def policy_of(root: Node, name: str) -> Node | None:
    """Return a policy-map."""
    return root.get("policy_map", name)


def classes(policy: Node) -> Iterator[Node]:
    """Yield the classes of a policy-map in order."""
    return iter(policy.all("class"))


def children_of(root: Node, policy: Node) -> Iterator[Node]:
    """Yield the child policies that a policy-map's classes name."""
    for each in classes(policy):
        name = each.value("child_policy", "policy")
        child = None if name is None else policy_of(root, name)
        if child is not None:
            yield child


def queues(root: Node, policy: Node) -> bool:
    """Say whether a policy, or a child of it, queues."""
    own = any(each.get(place) for each in classes(policy) for place in QUEUEING)
    return own or any(queues(root, child) for child in children_of(root, policy))


def incomplete(entry: Entry) -> str:
    """Return the refusal of a line that ends too early."""
    return entry.misfit(len(entry.line.split()), Reason.INCOMPLETE)
