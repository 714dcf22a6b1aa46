"""NAPALM 5.2, unmodified, over eAPI against the virtual eos; each verb, each fault."""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import (
    CommitError,
    ConnectionException,
    MergeConfigException,
    ReplaceConfigException,
    SessionLockedException,
)
from napalm.eos.eos import EOSDriver
from pyeapi.eapilib import CommandError
from pyeapi.eapilib import ConnectionError as EapiConnectionError

from .conftest import PASSWORD, USER, FreshBox, Rack, Served

STATES = resources.files("trunkline.lab.vendors.eos") / "states"
MERGE = """\
vlan 20
   name VOICE
!
interface Ethernet1
   description desk
   switchport phone vlan 20
   switchport mode trunk phone
!
banner motd
Leeds
EOF
"""
ENTERED = (
    "vlan 20",
    "name VOICE",
    "interface Ethernet1",
    "description desk",
    "switchport phone vlan 20",
    "switchport mode trunk phone",
    "banner motd",
)
RELEASES = ("4.31.3M", "4.32.2F")


@pytest.fixture
def box(fresh_box: FreshBox) -> Served:
    return fresh_box("eos")


def napalm(box: Served, **options: object) -> EOSDriver:
    driver = get_network_driver("eos")
    return driver(box.host, USER, PASSWORD, timeout=5, optional_args={"port": box.port, **options})


@pytest.fixture
def device(box: Served) -> Iterator[EOSDriver]:
    connected = napalm(box)
    connected.open()
    yield connected
    box.control.clear(box.name)
    connected.close()


class Releases(Rack):
    """Boxes of both forms in which a running commit timer is shown."""

    def __init__(self, folder: Path) -> None:
        for release in RELEASES:
            text = (STATES / "customer.cfg").read_text().replace("4.32.2F", release)
            (folder / f"{release}.cfg").write_text(text)
        boxes = [
            {
                "name": f"eos-{release}-{number}",
                "platform": "eos",
                "config": f"{release}.cfg",
                "user": USER,
                "password": PASSWORD,
            }
            for release in RELEASES
            for number in range(10)
        ]
        spec = folder / "spec.yml"
        spec.write_text(json.dumps({"ready": "ready.json", "boxes": boxes}))
        self.process = subprocess.Popen([sys.executable, "-m", "trunkline.lab.vendors.serve", str(spec)])
        self.ready = self._wait(folder / "ready.json")
        self.taken = set()


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Releases]:
    serving = Releases(tmp_path_factory.mktemp("releases"))
    yield serving
    serving.close()


@pytest.fixture(params=RELEASES)
def of_release(releases: Releases, request: pytest.FixtureRequest) -> Served:
    return releases.take("eos", request.param)


def presented(box: Served) -> str:
    """SHA-256 of the certificate that the box shows."""
    pem = ssl.get_server_certificate((box.host, box.port))
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest()


def rpc(box: Served, *commands: object, **parameters: object) -> dict:
    """One eAPI request, by hand."""
    connection = http.client.HTTPSConnection(box.host, box.port, context=ssl._create_unverified_context(), timeout=5)
    login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    params = {"version": 1, "cmds": list(commands), "format": "json", **parameters}
    body = json.dumps({"jsonrpc": "2.0", "method": "runCmds", "params": params, "id": "t"})
    connection.request("POST", "/command-api", body, {"Authorization": f"Basic {login}"})
    answer = json.loads(connection.getresponse().read())
    connection.close()
    return answer


@pytest.fixture(scope="module")
def shared(rack: Rack) -> Served:
    """A box for tests that leave nothing behind on it."""
    return rack.take("eos")


@pytest.fixture
def reader(shared: Served) -> Iterator[EOSDriver]:
    connected = napalm(shared)
    connected.open()
    yield connected
    connected.close()


