"""NAPALM 5.2, unmodified, and netmiko line by line against the virtual ios_xe; each verb, each fault."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import CommandErrorException, MergeConfigException, ReplaceConfigException
from napalm.ios.ios import IOSDriver
from netmiko import ConnectHandler, file_transfer
from netmiko.exceptions import NetmikoAuthenticationException, NetmikoTimeoutException, ReadTimeout

from trunkline.lab.vendors.control import Control, ControlFailed

from .conftest import PASSWORD, USER, VENDORS, FreshBox, Served, serving

MERGE = """\
interface GigabitEthernet0/0/1
 description second line
 ip address 198.51.100.2 255.255.255.252
end
"""


@pytest.fixture
def box(fresh_box: FreshBox) -> Served:
    return fresh_box("ios_xe")


def napalm(box: Served, **options: object) -> IOSDriver:
    driver = get_network_driver("ios")
    return driver(box.host, USER, PASSWORD, optional_args={"port": box.port, **options})


@pytest.fixture
def device(box: Served) -> Iterator[IOSDriver]:
    connected = napalm(box)
    connected.open()
    yield connected
    connected.close()


def netmiko(box: Served, **options: object) -> ConnectHandler:
    return ConnectHandler(
        device_type="cisco_ios", host=box.host, port=box.port, username=USER, password=PASSWORD, **options
    )


def section(config: str, start: str) -> str:
    return config.split(f"\n{start}\n", 1)[1].split("\n!", 1)[0]


def without_header(config: str) -> str:
    """The configuration that stays the same while nobody changes it; NAPALM's own `file prompt quiet` left out."""
    volatile = r"^(Building|Current|Using|! Last|! NVRAM|!$|\s*$|file prompt quiet).*\n"
    return re.sub(volatile, "", config, flags=re.M).strip()


def test_facts_name_hardware_and_software(device: IOSDriver) -> None:
    facts = device.get_facts()
    assert (facts["vendor"], facts["model"]) == ("Cisco", "C1111-8P")
    assert facts["hostname"] == "Router"
    assert "Version 17.9" in facts["os_version"]
    assert "GigabitEthernet0/1/7" in facts["interface_list"]
    assert facts["fqdn"] == "Unknown"


@pytest.mark.parametrize("inline", [False, True], ids=["scp", "inline"])
def test_merge_is_compared_committed_and_saved(box: Served, inline: bool) -> None:
    device = napalm(box, inline_transfer=inline)
    device.open()
    device.load_merge_candidate(config=MERGE)
    assert "+ description second line" in device.compare_config()
    device.commit_config()
    device.load_merge_candidate(config=MERGE)
    assert device.compare_config() == ""
    device.close()
    state = box.state()
    assert "description second line" in section(state.running, "interface GigabitEthernet0/0/1")
    assert "description second line" in state.startup
    assert not state.pending


def test_merge_of_nothing_new_shows_no_difference(device: IOSDriver) -> None:
    device.load_merge_candidate(config="hostname Router\nend\n")
    assert device.compare_config() == ""


def test_merge_with_timer_is_confirmed(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=MERGE)
    device.commit_config(revert_in=120)
    assert device.has_pending_commit()
    assert "second line" not in box.state().startup
    device.confirm_commit()
    assert not device.has_pending_commit()
    state = box.advance(300)
    assert "second line" in state.running
    assert "second line" in state.startup


def test_merge_that_nobody_confirms_is_taken_back(box: Served, device: IOSDriver) -> None:
    before = without_header(box.state().running)
    device.load_merge_candidate(config=MERGE)
    device.commit_config(revert_in=60)
    assert "second line" in box.state().running
    state = box.advance(61)
    assert not state.pending
    assert without_header(state.running) == before


def test_rollback_of_a_pending_merge(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=MERGE)
    device.commit_config(revert_in=120)
    device.rollback()
    state = box.state()
    assert not state.pending
    assert "second line" not in state.running


def test_rollback_of_a_saved_merge(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=MERGE)
    device.commit_config()
    device.rollback()
    assert "second line" not in box.state().running
    assert "second line" not in box.state().startup


def test_discard_leaves_nothing_to_commit(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=MERGE)
    device.discard_config()
    assert device.compare_config() == ""
    assert "second line" not in box.state().running


@pytest.mark.parametrize("state", ["factory", "customer"])
def test_replace_by_its_own_configuration_changes_nothing(fresh_box: FreshBox, state: str) -> None:
    box = fresh_box("ios_xe", state)
    device = napalm(box)
    device.open()
    device.load_replace_candidate(config=device.get_config()["running"])
    assert device.compare_config() == ""
    before = without_header(box.state().running)
    device.commit_config()
    device.close()
    assert without_header(box.state().running) == before


