"""The plan: its hash, its risks in words, what is foreign, and how it is written down."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest

from tests.unit.change.conftest import rules
from trunkline.change.plan import EditedPlan, Plan, Sections, load_plan
from trunkline.devices.statements import load_table
from trunkline.report.drift import drift_of
from trunkline.report.markdown import plan_markdown
from trunkline.report.sections import reasons

RUNNING = dedent("""\
    hostname r1
    !
    ip access-list extended TRUNKLINE-WAN
     10 permit udp any any eq 5060
     20 deny ip any any
    interface GigabitEthernet0/0/0
     description to the provider
     ip access-group TRUNKLINE-WAN in
    end
    """)
INTENDED = dedent("""\
    ip access-list extended TRUNKLINE-WAN
     10 permit udp any any eq 5061
     20 deny ip any any
    interface GigabitEthernet0/0/0
     ip access-group TRUNKLINE-WAN in
    """)


def sections(text: str = INTENDED) -> Sections:
    owned = rules("ios_xe", {"statement": "access_list", "match": {"name": "TRUNKLINE-*"}}, "interface/ip_access_group")
    return Sections(load_table("ios_xe"), owned, {"voice": text})


def plan(running: str = RUNNING, text: str = INTENDED) -> Plan:
    box = sections(text).box_plan("leeds", "leeds-edge1", running)
    return Plan(estate="lab", revision="abc", policy_sha256="0" * 64, boxes={box.host: box}).sealed()


def test_saved_plan_loads_as_it_was(tmp_path):
    plan().save(tmp_path / "plan.json")
    assert load_plan(tmp_path / "plan.json") == plan()


def test_plan_is_the_same_whenever_it_is_made():
    assert plan().id == plan().id


@pytest.mark.parametrize(
    ("old", "new"),
    [("eq 5061", "eq 5062"), ('"risk": "high"', '"risk": "low"'), ('"revision": "abc"', '"revision": "abd"')],
)
def test_any_edit_breaks_the_hash(tmp_path, old, new):
    path = tmp_path / "plan.json"
    plan().save(path)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(EditedPlan, match="edited after it was made"):
        load_plan(path)


def test_what_is_no_plan_is_refused_with_the_place(tmp_path):
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"format": 2}))
    with pytest.raises(EditedPlan, match=r"plan\.json: format: "):
        load_plan(path)
    with pytest.raises(EditedPlan, match="no such plan"):
        load_plan(tmp_path / "none.json")


def test_removed_rule_says_what_it_puts_at_risk():
    box = plan().boxes["leeds-edge1"]
    assert box.risk.name == "high"
    assert [str(reason) for reason in reasons(box.sections["voice"])] == [
        "high: packets that this entry matched are treated otherwise: "
        "`ip access-list extended TRUNKLINE-WAN > 10 permit udp any any eq 5060`"
    ]


def test_list_that_goes_is_as_risky_as_its_worst_rule():
    removed = [
        change for change in plan(text="").boxes["leeds-edge1"].sections["voice"].changes if change.verb == "remove"
    ]
    assert {change.statement: change.risk for change in removed} == {
        "access_list": "high",
        "interface/ip_access_group": "high",
    }


def test_line_that_was_not_ours_is_named_where_it_is_taken_over():
    running = RUNNING.replace("access-group TRUNKLINE-WAN", "access-group THEIRS")
    owned = rules(
        "ios_xe",
        {"statement": "access_list", "match": {"name": "TRUNKLINE-*"}},
        {"statement": "interface/ip_access_group", "match": {"name": "TRUNKLINE-*"}},
    )
    box = Sections(load_table("ios_xe"), owned, {"voice": INTENDED}).box_plan("leeds", "leeds-edge1", running)
    taken = [change for change in box.sections["voice"].changes if "not ours" in change.reason]
    assert [(change.before, change.after) for change in taken] == [
        ("ip access-group THEIRS in", "ip access-group TRUNKLINE-WAN in")
    ]


def test_foreign_lines_are_all_but_ours():
    assert sections().foreign(RUNNING) == (
        "hostname r1",
        "interface GigabitEthernet0/0/0",
        " description to the provider",
    )


def test_section_that_says_nothing_any_more_is_removed():
    box = plan(text="").boxes["leeds-edge1"]
    assert box.lines() == [
        "interface GigabitEthernet0/0/0",
        " no ip access-group TRUNKLINE-WAN in",
        "no ip access-list extended TRUNKLINE-WAN",
    ]


def test_drift_names_line_and_wanted_value():
    told = [str(one) for one in drift_of(plan())]
    assert told == [
        "leeds-edge1 voice missing in `ip access-list extended TRUNKLINE-WAN`: `11 permit udp any any eq 5061`",
        "leeds-edge1 voice line 4 in `ip access-list extended TRUNKLINE-WAN`: "
        "`10 permit udp any any eq 5060` should not be there",
    ]


def test_markdown_has_commands_reasons_and_way_back():
    text = plan_markdown(plan())
    assert "| leeds-edge1 | voice | 2 | high |" in text
    assert " no 10" in text
    assert text.index("<details><summary>way back</summary>") > text.index(" no 10")


def test_n06_lines_of_our_own_banner_are_not_foreign():
    owned = rules("ios_xe", "banner")
    held = Sections(load_table("ios_xe"), owned, {"voice": "banner motd ^\nnew\n^\n"})
    running = "hostname r1\nbanner motd ^C\nold\n\nmore^C\nline vty 0 4\nend\n"
    assert held.foreign(running) == ("hostname r1", "line vty 0 4")
