"""Random owned configurations a, b: replaying remediate(a, b) line by line on a virtual device gives b.

The virtual device is the second witness: its grammar was written from the vendors' documents, not from our tables.
`REPLAYS=10000 pytest tests/replay` runs the long form.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from difflib import unified_diff
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.replay import configurations
from trunkline.change.commands import Command, to_lines
from trunkline.change.ownership import Rule, Rules, load_rules
from trunkline.change.plan import BoxPlan, Sections
from trunkline.devices.statements import load_table
from trunkline.lab import vendors
from trunkline.render.environment import ROLES

REPLAYS = int(os.environ.get("REPLAYS", "300"))
STATES = Path(vendors.__file__).parent

# Statements that no role of this release owns, and that the engine must handle all the same (N52, default routes).
WAN = [Rule(statement=name) for name in ("ip_sla", "ip_sla_schedule", "track", "ip_route")]


@cache
def rules(platform: str) -> Rules:
    """The roles' own rules, all members of a set ours, and on a router the rules of a WAN section."""
    table = load_table(platform)
    real = load_rules(table, ROLES)
    whole_sets = {
        name: tuple((section, rule.model_copy(update={"members": "all"})) for section, rule in rows)
        for name, rows in real.by_statement.items()
    }
    extra = {rule.statement: (("wan", rule),) for rule in WAN if platform == "ios_xe"}
    return Rules(platform, {**whole_sets, **extra}, real.within)


def sections(platform: str, texts: Mapping[str, str]) -> Sections:
    """Intended sections; what a configuration does not mention is intended to be empty."""
    return Sections(load_table(platform), rules(platform), texts)


@cache
def customer(platform: str) -> str:
    """The state of a box that was somebody's before it was ours, without lines that random sections would share."""
    text = (STATES / platform / "states" / "customer.cfg").read_text()
    return re.sub(
        r"^(ip dhcp snooping.*|ip route 0\.0\.0\.0 .*|ip sla .*(\n .*)*|track .*(\n .*)*)\n",
        "",
        text,
        flags=re.MULTILINE,
    )


@cache
def _pristine(platform: str) -> Any:
    """The customer's box without the few lines that our roles own wherever they stand."""
    box = import_module(f"trunkline.lab.vendors.{platform}").Box("box", customer(platform))
    nothing = dict.fromkeys(rules(platform).sections, "")
    for texts in (nothing | configurations.DESK_PORTS[platform], nothing):
        plan = sections(platform, texts).box_plan("s", "box", box.running())
        assert not box.configure(to_lines(command.command() for command in plan.commands))
    return box


def fresh(platform: str) -> Any:
    """A box in the customer's state."""
    return _pristine(platform).copy()


def type_in(box: Any, platform: str, plan: BoxPlan, way: str, watch: Callable[[str], None]) -> None:
    """Type the plan's commands (or its way back) one by one; the box may refuse none; look after each."""
    planned = plan.commands if way == "commands" else plan.rollback
    commands = [command.command() for command in planned]
    for number in range(1, len(commands) + 1):
        refusals = box.configure(_lines(commands[number - 1]))
        assert not refusals, (commands[number - 1].lines, refusals, to_lines(commands))
        if platform == "ios_xe":  # an EOS session is committed as a whole: nothing in between is ever running
            watch(box.running())


def _lines(command: Command) -> list[str]:
    return to_lines([command])


def differences(running: str, other: str) -> list[str]:
    """What differs between two running configurations, without rule numbers and where the box's order has a meaning."""
    return list(unified_diff(comparable(running), comparable(other), lineterm="", n=2))


def comparable(running: str) -> list[str]:
    """A running configuration without rule numbers, sorted wherever the box's order means nothing.

    It has a meaning in an access list and among the classes of a policy.
    """
    lines = [
        (len(line) - len(line.lstrip()), re.sub(r"^\d+ (permit|deny|remark)", r"\1", " ".join(line.split())))
        for line in running.splitlines()
        if line.strip(" !") and not line.lstrip().startswith("!") and not line.startswith("Current configuration")
    ]
    return _sorted(lines, "")


def _sorted(lines: list[tuple[int, str]], heading: str) -> list[str]:
    blocks: list[list[str]] = []
    position = 0
    while position < len(lines):
        indent, text = lines[position]
        end = position + 1
        while end < len(lines) and lines[end][0] > indent:
            end += 1
        blocks.append([text, *(f" {line}" for line in _sorted(lines[position + 1 : end], text))])
        position = end
    in_order = blocks if heading.startswith(("ip access-list", "policy-map")) else sorted(blocks)
    return [line for block in in_order for line in block]


def never_away(before: str, after: str) -> Callable[[str], None]:
    """A watch on what may never be away: ACL on the WAN, voice VLAN of a port, default route, a rule that stays."""
    kept = _precious(before) & _precious(after)

    def watch(running: str) -> None:
        lost = kept - _precious(running)
        assert not lost, lost

    return watch


def _precious(running: str) -> frozenset[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    block = ""
    attached = dict(re.findall(r"^interface (\S+)\n(?: .*\n)*? ip access-group (\S+) in", running, re.MULTILINE))
    by_list: dict[str, set[str]] = {}
    for line in running.splitlines():
        text = line.strip()
        if not line.startswith(" "):
            block = text
            if text.startswith("ip route 0.0.0.0 0.0.0.0"):
                found.add(("route", "default"))
            continue
        if text.startswith("switchport voice vlan"):
            found.add((block, "voice vlan"))
        if block.startswith("ip access-list") and (rule := re.sub(r"^\d+ ", "", text)) and "remark" not in rule:
            by_list.setdefault(block.split()[-1], set()).add(rule)
    for interface, name in attached.items():
        found.add((interface, "access list"))
        found |= {(interface, rule) for rule in by_list.get(name, ())}
    return frozenset(found)


def check(platform: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """One pair, there and back."""
    box = fresh(platform)
    type_in(box, platform, sections(platform, before).box_plan("s", "box", box.running()), "commands", lambda _: None)
    assert not sections(platform, before).box_plan("s", "box", box.running()).commands
    at_first = box.running()

    witness = fresh(platform)
    for text in after.values():
        assert not witness.configure([line for line in text.splitlines() if line.strip() != "!"])

    plan = sections(platform, after).box_plan("s", "box", at_first)
    type_in(box, platform, plan, "commands", never_away(at_first, witness.running()))
    wrong = differences(witness.running(), box.running())
    assert not wrong, wrong
    again = sections(platform, after).box_plan("s", "box", box.running())
    assert not again.commands, to_lines(c.command() for c in again.commands)
    assert sections(platform, after).foreign(box.running()) == sections(platform, after).foreign(at_first)

    type_in(box, platform, plan, "rollback", never_away(box.running(), at_first))
    wrong = differences(at_first, box.running())
    assert not wrong, wrong


@pytest.mark.parametrize("platform", ["ios_xe", "eos"])
def test_replay_gives_the_intended_configuration_and_the_way_back_the_first(platform):
    pairs = st.tuples(*[getattr(configurations, platform)()] * 2)

    @settings(max_examples=REPLAYS, deadline=None, suppress_health_check=list(HealthCheck))
    @given(pairs)
    def replay(pair):
        check(platform, *pair)

    replay()
