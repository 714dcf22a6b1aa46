"""N06: texts of several lines: every byte arrives, and none of it is taken for a command."""

from __future__ import annotations

import re

import pytest

from trunkline.change.commands import to_lines
from trunkline.change.ownership import Rule, rules_of
from trunkline.change.remediate import remediate
from trunkline.devices.errors import CommandRefused, LineRefused
from trunkline.devices.statements import load_table
from trunkline.units import Seconds

from .bench import Bench

BODY = [
    "",
    "  Branch 7 ^ # ! @ ?",
    "! no comment",
    "#",
    "leeds-edge1(config)#",
    "% Invalid input detected",
    "Continue? [confirm]",
    *(f"line {number}   of {number * number} " for number in range(33)),
    "",
    "",
]
INTENDED = {"ios_xe": "\n".join(["banner motd ~", *BODY, "~"]), "eos": "\n".join(["banner motd", *BODY, "EOF"])}

HARMFUL = {"ios_xe": "banner motd @\nvlan 78\n@", "eos": "banner motd\nvlan 78\nEOF"}


def lines_for(bench: Bench) -> list[str]:
    """The engine's lines that put the banner on the box, among others."""
    table = load_table(bench.target.platform)
    rules = rules_of(table, {"banner": [Rule.model_validate({"statement": "banner"})]})
    return to_lines(remediate(table, bench.running(), {"banner": INTENDED[bench.target.platform]}, rules).commands)


def test_n06_a_text_arrives_byte_for_byte_and_the_second_plan_is_empty(bench: Bench) -> None:
    with bench.connect() as driver:
        driver.read()
        driver.stage([*lines_for(bench), "vlan 77"])
        driver.commit_confirm(Seconds(120))
        driver.confirm()
    assert "\n".join(BODY) in bench.running()
    assert re.search(r"^vlan .*\b77\b", bench.running(), re.MULTILINE)
    assert lines_for(bench) == []


def test_n06_of_a_text_whose_heading_is_refused_no_line_is_typed(bench: Bench) -> None:
    before = bench.running()
    bench.control.refuse_line(bench.name, "banner", "% Invalid input detected at '^' marker.")
    with bench.connect() as driver:
        driver.read()
        with pytest.raises(LineRefused, match=r"line 2, `banner motd.*Invalid input"):
            driver.stage(
                ["vlan 77", "banner motd @\nvlan 78\n@" if "ios" in bench.name else "banner motd\nvlan 78\nEOF"]
            )
            driver.commit_confirm(Seconds(120))
    assert bench.running() == before
    assert "vlan 78" not in bench.state().entered


def test_n06_a_heading_that_opens_no_text_is_not_followed_by_one(router: Bench) -> None:
    before = router.running()
    with router.connect() as driver:
        driver.read()
        driver.stage(["hostname elsewhere\nvlan 78\n@"])
        with pytest.raises(CommandRefused, match="`hostname elsewhere`: no text was asked for"):
            driver.commit_confirm(Seconds(120))
    assert router.running() == before
    assert "vlan 78" not in router.state().entered
