"""The Ansible plugins: from a task's arguments and a host's facts to one library call and a result."""

from __future__ import annotations

import importlib
import json
import os
import signal
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from ansible.errors import AnsibleError

from trunkline.ansible.action import TrunklineAction
from trunkline.ansible.box import Box, load_box
from trunkline.ansible.difference import difference
from trunkline.ansible.kept import Kept, forget_run
from trunkline.ansible.outcome import interruptible, outcome_result
from trunkline.ansible.secrets import open_vault
from trunkline.change.apply import Outcome, State
from trunkline.change.plan import BoxPlan, PlannedChange, SectionPlan
from trunkline.devices.errors import HostKeyChanged, Unreachable
from trunkline.lab import vendors
from trunkline.model.vault import VaultError

ROOT = Path(__file__).parents[2]
ESTATE = ROOT / "inventories" / "lab"
STATES = Path(vendors.__file__).parent
SECTIONS = ("voice_vlan", "poe", "qos", "sip_alg", "media_firewall")


def running(platform: str) -> str:
    return (STATES / platform / "states" / "customer.cfg").read_text()


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    for name in ("policy.yml", "sites"):
        (tmp_path / name).symlink_to(ESTATE / name)
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Boxes as a customer left them; lists which were read."""
    read: list[str] = []

    def answer(box: Box, _vault: object) -> str:
        read.append(box.host)
        return running(box.intent.platform)

    monkeypatch.setattr(Box, "read", answer)
    monkeypatch.setattr(TrunklineAction, "vault", None)
    return read


class Play:
    """A host in a run of Ansible: tasks one after the other, facts kept between them."""

    def __init__(self, estate: Path, device: str, *, check_mode: bool = True) -> None:
        self.check_mode = check_mode
        self.variables = {
            "inventory_hostname": f"leeds-{device}",
            "estate": str(estate),
            "site": "leeds",
            "device": device,
            "ansible_facts": {},
        }

    def task(self, name: str, **arguments: str) -> dict[str, object]:
        action = importlib.import_module(f"plugins.action.{name}").ActionModule(
            task=SimpleNamespace(
                args=arguments, check_mode=self.check_mode, diff=True, async_val=0, action=name
            ),
            connection=SimpleNamespace(_shell=SimpleNamespace(tmpdir="")),
            play_context=None,
            loader=None,
            templar=None,
            shared_loader_obj=None,
        )  # fmt: skip
        result = action.run(None, self.variables)
        assert json.dumps(result)
        self.variables["ansible_facts"] |= result.get("ansible_facts", {})
        return result

    def section(self, name: str) -> dict[str, object]:
        return self.task("trunkline_section", section=name)

    def commit(self) -> dict[str, object]:
        return self.task("trunkline_commit")


def test_commit_in_check_mode_says_the_commands_of_the_sections_that_ran_and_of_no_other(
    estate: Path, reads: list[str]
) -> None:
    play = Play(estate, "edge1")
    said = play.section("sip_alg")
    committed = play.commit()
    assert committed["commands"] == said["commands"]
    assert said["commands"] == ["no ip nat service sip tcp port 5060", "no ip nat service sip udp port 5060"]
    assert committed["changed"] is True
    assert committed["reason"] == "check mode: nothing was sent"


def test_commit_says_all_sections_as_one_transaction(estate: Path, reads: list[str]) -> None:
    play = Play(estate, "sw1")
    for name in SECTIONS:
        play.section(name)
    whole = load_box(estate, "leeds", "sw1").plan(running("eos"))
    assert play.commit()["commands"] == whole.lines()


def test_box_is_read_once_a_run_however_many_sections_it_has(estate: Path, reads: list[str]) -> None:
    play = Play(estate, "sw1")
    for name in SECTIONS:
        play.section(name)
    play.commit()
    assert reads == ["leeds-sw1"]


def test_box_is_not_read_for_a_section_that_has_nothing_to_say_on_its_platform(estate: Path, reads: list[str]) -> None:
    result = Play(estate, "sw1").section("media_firewall")
    assert result["skipped"] is True
    assert reads == []


def test_facts_carry_path_and_hash_and_never_the_configuration(estate: Path, reads: list[str]) -> None:
    facts = Play(estate, "edge1").section("qos")["ansible_facts"]
    assert isinstance(facts, Mapping)
    assert facts["trunkline_sections"] == ["qos"]
    assert set(facts["trunkline_running"]) == {"path", "sha256"}
    assert len(json.dumps(facts)) < 400


def test_commit_without_a_section_touches_nothing(estate: Path, reads: list[str]) -> None:
    result = Play(estate, "edge1", check_mode=False).commit()
    assert (result["changed"], result["commands"], result["reason"]) == (False, [], "no section ran on this box")


def test_commit_with_nothing_to_do_does_not_connect(
    estate: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Box, "read", lambda box, _: "no ip nat service sip tcp port 5060\nno ip nat service sip udp port 5060\nend\n"
    )
    monkeypatch.setattr(Box, "apply", lambda *_: pytest.fail("the box was connected to"))
    play = Play(estate, "edge1", check_mode=False)
    assert play.section("sip_alg")["changed"] is False
    assert play.commit()["changed"] is False


def test_unknown_section_is_one_sentence_that_names_the_known_ones(estate: Path, reads: list[str]) -> None:
    result = Play(estate, "edge1").section("qoss")
    assert result["failed"] is True
    assert result["msg"] == "no section qoss; there are media_firewall, poe, qos, sip_alg, voice_vlan"


def test_host_of_another_inventory_is_told_which_inventory_to_use(estate: Path) -> None:
    play = Play(estate, "edge1")
    del play.variables["estate"]
    assert play.section("qos")["msg"] == (
        "leeds-edge1 has no estate: it does not come from an estate; use -i inventories/<estate>/trunkline.yml"
    )


def test_server_is_refused_with_the_hosts_to_use(estate: Path) -> None:
    result = Play(estate, "sbc1").section("qos")
    assert result["msg"] == f"leeds-sbc1 is no router or switch of {estate}; use hosts: router:access_switch"


@pytest.mark.parametrize(
    "error",
    [
        Unreachable("leeds-edge1", "10.20.99.1", 22, "timed out"),
        HostKeyChanged("leeds-edge1", "leeds", "ssh host key", "SHA256:one", "SHA256:other"),
    ],
)
def test_n24_box_that_cannot_be_reached_or_trusted_is_unreachable_in_ansibles_sense(
    estate: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: object) -> str:
        raise error

    monkeypatch.setattr(Box, "read", refuse)
    result = Play(estate, "edge1").section("qos")
    assert result["unreachable"] is True
    assert result["msg"] == str(error)


class Loader:
    """Ansible's loader with a password that opens the vault, or one that does not."""

    def __init__(self, plain: str | None) -> None:
        self.plain = plain

    def get_text_file_contents(self, _name: str) -> str:
        if self.plain is None:
            raise AnsibleError("Decryption failed")
        return self.plain


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "secrets.yml").write_text("$ANSIBLE_VAULT;1.1;AES256\n0000\n")
    return tmp_path