class TestReading:
    def test_facts_name_the_switch(self, reader: EOSDriver) -> None:
        facts = reader.get_facts()
        assert (facts["vendor"], facts["model"]) == ("Arista", "CCS-720XP-24ZY4")
        assert facts["os_version"].startswith("4.32.2F-")
        assert facts["interface_list"][:2] == ["Ethernet1", "Ethernet2"]
        assert len(facts["interface_list"]) == 29

    def test_config_is_what_the_box_holds(self, shared: Served, reader: EOSDriver) -> None:
        config = reader.get_config()
        assert config["running"] == shared.state().running
        assert config["candidate"] == ""
        assert config["startup"].startswith("! Command: show startup-config\n! Startup-config last modified at ")

    def test_full_config_shows_the_hidden_defaults(self, reader: EOSDriver) -> None:
        assert "   poe reboot action power-off" in reader.get_config("running", full=True)["running"].splitlines()

    def test_sanitized_config_holds_no_hash(self, reader: EOSDriver) -> None:
        assert "$6$" not in reader.get_config("running", sanitized=True)["running"]

    def test_getters_have_their_shape(self, reader: EOSDriver) -> None:
        port = reader.get_interfaces()["Ethernet1"]
        assert (port["is_enabled"], port["is_up"], port["mtu"]) == (True, False, 1500)
        assert reader.get_lldp_neighbors() == {}
        assert reader.get_lldp_neighbors_detail() == {}
        assert reader.get_interfaces_counters()["Ethernet1"]["rx_octets"] == 0
        assert reader.get_vlans()["1"]["name"] == "default"

    def test_reading_changes_nothing(self, shared: Served, reader: EOSDriver) -> None:
        before = shared.state()
        reader.get_facts()
        reader.get_config()
        reader.cli(["show poe", "show configuration sessions"])
        assert shared.state() == before


class TestChange:
    def test_merge_is_compared_committed_and_saved(self, box: Served, device: EOSDriver) -> None:
        device.load_merge_candidate(config=MERGE)
        diff = device.compare_config()
        assert {"+vlan 20", "+   description desk", "+   switchport phone vlan 20"} <= set(diff.splitlines())
        assert box.state().writes == 0
        device.commit_config()
        state = box.state()
        assert state.entered == ENTERED
        assert state.saves == 1
        assert "   switchport phone vlan 20" in state.startup.splitlines()
        device.load_merge_candidate(config=MERGE)
        assert device.compare_config() == ""

    def test_discard_leaves_the_box_as_it_was(self, box: Served, device: EOSDriver) -> None:
        before = box.state()
        device.load_merge_candidate(config=MERGE)
        assert box.state().sessions == 1
        device.discard_config()
        assert box.state() == before

    def test_replace_by_its_own_text_is_no_change(self, fresh_box: FreshBox) -> None:
        box = fresh_box("eos", "customer")
        device = napalm(box)
        device.open()
        device.load_replace_candidate(config=box.state().running)
        assert device.compare_config() == ""
        device.close()

    def test_comments_of_modes_survive_a_replace(self, box: Served, device: EOSDriver) -> None:
        device.load_merge_candidate(config="ip access-list RTP\n   !! who: noc\n   10 permit ip any any\n")
        device.commit_config()
        running = box.state().running
        assert "   !! who: noc" in running.splitlines()
        device.load_replace_candidate(config=running)
        assert device.compare_config() == ""

    def test_replace_takes_away_what_is_not_named(self, fresh_box: FreshBox) -> None:
        box = fresh_box("eos", "customer")
        before = box.state().running
        device = napalm(box)
        device.open()
        device.load_replace_candidate(config=before.replace("vlan 60\n   name PRINTERS\n!\n", ""))
        assert [line for line in device.compare_config().splitlines() if line.startswith(("-", "+"))] == [
            "-vlan 60",
            "-   name PRINTERS",
            "-!",
        ]
        device.commit_config()
        assert "name PRINTERS" not in box.state().running
        device.rollback()
        assert box.state().running == before
        device.close()

    def test_rollback_goes_back_to_the_startup_configuration(self, box: Served, device: EOSDriver) -> None:
        before = box.state().running
        device.load_merge_candidate(config=MERGE)
        device.commit_config()
        device.rollback()
        assert box.state().running == before
        assert box.state().startup.splitlines()[1:] == before.splitlines()[1:]

    def test_rollback_loses_what_was_never_saved(self, box: Served, device: EOSDriver) -> None:
        box.console("configure terminal", "hostname by-hand")
        device.load_merge_candidate(config=MERGE)
        device.commit_config()
        device.rollback()
        assert "hostname by-hand" not in box.state().running

    def test_candidate_can_be_read(self, device: EOSDriver) -> None:
        device.load_merge_candidate(config=MERGE)
        assert "   switchport phone vlan 20" in device.get_config("candidate")["candidate"].splitlines()


