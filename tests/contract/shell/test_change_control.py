"""Plan, apply and drift as change control runs them, against served boxes, with what goes wrong in between."""

from __future__ import annotations

import json
import re
import signal
import time
from xml.etree import ElementTree

import pytest

from tests.contract.shell.team import CLEAN, ROUTER, SWITCH, Team


def test_plan_after_apply_is_empty_and_drift_is_none(team: Team):
    code, out, _ = team.run("plan", "leeds")
    assert (code, out.strip()) == (0, CLEAN)
    assert team.run("drift", "--all")[0] == 0


def test_offline_plan_is_the_live_plan(team: Team):
    team.break_something(SWITCH)
    for host in (ROUTER, SWITCH):
        (team.folder / f"{host}.cfg").write_text(team.branch.control.state(host).running)
    live = json.loads(team.run("plan", "leeds", "--json")[1])
    offline = json.loads(team.run("plan", "leeds", "--from", str(team.folder), "--json")[1])
    assert live == offline


def test_drift_names_box_section_and_line_with_exit_code_2(team: Team):
    team.break_something(ROUTER)
    team.by_hand(SWITCH, "interface Ethernet3", "switchport phone vlan 30")
    junit = team.folder / "drift.xml"
    code, out, _ = team.run("drift", "leeds", "--junit", str(junit))
    lines = team.branch.control.state(SWITCH).running.splitlines()
    assert code == 2
    assert f"{ROUTER} sip_alg missing: `no ip nat service sip udp port 5060`" in out
    found = re.search(rf"{SWITCH} voice_vlan line (\d+) in `interface Ethernet3`: (.*)", out)
    assert found is not None
    assert found[2] == "`switchport phone vlan 30` should be `switchport phone vlan 20`"
    assert any("switchport phone vlan 30" in line for line in lines)
    suite = ElementTree.parse(junit).getroot()
    assert suite.get("failures") == "2"


def test_edited_plan_is_refused(team: Team):
    team.break_something(SWITCH)
    path = team.plan()
    path.write_text(path.read_text().replace("switchport phone vlan 20", "switchport phone vlan 10"))
    before = team.branch.control.state(SWITCH).writes
    code, _, err = team.run("apply", str(path))
    assert code == 1
    assert "it was edited after it was made" in err
    assert team.branch.control.state(SWITCH).writes == before


def test_stale_plan_is_refused_and_nothing_is_sent(team: Team):
    team.break_something(SWITCH)
    path = team.plan()
    team.by_hand(SWITCH, "interface Ethernet4", "no switchport phone vlan")
    before = team.branch.control.state(SWITCH).writes
    code, out, _ = team.run("apply", str(path))
    assert code == 1
    assert "voice_vlan changed on the box since the plan was made; nothing was sent" in out
    assert team.branch.control.state(SWITCH).writes == before


def test_n41_plan_is_refused_when_the_site_file_asks_for_something_else_by_now(team: Team):
    team.break_something(SWITCH)
    path = team.plan()
    site = team.branch.estate_path / "sites" / "leeds.yml"
    as_it_was = site.read_text()
    before = team.branch.control.state(SWITCH).writes
    try:
        site.write_text(as_it_was.replace("Ethernet1-20: desk", "Ethernet1-19: desk"))
        code, _, err = team.run("apply", str(path))
    finally:
        site.write_text(as_it_was)
    assert code == 1
    assert f"since the plan was made: qos, voice_vlan of {SWITCH}; nothing was sent" in err
    assert team.branch.control.state(SWITCH).writes == before


def test_n60_stale_plan_names_who_changed_the_box(team: Team):
    team.break_something(ROUTER)
    path = team.plan()
    team.by_hand(ROUTER, "ip nat service sip tcp port 5060")
    code, out, _ = team.run("apply", str(path))
    assert code == 1
    assert re.search(r"sip_alg changed on the box since .* by console\); nothing was sent", out)