def test_replace_removes_adds_and_comes_back(fresh_box: FreshBox) -> None:
    box = fresh_box("ios_xe", "customer")
    device = napalm(box)
    device.open()
    before = device.get_config()["running"]
    wanted = before.replace(" service-policy output OLD-WAN\n", "").replace(
        "banner motd ^C\nBranch 7", "banner motd ^C\nBranch 8"
    )
    wanted = re.sub(r"^snmp-server community .*\n", "", wanted, flags=re.M)
    device.load_replace_candidate(config=wanted)
    difference = device.compare_config()
    assert "-snmp-server community kf83hGQz2 RO SNMP-RO" in difference
    assert " -service-policy output OLD-WAN" in difference
    device.commit_config(revert_in=60)
    running = box.state().running
    assert "Branch 8" in running
    assert "snmp-server community" not in running
    assert "service-policy output OLD-WAN" not in running
    state = box.advance(61)
    assert without_header(state.running) == without_header(before)
    device.close()


def test_replace_with_a_line_that_the_box_refuses_restores_the_original(box: Served, device: IOSDriver) -> None:
    running = device.get_config()["running"]
    before = without_header(box.state().running)
    device.load_replace_candidate(config=running.replace("negotiation auto", "negotiation maybe", 1))
    with pytest.raises(ReplaceConfigException, match="original configuration has been successfully restored"):
        device.commit_config()
    assert without_header(box.state().running) == before


def test_replace_without_trigger_stops_half_way_as_the_box_does(box: Served) -> None:
    device = napalm(box, auto_rollback_on_error=False)
    device.open()
    running = device.get_config()["running"]
    device.load_replace_candidate(config=running.replace("negotiation auto", "negotiation maybe", 1))
    with pytest.raises(ReplaceConfigException, match="Rollback aborted after 5 passes"):
        device.commit_config()
    device.close()


def test_merge_with_an_invalid_line_is_rolled_back(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=f"switchport voice clan 20\n{MERGE}")
    with pytest.raises(MergeConfigException, match="Invalid input detected"):
        device.commit_config()
    assert "second line" not in box.state().running


def test_merge_without_archive_cannot_be_armed(box: Served, device: IOSDriver) -> None:
    box.console("configure terminal", "no archive")
    device.load_merge_candidate(config=MERGE)
    with pytest.raises(Exception, match="archive"):
        device.commit_config(revert_in=60)
    assert "second line" not in box.state().running


def test_second_commit_waits_for_the_first(box: Served, device: IOSDriver) -> None:
    device.load_merge_candidate(config=MERGE)
    device.commit_config(revert_in=120)
    device.load_merge_candidate(config="hostname Other\nend\n")
    with pytest.raises(CommandErrorException, match="already in progress"):
        device.commit_config(revert_in=120)
    assert box.state().pending


def test_removal_of_a_user_is_confirmed(fresh_box: FreshBox) -> None:
    box = fresh_box("ios_xe", "customer")
    device = napalm(box)
    device.open()
    device.load_merge_candidate(config="no username helpdesk\nno username netops\nend\n")
    device.commit_config()
    device.close()
    running = box.state().running
    assert "username helpdesk" not in running
    assert "username netops" not in running
    assert "username breakglass" in running


def test_banner_arrives_byte_for_byte(box: Served, device: IOSDriver) -> None:
    text = "\n# Branch 7 ^ not a delimiter\n\n! not a comment\n" + "\n".join(f"line {n}" for n in range(40)) + "\n"
    device.load_merge_candidate(config=f"banner motd ~{text}~\nend\n")
    device.commit_config()
    assert f"banner motd ^C{text}^C\n" in box.state().running


def test_scp_needs_its_server(box: Served, device: IOSDriver) -> None:
    box.console("configure terminal", "no ip scp server enable")
    with pytest.raises(Exception, match=r"(?i)scp"):
        device.load_merge_candidate(config=MERGE)


def test_full_flash_takes_no_file(box: Served, device: IOSDriver) -> None:
    box.control.full_flash(box.name)
    with pytest.raises(MergeConfigException, match=r"(?i)space"):
        device.load_merge_candidate(config=MERGE)


def test_file_is_fetched_and_a_command_is_run_without_a_terminal(box: Served, tmp_path: Path) -> None:
    box.console("copy running-config flash:saved.cfg", "")
    session = netmiko(box)
    got = tmp_path / "saved.cfg"
    assert file_transfer(
        session, source_file="saved.cfg", dest_file=str(got), file_system="flash:", direction="get", overwrite_file=True
    )["file_verified"]
    assert got.read_text().rstrip().endswith("end")
    _, out, _ = session.remote_conn_pre.exec_command("show version")
    assert b"C1111-8P" in out.read()
    session.disconnect()