class TestRefusedLine:
    @pytest.mark.parametrize(
        ("line", "words"),
        [
            ("bogus", "Invalid input (at token 0: 'bogus')"),
            ("interface Ethernet1\nswitchport phone vlan", "Incomplete command (at token 2: 'vlan')"),
            ("int Ethernet1", "Incomplete token (at token 0: 'int')"),
            ("no ip nat service sip udp port 5060", "Invalid input (at token 2: 'nat')"),
            (
                "interface Ethernet25\npoe disabled",
                "Unavailable command (not supported on this hardware platform)",
            ),
        ],
    )
    def test_raises_with_the_words_and_leaves_no_session(self, box: Served, line: str, words: str) -> None:
        device = napalm(box)
        device.open()
        before = box.state()
        with pytest.raises(MergeConfigException) as refused:
            device.load_merge_candidate(config=f"vlan 20\n{line}\nhostname never\n")
        assert words in str(refused.value)
        assert f"'{line.splitlines()[-1]}' failed" in str(refused.value)
        assert box.state() == before
        device.close()

    def test_nothing_is_typed_after_it(self, box: Served, device: EOSDriver) -> None:
        answer = rpc(box, "enable", "configure session t", "vlan 20", "bogus", "hostname never")
        assert answer["error"]["code"] == 1002
        assert answer["error"]["message"] == "CLI command 4 of 5 'bogus' failed: invalid command"
        assert answer["error"]["data"] == [{}, {}, {}, {"errors": ["Invalid input (at token 0: 'bogus')"]}]
        diff = rpc(box, "show session-config named t diffs", format="text")["result"][0]["output"]
        assert "+vlan 20" in diff
        assert "never" not in diff

    def test_replace_raises_its_own_exception(self, device: EOSDriver) -> None:
        with pytest.raises(ReplaceConfigException):
            device.load_replace_candidate(config="bogus\n")

    def test_a_line_of_our_choice(self, box: Served, device: EOSDriver) -> None:
        box.control.refuse_line(box.name, "^switchport mode", "% Cannot change mode; remove all members and try again.")
        with pytest.raises(MergeConfigException, match="remove all members"):
            device.load_merge_candidate(config=MERGE)
        assert box.state().sessions == 0

    def test_abbreviations_are_taken_with_auto_complete(self, box: Served) -> None:
        device = napalm(box, eos_autoComplete=True)
        device.open()
        device.load_merge_candidate(config="int Et1\n desc desk\n")
        device.commit_config()
        assert "   description desk" in box.state().running.splitlines()
        device.close()