@pytest.mark.parametrize("host", [ROUTER, SWITCH])
def test_refused_line_fails_with_the_boxes_words_and_the_box_is_as_before(team: Team, host: str):
    team.break_something(host)
    team.branch.control.refuse_line(host, "nat service sip udp|phone vlan", "% Invalid input detected at '^' marker.")
    before = team.settings(host)
    code, out, _ = team.run("apply", str(team.plan()))
    assert code == 1
    assert "Invalid input" in out
    assert "restored" in out
    assert team.settings(host) == before


def test_first_failure_leaves_the_boxes_after_it_untouched(team: Team):
    team.break_something(ROUTER)
    team.break_something(SWITCH)
    team.branch.control.refuse_line(ROUTER, "nat service sip udp", "% Invalid input detected at '^' marker.")
    before = team.branch.control.state(SWITCH).writes
    code, out, _ = team.run("apply", str(team.plan()))
    assert code == 1
    assert f"not begun, because {ROUTER} failed" in out
    assert team.branch.control.state(SWITCH).writes == before


@pytest.mark.parametrize("host", [ROUTER, SWITCH])
def test_refused_login_is_one_sentence(team: Team, host: str):
    team.branch.control.refuse_login(host)
    code, out, _ = team.run("plan", "leeds")
    assert code == 1
    assert re.search(rf"{host}: not read: .*(password|login)", out, re.IGNORECASE)


def test_wrong_vault_password_is_one_sentence(team: Team):
    wrong = team.folder / "wrong"
    wrong.write_text("not the password")
    code, out, err = team.run("plan", "leeds", "--vault-password-file", str(wrong))
    assert code == 1
    assert out == ""
    assert "password" in err
    assert len(err.strip().splitlines()) == 1


def test_two_runs_at_once_the_second_says_who_works_on_the_box(team: Team):
    team.break_something(ROUTER)
    path = team.plan()
    team.branch.control.hang_after_lines(ROUTER, 0)
    first = team.start("apply", str(path), "--timer", "60")
    _wait_for_lock(team, ROUTER, first.pid)
    code, out, _ = team.run("apply", str(path))
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert code == 1
    assert f"process {first.pid}" in out
    assert "works on this box" in out


def test_killed_apply_is_undone_by_the_box_and_told_by_the_next_run(team: Team):
    team.break_something(ROUTER)
    team.by_hand(ROUTER, "ip nat service sip tcp port 5060")
    before = team.settings(ROUTER)
    path = team.plan()
    team.branch.control.hang_after_lines(ROUTER, 1)
    process = team.start("apply", str(path), "--timer", "60")
    _wait_for_change(team, ROUTER, before)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    team.branch.control.clear(ROUTER)
    team.branch.control.advance(ROUTER, 61)
    assert team.settings(ROUTER) == before
    code, out, err = team.run("apply", str(path))
    assert code == 0, out + err


def test_interrupted_apply_takes_the_change_back(team: Team):
    team.break_something(ROUTER)
    team.by_hand(ROUTER, "ip nat service sip tcp port 5060")
    before = team.settings(ROUTER)
    path = team.plan()
    team.branch.control.hang_after_lines(ROUTER, 1)
    process = team.start("apply", str(path), "--timer", "60")
    _wait_for_change(team, ROUTER, before)
    team.branch.control.clear(ROUTER)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in out + err
    assert process.returncode == 130
    assert "interrupted" in out
    team.branch.control.advance(ROUTER, 61)
    assert team.settings(ROUTER) == before


@pytest.mark.parametrize("host", [ROUTER, SWITCH])
def test_full_flash_is_told_and_the_change_does_not_pass_as_saved(team: Team, host: str):
    team.break_something(host)
    path = team.plan()
    team.branch.control.full_flash(host)
    code, out, _ = team.run("apply", str(path))
    assert code == 1
    assert re.search(r"space|flash|saved", out)


def _wait_for_lock(team: Team, host: str, pid: int) -> None:
    lock = team.branch.estate_path / ".trunkline" / "locks" / host
    _wait(lambda: lock.exists() and str(pid) in lock.read_text())


def _wait_for_change(team: Team, host: str, before: list[str]) -> None:
    _wait(lambda: team.settings(host) != before)


def _wait(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)