# netmiko, line by line, under the box's own timer


def armed(box: Served, minutes: int = 2) -> ConnectHandler:
    session = netmiko(box)
    session.config_mode(config_command=f"configure terminal revert timer {minutes}")
    return session


def test_lines_under_a_timer_are_confirmed(box: Served) -> None:
    session = armed(box)
    assert session.check_config_mode()
    for line in MERGE.splitlines()[:-1]:
        assert "%" not in session.send_command(line.strip(), expect_string=r"\)#")
    session.exit_config_mode()
    assert "Timer value: 2 min" in session.send_command("show archive config rollback timer")
    assert session.send_command("configure confirm") == ""
    assert "No Rollback Confirmed Change pending" in session.send_command("show archive config rollback timer")
    session.disconnect()
    assert "second line" in box.advance(300).running


def test_lines_under_a_timer_are_reverted_now(box: Served) -> None:
    before = without_header(box.state().running)
    session = armed(box)
    session.send_config_set(MERGE.splitlines()[:-1], enter_config_mode=False)
    assert "second line" in box.state().running
    answer = session.send_command("configure revert now", read_timeout=30)
    assert "Rollback Done" in answer
    session.disconnect()
    assert without_header(box.state().running) == before


def test_timer_can_be_set_anew(box: Served) -> None:
    session = armed(box, minutes=1)
    session.exit_config_mode()
    session.send_command("configure revert timer 10")
    assert box.advance(120).pending
    assert not box.advance(600).pending
    session.disconnect()


def test_refused_line_is_answered_with_the_box_s_words(box: Served) -> None:
    session = armed(box)
    answer = session.send_command("interface GigabitEthernet0/9/9", expect_string=r"\)#", strip_prompt=False)
    assert "% Invalid input detected at '^' marker." in answer
    session.exit_config_mode()
    session.disconnect()


def test_console_question_waits_for_an_answer(fresh_box: FreshBox) -> None:
    box = fresh_box("ios_xe", "customer")
    session = netmiko(box)
    session.config_mode()
    asked = session.send_command("no username helpdesk", expect_string=r"\[confirm\]")
    assert "all username related configurations" in asked
    assert "username helpdesk" in box.state().running
    session.send_command("\n", expect_string=r"\)#", strip_prompt=False, cmd_verify=False)
    assert "username helpdesk" not in box.state().running
    session.disconnect()


def test_long_output_is_paged_until_the_terminal_has_no_length(box: Served) -> None:
    session = netmiko(box)
    session.send_command("terminal length 24")
    assert "--More--" in session.send_command("show running-config", expect_string="--More--", strip_prompt=False)
    session.send_command("q", expect_string="#", cmd_verify=False)
    session.send_command("terminal length 0")
    assert session.send_command("show running-config").rstrip().endswith("end")
    session.disconnect()


def test_enable_asks_for_the_secret(fresh_box: FreshBox) -> None:
    box = fresh_box("ios_xe", "customer")
    box.console("configure terminal", f"username {USER} privilege 1")
    session = netmiko(box, secret=PASSWORD)
    assert not session.check_enable_mode()
    assert "% Invalid input" in session.send_command("show running-config")
    session.enable()
    assert session.check_enable_mode()
    session.disconnect()


# faults


def test_login_can_be_refused(box: Served) -> None:
    box.control.refuse_login(box.name)
    with pytest.raises(NetmikoAuthenticationException):
        netmiko(box)
    box.control.clear(box.name)
    netmiko(box).disconnect()


def test_user_whom_the_configuration_lost_is_shut_out(box: Served) -> None:
    box.console("configure terminal", f"no username {USER}", "")
    with pytest.raises(NetmikoAuthenticationException):
        netmiko(box)


def test_terminals_without_ssh_take_no_session(box: Served) -> None:
    box.console("configure terminal", "line vty 0 4", "transport input none")
    with pytest.raises(NetmikoTimeoutException):
        netmiko(box, conn_timeout=5)


def test_full_flash_arms_no_timer(box: Served) -> None:
    box.control.full_flash(box.name)
    session = netmiko(box)
    answer = session.send_command("configure terminal revert timer 2", expect_string="#", strip_prompt=False)
    assert "No space left on device" in answer
    assert not session.check_config_mode()
    session.disconnect()
    assert not box.state().pending