class TestCommitConfirm:
    """Both forms in which a release shows a running timer (N14)."""

    @pytest.fixture
    def armed(self, of_release: Served) -> Iterator[tuple[Served, EOSDriver, str]]:
        device = napalm(of_release)
        device.open()
        before = of_release.state().running
        device.load_merge_candidate(config="interface Ethernet1\n switchport phone vlan 20\n")
        device.commit_config(revert_in=120)
        yield of_release, device, before
        device.config_session = None
        device.close()

    def test_timer_is_seen(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, before = armed
        assert device.has_pending_commit()
        assert box.state().pending
        assert box.state().running != before
        assert box.state().saves == 0
        (left,) = device._get_pending_commits().values()
        assert 110 <= left <= 120

    def test_confirmed_change_stays_and_is_saved(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, before = armed
        after = box.state().running
        device.confirm_commit()
        assert not device.has_pending_commit()
        state = box.advance(180)
        assert state.running == after != before
        assert "   switchport phone vlan 20" in state.startup.splitlines()

    def test_unconfirmed_change_comes_undone(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, before = armed
        assert box.advance(119).running != before
        state = box.advance(2)
        assert state.running == before
        assert not state.pending
        assert not device.has_pending_commit()
        with pytest.raises(CommitError):
            device.confirm_commit()

    def test_rollback_undoes_it_at_once(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, before = armed
        device.rollback()
        assert box.state().running == before
        assert not box.state().pending
        assert box.advance(180).running == before

    def test_closing_the_driver_undoes_it(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, before = armed
        device.close()
        assert box.state().running == before

    def test_other_commits_wait(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, _ = armed
        running = box.state().running
        other = napalm(box)
        other.open()
        other.load_merge_candidate(config="hostname other\n")
        with pytest.raises(CommandError, match="commit timer"):
            other.commit_config()
        with pytest.raises(CommitError):
            other.commit_config(revert_in=60)
        assert box.state().running == running
        assert box.state().pending
        other.close()
        device.confirm_commit()

    def test_session_with_a_timer_cannot_be_entered(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, _ = armed
        answer = rpc(box, "enable", f"configure session {device.config_session}")
        assert answer["error"]["code"] == 1000

    def test_where_the_timer_is_shown(self, armed: tuple[Served, EOSDriver, str]) -> None:
        box, device, _ = armed
        model = rpc(box, "show configuration sessions detail")["result"][0]
        row = model["sessions"][device.config_session]
        if "4.31" in box.name:
            assert row["state"] == "pendingCommitTimer"
            assert row["commitBy"] > 0
            assert "commitTimerSessionName" not in model
        else:
            assert row["state"] == "committed"
            assert model["commitTimerSessionName"] == device.config_session
            assert model["commitTimerExpireTime"] > 0


class TestSessions:
    def test_the_sixth_is_refused(self, box: Served) -> None:
        for number in range(5):
            assert "result" in rpc(box, "enable", f"configure session trunkline-{number}")
        answer = rpc(box, "enable", "configure session trunkline-5")
        assert answer["error"]["data"][1] == {"errors": ["Maximum number of pending sessions has been reached"]}
        assert box.state().sessions == 5
        assert "result" in rpc(box, "enable", "configure session trunkline-0")
        assert "result" in rpc(box, "enable", "configure session trunkline-0 abort")
        assert "result" in rpc(box, "enable", "configure session trunkline-5")

    def test_others_hold_them_all(self, box: Served, device: EOSDriver) -> None:
        box.control.vty_in_use(box.name, 5)
        device.lock_disable = True
        with pytest.raises(MergeConfigException, match="Maximum number of pending sessions has been reached"):
            device.load_merge_candidate(config=MERGE)
        device.config_session = None

    def test_somebody_elses_session_is_a_lock(self, box: Served, device: EOSDriver) -> None:
        box.control.vty_in_use(box.name, 1)
        with pytest.raises(SessionLockedException):
            device._lock()

    def test_commit_puts_the_whole_candidate_in_place(self, box: Served) -> None:
        rpc(box, "enable", "configure session t", "vlan 20")
        box.console("configure terminal", "vlan 30")
        rpc(box, "enable", "configure session t commit")
        lines = box.state().running.splitlines()
        assert "vlan 20" in lines
        assert "vlan 30" not in lines

    def test_completed_name_is_not_entered_again(self, box: Served) -> None:
        rpc(box, "enable", "configure session t", "vlan 20", "commit")
        assert "already completed" in rpc(box, "enable", "configure session t")["error"]["data"][1]["errors"][0]

    def test_unknown_session_cannot_be_committed(self, box: Served) -> None:
        assert rpc(box, "enable", "configure session nobody commit")["error"]["code"] == 1000


class TestFaults:
    def test_refused_login(self, box: Served) -> None:
        box.control.refuse_login(box.name)
        with pytest.raises((ConnectionException, EapiConnectionError), match="Unauthorized"):
            napalm(box).open()

    def test_user_that_was_removed_gets_in_no_more(self, box: Served) -> None:
        box.console("configure terminal", f"no username {USER}")
        with pytest.raises((ConnectionException, EapiConnectionError), match="Unauthorized"):
            napalm(box).open()

    def test_wrong_password(self, box: Served) -> None:
        driver = get_network_driver("eos")(box.host, USER, "wrong", optional_args={"port": box.port})
        with pytest.raises((ConnectionException, EapiConnectionError), match="Bad username/password"):
            driver.open()

    def test_certificate_is_the_announced_one_until_it_changes(self, box: Served) -> None:
        assert presented(box) == box.identity["certificate"]
        renewed = box.control.new_host_key(box.name)["certificate"]
        assert renewed != box.identity["certificate"]
        assert presented(box) == renewed

    def test_connection_dies_in_the_middle(self, box: Served, device: EOSDriver) -> None:
        before = box.state().running
        box.control.drop_after_lines(box.name, 3)
        with pytest.raises(EapiConnectionError):
            device.load_merge_candidate(config=MERGE)
        assert box.state().running == before
        assert box.state().sessions == 1
        box.control.clear(box.name)
        device.discard_config()
        assert box.state().sessions == 0

    def test_box_falls_silent_in_the_middle(self, box: Served) -> None:
        device = get_network_driver("eos")(box.host, USER, PASSWORD, timeout=1, optional_args={"port": box.port})
        device.open()
        before = box.state().running
        box.control.hang_after_lines(box.name, 2)
        with pytest.raises(EapiConnectionError, match="timed out"):
            device.load_merge_candidate(config=MERGE)
        assert box.state().running == before
        box.control.clear(box.name)
        device.close()
        assert box.state().sessions == 0

    def test_truncated_configuration(self, box: Served, device: EOSDriver) -> None:
        box.control.truncate_config(box.name, 200)
        assert device.get_config("running")["running"].strip() == box.state().running[:200].strip()

    def test_full_flash_stops_the_commit_before_it_begins(self, box: Served, device: EOSDriver) -> None:
        before = box.state().running
        box.control.full_flash(box.name)
        device.load_merge_candidate(config=MERGE)
        with pytest.raises(CommandError, match=r"Error copying .* \(No space left on device\)"):
            device.commit_config()
        assert box.state().running == before

    def test_api_that_is_switched_off_does_not_answer(self, box: Served) -> None:
        box.console("configure terminal", "management api http-commands", "shutdown")
        with pytest.raises((ConnectionException, EapiConnectionError)):
            napalm(box).open()
        box.console("configure terminal", "management api http-commands", "no shutdown")
        napalm(box).open()


class TestProtocol:
    def test_command_without_a_model_is_unconverted(self, shared: Served) -> None:
        answer = rpc(shared, "enable", "show ip access-lists")
        assert answer["error"]["code"] == 1003
        assert "To see ASCII output, set format='text'" in answer["error"]["data"][1]["errors"][0]

    def test_warning_comes_as_a_model(self, shared: Served) -> None:
        answer = rpc(shared, "enable", "configure", "interface Ethernet1", "spanning-tree portfast")
        assert answer["result"][3]["warnings"][0].startswith("portfast should only be enabled on ports")

    def test_text_comes_with_what_the_command_asks_for(self, shared: Served) -> None:
        rpc(shared, "enable", "configure", {"cmd": "banner login", "input": "one\n! two\n"}, "hostname sw9")
        lines = shared.state().running.splitlines()
        start = lines.index("banner login")
        assert lines[start + 1 : start + 4] == ["one", "! two", "EOF"]
        assert "hostname sw9" in lines

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            (b"{", -32700),
            (b"[]", -32600),
            (b'{"method": "other", "id": 1}', -32601),
            (b'{"method": "runCmds", "id": 1}', -32602),
        ],
    )
    def test_malformed_request(self, shared: Served, body: bytes, code: int) -> None:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(shared.host, shared.port, context=context, timeout=5)
        login = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        connection.request("POST", "/command-api", body, {"Authorization": f"Basic {login}"})
        assert json.loads(connection.getresponse().read())["error"]["code"] == code
        connection.close()

    def test_noise_does_no_harm(self, shared: Served) -> None:
        with socket.create_connection((shared.host, shared.port)) as plain:
            plain.sendall(b"GET / HTTP/1.0\r\n\r\n")
        assert "result" in rpc(shared, "show version")
