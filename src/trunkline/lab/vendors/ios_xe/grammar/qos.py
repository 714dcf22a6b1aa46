"""Class-maps and policy-maps: classification, queueing, shaping, policing, marking."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, Rule, block, entry, flag, slot
from trunkline.lab.vendors.ios_xe.hooks import children_of, classes, interface_name, policy_of
from trunkline.lab.vendors.tree import Node, users_of

MIXED_UNITS = "All classes with bandwidth should have consistent units"
OVER_100_PERCENT = "Sum total of class bandwidths exceeds 100 percent"
BOTH = "Cannot configure bandwidth and priority in the same class"


def _spaced(values: str) -> str:
    """Print several values as the box does: each with a blank after it, and one between."""
    return " ".join(f"{value} " for value in values.split())


def _scatter(node: Node) -> tuple[int | str, ...]:
    """Class-maps print in the order of a table inside the box, not in order of entry."""
    return (zlib.crc32(node.captures["name"].encode()) & 0xFF, node.captures["name"])


def _at_most_eight(line: Entry) -> str | None:
    return "% Maximum of 8 values allowed" if len(line.captures["values"].split()) > 8 else None


def _matching() -> Iterator[Rule]:
    for words, kind in (
        ("ip dscp", "dscp"),
        ("dscp", "dscp"),
        ("ip precedence", "precedence"),
        ("precedence", "precedence"),
        ("cos", "0-7"),
    ):
        for inverted in ("", "not "):
            head = f"match {inverted}{words} "
            lead = " " if words == "cos" else ""
            yield entry(
                f"{inverted}{words}",
                f"{head}<values:{kind}>+",
                show=lambda captures, head=head, lead=lead: head + lead + _spaced(captures["values"]),
                group="match",
                before=(_at_most_eight,),
            )
    for inverted in ("", "not "):
        yield entry(
            f"{inverted}access-group name",
            f"match {inverted}access-group name <name:name>",
            group="match",
            refers=(Reference("access_list", "name"),),
        )
        for words in (
            "access-group <number:1-2799>",
            "protocol <protocol:rest>",
            "qos-group <group:0-99>",
            "any",
            "input-interface <interface:interface>",
            "vlan <vlan:1-4094>",
        ):
            yield entry(f"{inverted}{words}", f"match {inverted}{words}", group="match")
        yield entry(
            f"{inverted}class-map",
            f"match {inverted}class-map <name:name>",
            group="match",
            refers=(Reference("class_map", "name", "% class map {name} not configured"),),
        )


def _known_class(line: Entry) -> str | None:
    name = line.captures["name"]
    if line.negative or name == "class-default" or line.root.get("class_map", name):
        return None
    return f"% class map {name} not configured"


def _not_built_in(line: Entry) -> str | None:
    """The class that takes the rest is there by itself."""
    if line.captures["name"] == "class-default":
        return "% class-default is a well-known class and is not configurable"
    return None


def _last_is_default(line: Entry) -> Captures:
    """Put a new class before class-default, which matches what is left and so stands last."""
    return {"before": "class-default", **line.captures}


def _policy(line: Entry) -> Node:
    """Return the policy-map that the class of a line stands in."""
    return next(each for each in line.root.all("policy_map") if line.block in each.children.values())


def _unit(bandwidth: Node) -> str:
    words = bandwidth.text.split()
    return " ".join(word for word in words[1:] if not word.isdigit())


def _bandwidth(line: Entry) -> str | None:
    if line.negative:
        return None
    if line.block.get("priority"):
        return BOTH
    words = line.line.split()
    new = _full_unit(words[1:-1])
    others = [b for each in classes(_policy(line)) if each is not line.block and (b := each.get("bandwidth"))]
    if any(_unit(other) != new for other in others):
        return MIXED_UNITS
    value = int(words[-1])
    if new == "remaining percent" and value + sum(int(b.captures["value"]) for b in others) > 100:
        return OVER_100_PERCENT
    if new == "percent" and value + _percent_of_others(line) > 100:
        return OVER_100_PERCENT
    return None


def _full_unit(words: list[str]) -> str:
    full = {"r": "remaining", "p": "percent"}
    return " ".join("ratio" if word.startswith("ra") else full[word[0]] for word in words)


def _percent_of_others(line: Entry) -> int:
    """Return the percentages that the other classes guarantee: by priority and by bandwidth."""
    total = 0
    for each in classes(_policy(line)):
        if each is line.block:
            continue
        total += int(each.value("priority", "percent") or 0)
        bandwidth = each.get("bandwidth")
        if bandwidth is not None and _unit(bandwidth) == "percent":
            total += int(bandwidth.captures["value"])
    return total


def _priority(line: Entry) -> str | None:
    if line.negative:
        return None
    if line.block.get("bandwidth"):
        return BOTH
    if int(line.captures.get("percent", 0)) + _percent_of_others(line) > 100:
        return OVER_100_PERCENT
    return None


def _child(line: Entry) -> str | None:
    """Refuse a child policy that has this policy below it, and one that queues without a shaper above."""
    if line.negative:
        return None
    name, parent = line.captures["policy"], _policy(line).captures["name"]
    child = policy_of(line.root, name)
    if child is not None and (name == parent or parent in _names_below(line.root, child)):
        return f"% Policy map {name} cannot be a child of policy map {parent}: recursion"
    return None


def _names_below(root: Node, policy: Node) -> set[str]:
    names: set[str] = set()
    for child in children_of(root, policy):
        names |= {child.captures["name"], *_names_below(root, child)}
    return names


def _queueing_fits(line: Entry) -> str | None:
    """Refuse to make a policy queue that is attached where the box cannot queue."""
    if line.negative:
        return None
    name = _policy(line).captures["name"]
    for port, attached in users_of(line.root, "policy_map", name):
        if attached.captures.get("direction") == "input":
            return f"% Queuing actions are not supported in the input direction: policy map {name}"
        if interface_name(port).startswith(("GigabitEthernet0/1/", "Vlan")):
            return f"% Queuing actions are not supported on interface {interface_name(port)}: policy map {name}"
    return None


def _show_bandwidth(captures: Captures) -> str:
    unit = captures.get("unit", "")
    return f"bandwidth {unit} {captures['value']} " if unit else f"bandwidth {captures['value']}"


def _show_police(captures: Captures) -> str:
    parts = [f"police cir percent {captures['percent']}" if "percent" in captures else ""]
    if "rate" in captures:
        parts = [f"police cir {captures['rate']}"]
    if "bc" in captures:
        parts.append(f"bc {captures['bc']}")
    actions = [f"{name}-action {captures[name]} " for name in ("conform", "exceed", "violate") if name in captures]
    return " ".join(parts + actions)


def _queueing(rule: str, *patterns: str, **options: object) -> Rule:
    """Return the rule of an action that queues."""
    checks = (_queueing_fits, *options.pop("before", ()))  # type: ignore[misc]
    return slot(rule, *patterns, group="action", before=checks, **options)


def _marking() -> Iterator[Rule]:
    for words, kind in (
        ("dscp", "dscp"),
        ("ip dscp", "dscp"),
        ("cos", "0-7"),
        ("precedence", "precedence"),
        ("ip precedence", "precedence"),
        ("qos-group", "0-99"),
    ):
        yield slot(f"set {words}", f"set {words} <value:{kind}>", group="action")


CLASS_MAP = block(
    "class_map",
    "class-map [<how:match_how>] <name:name>",
    key=("name",),
    no=("class-map [<_how:match_how>] <name:name>",),
    show=lambda captures: f"class-map {captures.get('how', 'match-all')} {captures['name']}",
    before=(_not_built_in,),
    enters="class_map",
    sort=_scatter,
    bang="last",
    defines="class_map",
    in_use="% Class-map {name} is being used",
)
POLICY_MAP = block(
    "policy_map",
    "policy-map <name:name>",
    key=("name",),
    enters="policy_map",
    bang="last",
    defines="policy_map",
    in_use="% Policy-map {name} is being used",
)
RULES = (CLASS_MAP, POLICY_MAP)

MODES = (
    Mode("class_map", "config-cmap", (slot("description", "description <text:rest>"), *_matching())),
    Mode(
        "policy_map",
        "config-pmap",
        (
            slot("description", "description <text:rest>"),
            block(
                "class",
                "class <name:name> [insert-before <before:name>]",
                key=("name",),
                no=("class <name:name>",),
                show="class {name}",
                fill=_last_is_default,
                before=(_known_class,),
                before_key="before",
                enters="policy_class",
                refers=(Reference("class_map", "name"),),
            ),
        ),
    ),
    Mode(
        "policy_class",
        "config-pmap-c",
        (
            _queueing(
                "priority",
                "priority",
                "priority percent <percent:1-100>",
                "priority level <level:1-2> [percent <percent:1-100>]",
                "priority <rate:8-10000000> [<burst:32-2000000>]",
                before=(_priority,),
            ),
            _queueing(
                "bandwidth",
                "bandwidth <value:8-100000000>",
                "bandwidth <unit:share> <value:1-100>",
                "bandwidth remaining <unit:remaining> <value:1-65536>",
                fill=lambda line: {**line.captures, "unit": _full_unit(line.line.split()[1:-1])},
                show=_show_bandwidth,
                before=(_bandwidth,),
            ),
            _queueing(
                "shape",
                "shape average <rate:8000-10000000000> [<bc:256-100000000> [<be:0-100000000>]]",
                "shape average percent <percent:1-100>",
                no=("shape [average [<_:rest>]]",),
            ),
            _queueing(
                "queue_limit",
                "queue-limit <limit:1-8192000> [<unit:queue_unit>]",
                show=lambda captures: f"queue-limit {captures['limit']} {captures.get('unit', 'packets')}",
            ),
            flag("fair_queue", "fair-queue", default=False, group="action", before=(_queueing_fits,)),
            _queueing("random_detect", "random-detect [{dscp-based|precedence-based}]"),
            block(
                "police",
                "police [cir] <rate:8000-10000000000> [bc <bc:1000-512000000>]"
                " [conform-action <conform:police_action> [exceed-action <exceed:police_action>"
                " [violate-action <violate:police_action>]]]",
                "police cir percent <percent:1-100>",
                no=("police [<_:rest>]",),
                show=_show_police,
                group="action",
                enters="police",
            ),
            *_marking(),
            flag("drop", "drop", default=False, group="action"),
            slot(
                "child_policy",
                "service-policy <policy:name>",
                no=("service-policy [<policy:name>]",),
                show=" service-policy {policy}",
                refers=(Reference("policy_map", "policy", "% policy map {name} not configured"),),
                before=(_child,),
            ),
        ),
    ),
    Mode(
        "police",
        "config-pmap-c-police",
        tuple(
            slot(
                f"{name}-action",
                f"{name}-action <action:police_action>",
                f"{name}-action set-dscp-transmit <dscp:dscp>",
                no=(f"{name}-action [<_:rest>]",),
                show=lambda captures, name=name: (
                    f"{name}-action "
                    + (f"set-dscp-transmit {captures['dscp']}" if "dscp" in captures else f"{captures['action']} ")
                ),
            )
            for name in ("conform", "exceed", "violate")
        ),
    ),
)