def test_vault_is_opened_with_what_ansible_was_given(sealed: Path) -> None:
    vault = open_vault(sealed, Loader("device_password: Canary-7f3a9"))
    assert vault.secret("vault:device_password").get_secret_value() == "Canary-7f3a9"


@pytest.mark.parametrize(
    ("plain", "sentence"),
    [
        (None, "the password does not open {path}: give Ansible the right --vault-password-file"),
        ("- Canary-7f3a9", "{path} has to hold key: value lines: `ansible-vault edit {path}`"),
    ],
)
def test_vault_that_is_not_opened_is_one_sentence_without_its_content(
    sealed: Path, plain: str | None, sentence: str
) -> None:
    with pytest.raises(VaultError) as refused:
        open_vault(sealed, Loader(plain))
    assert str(refused.value) == sentence.format(path=sealed / "vault" / "secrets.yml")


def test_vault_in_clear_is_refused(sealed: Path) -> None:
    (sealed / "vault" / "secrets.yml").write_text("device_password: Canary-7f3a9\n")
    with pytest.raises(VaultError, match="is not encrypted"):
        open_vault(sealed, Loader("device_password: Canary-7f3a9"))


def test_wrong_argument_of_a_task_is_named(estate: Path) -> None:
    assert Play(estate, "edge1").task("trunkline_apply")["msg"] == "trunkline_apply needs the argument plan"