def test_host_key_can_change_and_the_port_stays(box: Served) -> None:
    new = box.control.new_host_key(box.name)
    assert new["host_key"] != box.identity["host_key"]
    netmiko(box).disconnect()


def test_connection_dies_after_so_many_lines(box: Served) -> None:
    session = armed(box)
    box.control.drop_after_lines(box.name, 2)
    with pytest.raises((OSError, EOFError, ReadTimeout)):
        for number in range(6):
            session.send_command(f"ntp server 192.0.2.{number + 1}", expect_string=r"\)#", read_timeout=3)
    running = box.state().running
    assert "ntp server 192.0.2.2" in running
    assert "ntp server 192.0.2.3" not in running
    assert "ntp server" not in box.advance(121).running


def test_box_falls_silent_after_so_many_lines(box: Served) -> None:
    session = armed(box)
    box.control.hang_after_lines(box.name, 1)
    session.send_command("ntp server 192.0.2.1", expect_string=r"\)#")
    with pytest.raises(ReadTimeout):
        session.send_command("ntp server 192.0.2.2", expect_string=r"\)#", read_timeout=2)
    assert "192.0.2.2" not in box.state().running


def test_line_is_refused_with_the_words_that_were_set(box: Served) -> None:
    words = "Command rejected: An interface must be configured to the Access or Trunk modes"
    box.control.refuse_line(box.name, "^ntp server", words)
    session = netmiko(box)
    session.config_mode()
    assert words in session.send_command("ntp server 192.0.2.1", expect_string=r"\)#", strip_prompt=False)
    session.exit_config_mode()
    session.disconnect()
    assert "ntp server" not in box.state().running


def test_configuration_breaks_off(box: Served) -> None:
    box.control.truncate_config(box.name, 200)
    session = netmiko(box)
    shown = session.send_command("show running-config")
    assert "hostname" not in shown.rsplit("!", 1)[-1]
    assert not shown.rstrip().endswith("end")
    session.disconnect()


def test_no_line_is_free(box: Served) -> None:
    box.control.vty_in_use(box.name, 5)
    with pytest.raises(NetmikoTimeoutException):
        netmiko(box, conn_timeout=5)
    with socket.create_connection((box.host, box.port), timeout=5) as plain:
        assert plain.recv(100) == b""
    box.control.vty_in_use(box.name, 4)
    netmiko(box).disconnect()


def test_sessions_are_gone_when_clients_are(box: Served) -> None:
    sessions = [netmiko(box) for _ in range(3)]
    assert box.state().sessions == 3
    for session in sessions:
        session.disconnect()
    for _ in range(20):
        if box.state().sessions == 0:
            break
    assert box.state().sessions == 0


# the serving process


def test_box_with_a_state_folder_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    spec = {
        "ready": "ready.json",
        "boxes": [
            {
                "name": "leeds-edge1",
                "platform": "ios_xe",
                "config": str(VENDORS / "ios_xe" / "states" / "factory.cfg"),
                "user": USER,
                "password": PASSWORD,
                "state": "state",
            }
        ],
    }
    (tmp_path / "spec.yml").write_text(json.dumps(spec))
    with serving(tmp_path / "spec.yml", tmp_path / "ready.json") as ready:
        control, first = Control(ready["control"]), ready["boxes"]["leeds-edge1"]
        control.console("leeds-edge1", "configure terminal", "hostname saved", "end", "write memory")
        control.console("leeds-edge1", "configure terminal", "hostname lost", "end")
    assert not (tmp_path / "ready.json").exists()
    with serving(tmp_path / "spec.yml", tmp_path / "ready.json") as ready:
        again = ready["boxes"]["leeds-edge1"]
        assert again["host_key"] == first["host_key"]
        assert "\nhostname saved\n" in Control(ready["control"]).state("leeds-edge1").running


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("boxes: []\n", "ready"),
        ("ready: r.json\nboxes: [{name: a, platform: nxos, config: x, user: u, password: p}]\n", "no virtual device"),
        ("ready: r.json\nboxes: [{name: a, platform: ios_xe, config: x, user: u, password: p}]\n", "cannot be read"),
        ("ready: [\n", "spec.yml"),
    ],
)
def test_mistake_in_the_specification_is_told_without_a_traceback(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "spec.yml").write_text(text)
    command = [sys.executable, "-m", "trunkline.lab.vendors.serve", str(tmp_path / "spec.yml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_control_tells_what_it_cannot_do(box: Served) -> None:
    with pytest.raises(ControlFailed, match="no box nobody"):
        box.control.state("nobody")
    assert box.name in box.control.boxes()
