"""Quality of service: class-maps, policy-maps, profiles, queues, maps, and what an interface takes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from trunkline.lab.vendors.eos.rules.shared import (
    SWITCHED,
    by_key,
    incomplete_unless_no,
    interface_kind,
    on,
    setting,
    unavailable,
    unless_empty,
)
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Reference, Rule, block, flag, slot
from trunkline.lab.vendors.syntax import Reason
from trunkline.lab.vendors.tree import Node

TYPE_QOS = "[type {qos|quality-of-service}]"
DEFAULT_CLASS = "class-default"


def _rate(entry: Entry) -> Captures:
    given = entry.captures
    return {"rate": f"{given['percent']} percent" if "percent" in given else f"{given['kbps']} kbps"}


def _shape(name: str = "shape") -> Rule:
    return setting(
        name,
        "shape rate",
        "{<kbps:1-100000000> [kbps]|<percent:1-100> percent}",
        show="shape rate {rate}",
        fill=_rate,
    )


def _hide_default_trust(entry: Entry) -> None:
    """A switched port trusts CoS by itself, a routed one DSCP."""
    node = entry.block.get("qos_trust")
    if node is None or node.negative or interface_kind(entry.block) not in SWITCHED:
        return
    switched = entry.block.get("switchport") is None
    if node.text == f"qos trust {'cos' if switched else 'dscp'}":
        entry.block.remove(node.key)


def _trust(*after: Callable[[Entry], None]) -> tuple[Rule, ...]:
    return (
        slot("qos_trust", "qos trust {cos|dscp}", no=(), after=after),
        flag("qos_untrusted", "qos trust", store="qos_trust", before=(incomplete_unless_no(2),)),
        setting("qos_cos", "qos cos", "<cos:0-7>", default="qos cos 0"),
        setting("qos_dscp", "qos dscp", "<dscp:dscp>", default="qos dscp 0"),
    )


_QUEUES = (
    block(
        "tx_queue",
        "tx-queue <queue:0-7>",
        key=("queue",),
        enters="tx_queue",
        present=unless_empty,
        bang="between",
    ),
    block("uc_tx_queue", "uc-tx-queue <queue:0-7>", key=("queue",), enters="tx_queue", before=(unavailable,)),
    block("mc_tx_queue", "mc-tx-queue <queue:0-7>", key=("queue",), enters="tx_queue", before=(unavailable,)),
)


def _strict(entry: Entry) -> str | None:
    """`no priority` is round robin; without `no` the line needs its second word."""
    alone = not entry.negative and len(entry.line.split()) == 1
    return entry.misfit(1, Reason.INCOMPLETE) if alone else None


TX_QUEUE = Mode(
    "tx_queue",
    "config-if-txq",
    (
        flag("priority", "priority [strict]", before=(_strict,)),
        setting("bandwidth", "bandwidth percent", "<percent:1-100>"),
        setting("guaranteed", "bandwidth guaranteed percent", "<percent:1-100>"),
        _shape(),
    ),
)

_SERVICE_POLICY = slot(
    "service_policy",
    f"service-policy {TYPE_QOS} input <policy:name>",
    show="service-policy type qos input {policy}",
    no=(f"service-policy {TYPE_QOS} input [<policy:name>]",),
    refers=(Reference("policy_map", "policy"),),
)

INTERFACE_QOS = (
    setting("service_profile", "service-profile", "<profile:name>", before=(on(*SWITCHED),)),
    *_trust(_hide_default_trust),
    _shape(),
    *_QUEUES,
)
INTERFACE_SERVICE_POLICY = (
    _SERVICE_POLICY,
    slot(
        "service_policy_output",
        f"service-policy {TYPE_QOS} output <policy:name>",
        no=(f"service-policy {TYPE_QOS} output [<policy:name>]",),
        before=(unavailable,),
    ),
)

PROFILE = block(
    "qos_profile",
    "qos profile <name:name>",
    key=("name",),
    show="qos profile {name} ",  # the box prints a blank behind the name (hardware output in AVD pull 6318)
    enters="qos_profile",
    sort=by_key,
    bang="between",
)
PROFILE_MODE = Mode("qos_profile", "config-qos-profile", (*_trust(), _shape(), _SERVICE_POLICY, *_QUEUES))

CLASS_MAP = block(
    "class_map",
    f"class-map {TYPE_QOS} match-any <name:name>",
    key=("name",),
    show="class-map type qos match-any {name}",
    no=(f"class-map {TYPE_QOS} [match-any] <name:name>",),
    enters="class_map",
    defines="class_map",
    sort=by_key,
    bang="between",
)


def _match(name: str, what: str, value: str) -> Rule:
    """One match; a class has one, so that the next replaces it."""
    return slot(name, f"match {what} {value}", no=(f"match {what} [<_:rest>]",), store="match")


CLASS_MAP_MODE = Mode(
    "class_map",
    "config-cmap-qos",
    (
        _match("match_acl", "ip access-group", "<acl:name>"),
        _match("match_acl6", "ipv6 access-group", "<acl:name>"),
        _match("match_mac_acl", "mac access-group", "<acl:name>"),
        _match("match_vlan", "vlan", "<vlans:vlans>"),
        _match("match_cos", "cos", "<cos:0-7>"),
    ),
)


def _default_class(entry: Entry) -> None:
    """The box adds the class for the rest to every policy."""
    node = entry.block.get("policy_map", entry.captures["name"])
    if node is not None and node.get("class", DEFAULT_CLASS) is None:
        node.put(_bare_class(entry, DEFAULT_CLASS))


def _keep_default_class(entry: Entry) -> None:
    if entry.negative and entry.captures["name"] == DEFAULT_CLASS:
        entry.block.put(_bare_class(entry, DEFAULT_CLASS))


def _bare_class(entry: Entry, name: str) -> Node:
    rank = entry.machine.grammar.compiled["policy_map"].rank["class"]
    return Node(("class", name), CLASS, {"name": name}, f"class {name}", rank)


def _default_last(node: Node) -> tuple[int | str, ...]:
    return (int(node.key[-1] == DEFAULT_CLASS),)


POLICY_MAP = block(
    "policy_map",
    f"policy-map {TYPE_QOS} <name:name>",
    key=("name",),
    show="policy-map type quality-of-service {name}",
    enters="policy_map",
    defines="policy_map",
    after=(_default_class,),
    sort=by_key,
    bang="between",
)
CLASS = block(
    "class",
    "class <name:name> [insert-before <sibling:name>]",
    key=("name",),
    show="class {name}",
    no=("class <name:name>",),
    enters="policy_class",
    before_key="sibling",
    refers=(Reference("class_map", "name"),),
    after=(_keep_default_class,),
    sort=_default_last,
    bang="between",
)
POLICY_MAP_MODE = Mode("policy_map", "config-pmap-qos", (CLASS,))
POLICY_CLASS_MODE = Mode(
    "policy_class",
    "config-pmap-c-qos",
    (
        setting("set_dscp", "set dscp", "<dscp:dscp>"),
        setting("set_cos", "set cos", "<cos:0-7>"),
        setting("set_traffic_class", "set traffic-class", "<class:0-7>"),
        setting("set_drop_precedence", "set drop-precedence", "<precedence:0-2>"),
        setting(
            "police",
            "police",
            "{rate|cir} <rate:1-100000000> [{bps|kbps|mbps}] {burst-size|bc} <burst:1-128000000>"
            " [{bytes|kbytes|mbytes}]",
            show=lambda captures: captures["line"],
            fill=lambda entry: {"line": _police(entry.line)},
        ),
    ),
)


def _police(line: str) -> str:
    """`cir`/`bc` are other words for `rate`/`burst-size`; the units that were left out are bit/s and bytes."""
    words = line.lower().split()
    words[1] = "rate"
    burst = next(index for index, word in enumerate(words) if word in ("burst-size", "bc"))
    words[burst] = "burst-size"
    rate = " ".join(words[2:burst]) if burst > 3 else f"{words[2]} bps"
    size = " ".join(words[burst + 1 :]) if len(words) > burst + 2 else f"{words[burst + 1]} bytes"
    return f"police rate {rate} burst-size {size}"


def _one_by_one(captures: Captures) -> Sequence[Captures]:
    """A line that maps several values stands for one mapping each."""
    source = next(name for name in ("dscp", "cos", "class") if name in captures)
    rest = {name: value for name, value in captures.items() if name != source}
    return [{**rest, "from": source, "value": value} for value in captures[source].split()]


_MAP_WORDS: Mapping[str, str] = {"cos": "cos", "dscp": "dscp", "class": "traffic-class"}


def _target(captures: Captures) -> str:
    for name, words in (("traffic", "traffic-class"), ("queue", "tx-queue"), ("to_cos", "cos"), ("to_dscp", "dscp")):
        if name in captures:
            drop = f" drop-precedence {captures['drop']}" if "drop" in captures else ""
            return f"to {words} {captures[name]}{drop}"
    return ""


def _fold_maps(nodes: Sequence[Node], show: Callable[[Node], list[str]]) -> list[str]:
    """One line per target, all its sources in it; CoS maps first, then DSCP, then traffic classes."""
    lines = [line for node in nodes if "from" not in node.captures for line in show(node)]
    for source in ("cos", "dscp", "class"):
        targets: dict[str, list[int]] = {}
        for node in nodes:
            if node.captures.get("from") == source:
                targets.setdefault(_target(node.captures), []).append(int(node.captures["value"]))
        for target, values in sorted(targets.items(), key=lambda item: min(item[1])):
            shown = " ".join(str(value) for value in sorted(values))
            lines.append(f"qos map {_MAP_WORDS[source]} {shown} {target}")
    return lines


def _map(name: str, source: str, targets: str) -> Rule:
    return slot(
        name,
        f"qos map {source} to {targets}",
        key=("from", "value"),
        store="qos_map",
        group="qos_maps",
        expand=_one_by_one,
        no=(f"qos map {source} [to {targets}]",),
        present=_fold_maps,
        bang="first",
    )


GLOBAL_QOS = (
    flag("rewrite_cos", "qos rewrite cos", default=False, group="qos_maps", present=_fold_maps, bang="first"),
    flag("rewrite_dscp", "qos rewrite dscp", default=False, group="qos_maps", present=_fold_maps, bang="first"),
    _map("map_cos", "cos <cos:0-7>+", "traffic-class <traffic:0-7>"),
    _map("map_dscp", "dscp <dscp:dscp>+", "traffic-class <traffic:0-7> [drop-precedence <drop:0-2>]"),
    _map("map_class", "traffic-class <class:0-7>+", "{cos <to_cos:0-7>|dscp <to_dscp:dscp>|tx-queue <queue:0-7>}"),
)
MODES = (TX_QUEUE, PROFILE_MODE, CLASS_MAP_MODE, POLICY_MAP_MODE, POLICY_CLASS_MODE)