def test_drift_fails_and_names_box_section_and_line(estate: Path, reads: list[str]) -> None:
    result = Play(estate, "edge1").task("trunkline_drift")
    assert result["failed"] is True
    assert "leeds-edge1 sip_alg missing: `no ip nat service sip udp port 5060`" in result["drift"]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept.of({}, tmp_path, os.getpid())


def test_n22_running_configuration_is_kept_where_only_its_owner_reads_it(kept: Kept) -> None:
    kept.keep("leeds-edge1", "hostname r1\n")
    (file,) = kept.folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_bytes_that_are_no_text_come_back_as_they_were(kept: Kept) -> None:
    text = b"description B\xfcro".decode("utf-8", "surrogateescape")
    assert kept.keep("leeds-edge1", text).running("leeds-edge1") == text


def test_facts_of_an_earlier_run_in_a_cache_say_nothing(tmp_path: Path, kept: Kept) -> None:
    facts = kept.keep("leeds-edge1", "hostname r1\n").with_section("qos").facts("leeds-edge1")
    assert Kept.of(facts, tmp_path, os.getpid()).sections == ("qos",)
    assert Kept.of(facts, tmp_path, os.getppid()).sections == ()


def test_file_that_somebody_touched_is_not_believed(kept: Kept) -> None:
    after = kept.keep("leeds-edge1", "hostname r1\n")
    (kept.folder / "leeds-edge1.cfg").write_text("hostname other\n")
    assert after.running("leeds-edge1") is None


def test_what_a_killed_run_kept_is_removed_by_the_next(tmp_path: Path, kept: Kept) -> None:
    ended = os.fork()
    if ended == 0:
        os._exit(0)
    os.waitpid(ended, 0)
    Kept.of({}, tmp_path, ended).keep("leeds-edge1", "hostname r1\n")
    kept.keep("leeds-sw1", "hostname s1\n")
    assert [folder.name for folder in kept.folder.parent.iterdir()] == [kept.folder.name]


def test_end_of_a_run_removes_all_that_it_kept(tmp_path: Path, kept: Kept) -> None:
    kept.keep("leeds-edge1", "hostname r1\n")
    forget_run(tmp_path, os.getpid())
    assert not kept.folder.exists()


def changed(where: tuple[str, ...], before: str, after: str) -> PlannedChange:
    return PlannedChange(
        verb="change", statement="s", where=where, before=before, after=after, line=0, risk="low", reason=""
    )


def test_difference_shows_each_statement_below_the_modes_it_stands_in() -> None:
    port = ("interface Ethernet1",)
    section = SectionPlan(
        running_sha256="",
        intended="",
        changes=(
            changed((), "", "class-map A\n match dscp ef"),
            changed(port, "switchport phone vlan 10", "switchport phone vlan 20"),
            changed((), "qos map", ""),
            changed(port, "", "poe priority critical"),
        ),
        risk="low",
    )
    shown = difference("leeds-sw1", "qos", section)
    assert shown["before"].splitlines() == ["qos map", "interface Ethernet1", " switchport phone vlan 10"]
    assert shown["after"].splitlines() == [
        "class-map A",
        " match dscp ef",
        "interface Ethernet1",
        " switchport phone vlan 20",
        " poe priority critical",
    ]
    assert shown["before_header"] == "leeds-sw1 qos (running)"


EMPTY = BoxPlan(site="leeds", host="leeds-sw1", platform="eos", sections={}, commands=(), rollback=(), unknown_lines=0)


@pytest.mark.parametrize(
    ("state", "is_changed", "fails"),
    [
        (State.unchanged, False, False),
        (State.changed, True, False),
        (State.untouched, False, True),
        (State.restored, False, True),
        (State.unsaved, True, True),
        (State.unknown, True, True),
    ],
)
def test_task_fails_unless_the_box_is_as_planned(state: State, is_changed: bool, fails: bool) -> None:
    result = outcome_result(EMPTY, Outcome("leeds-sw1", state, "the box's words"))
    assert (result["changed"], result.get("failed", False)) == (is_changed, fails)
    if fails:
        assert result["msg"] == f"the box's words ({state.value})"


def test_signal_to_the_tasks_process_interrupts_it_once_and_then_lets_it_finish() -> None:
    finished = False
    with pytest.raises(KeyboardInterrupt), interruptible():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)
            finished = True
    assert finished
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


class Screen:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def display(self, line: str) -> None:
        self.lines.append(line)


@pytest.fixture
def callback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[object]:
    module = importlib.import_module("plugins.callback.trunkline")
    monkeypatch.setattr("atexit.register", lambda *_: None)
    one = module.CallbackModule()
    one._display = Screen()
    one._hosts = dict.fromkeys(("leeds-edge1", "leeds-sw1", "york-edge1"), None)
    record = tmp_path / "records" / "record.json"
    monkeypatch.setattr(one, "get_option", lambda _: str(record))
    yield one
    del sys.modules["plugins.callback.trunkline"]


def ended(host: str, **answer: object) -> SimpleNamespace:
    task = SimpleNamespace(action="trunkline_commit", check_mode=False)
    return SimpleNamespace(host=host, task=task, result=answer)


def test_n44_after_a_failure_every_box_of_the_play_has_its_state(callback: object) -> None:
    callback.v2_runner_on_start("leeds-edge1", SimpleNamespace(action="trunkline_commit"))
    callback.v2_runner_on_ok(ended("leeds-sw1", outcome="changed", commands=[]))
    callback.v2_runner_on_failed(ended("leeds-edge1", outcome="restored", reason="leeds-edge1: refused"))
    callback.v2_playbook_on_stats(None)
    assert callback._display.lines == [
        "leeds-edge1: restored: refused",
        "leeds-sw1: changed",
        "york-edge1: untouched: not begun, because others failed",
    ]


def test_record_holds_the_commands_of_every_box(callback: object, tmp_path: Path) -> None:
    callback.v2_runner_on_start("leeds-sw1", SimpleNamespace(action="trunkline_commit"))
    callback.v2_runner_on_ok(
        ended("leeds-sw1", outcome="changed", commands=["vlan 20"], changed=True, ansible_facts={"secret": 1})
    )
    callback.v2_playbook_on_stats(None)
    assert json.loads((tmp_path / "records" / "record.json").read_text()) == {
        "check_mode": False,
        "hosts": {"leeds-sw1": {"commands": ["vlan 20"], "outcome": "changed", "changed": True}},
    }


def test_run_without_a_task_of_ours_is_none_of_the_callbacks_business(callback: object, tmp_path: Path) -> None:
    callback.v2_runner_on_start("localhost", SimpleNamespace(action="ansible.builtin.copy"))
    callback.v2_runner_on_failed(SimpleNamespace(host="x", task=SimpleNamespace(action="copy"), result={}))
    callback.v2_playbook_on_stats(None)
    assert callback._display.lines == []
    assert not (tmp_path / "records").exists()


def test_every_network_role_is_in_the_sites_playbook_under_its_own_tag_and_has_a_scenario() -> None:
    roles = {path.parent.name for path in ROOT.glob("roles/*/owned.yml")}
    (play,) = yaml.safe_load((ROOT / "playbooks" / "site.yml").read_text())
    assert {role["role"]: role["tags"] for role in play["roles"]} == {name: name for name in roles}
    assert roles <= {path.parent.name for path in ROOT.glob("molecule/*/molecule.yml")}
