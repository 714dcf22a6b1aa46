"""The playbooks as an Ansible person runs them, against served boxes, with what goes wrong in between."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from trunkline.lab.branch import Branch
from trunkline.lab.vendors.control import BoxState

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
ROUTER, SWITCH = "leeds-edge1", "leeds-sw1"
WORDS = "% Invalid input (of the test)"
ALG_OFF = "no ip nat service sip udp port 5060"


@dataclass
class Person:
    """Somebody with Ansible and the branch's estate."""

    branch: Branch
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def start(self, *command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env={**self.branch.environment(), "ANSIBLE_NOCOLOR": "1", **self.settings},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def begin(self, playbook: str, *arguments: str) -> subprocess.Popen[str]:
        inventory = str(self.branch.estate_path / "trunkline.yml")
        return self.start("ansible-playbook", f"playbooks/{playbook}.yml", "-i", inventory, *arguments)

    def play(self, playbook: str, *arguments: str) -> tuple[int, str]:
        """Run a playbook; its exit code and what it printed, without a traceback in any case."""
        process = self.begin(playbook, *arguments)
        printed, _ = process.communicate(timeout=180)
        assert "Traceback" not in printed, printed
        return process.returncode, printed

    def done(self, playbook: str, *arguments: str) -> str:
        code, printed = self.play(playbook, *arguments)
        assert code == 0, printed
        return printed

    def recorded(self, *arguments: str) -> Mapping[str, list[str]]:
        """Run the site's playbook; the commands that it predicted or sent, by box."""
        record = self.folder / "record.json"
        self.settings["TRUNKLINE_RECORD"] = str(record)
        self.done("site", *arguments)
        return {host: box["commands"] for host, box in json.loads(record.read_text())["hosts"].items()}

    def states(self) -> Mapping[str, BoxState]:
        return {host: self.branch.control.state(host) for host in self.branch.hosts}

    def alg_on(self) -> None:
        """Let a hand switch on what the site file wants off."""
        self.branch.control.console(ROUTER, "configure terminal", ALG_OFF.removeprefix("no "), "end")


def counters(states: Mapping[str, BoxState]) -> dict[str, tuple[int, int]]:
    return {host: (state.writes, state.saves) for host, state in states.items()}


def settings(running: str) -> list[str]:
    """The lines that somebody configured: neither comments nor the size of the text."""
    return [line for line in running.splitlines() if not line.startswith(("!", "Current configuration"))]


def trusting(branch: Branch, *sites: str) -> None:
    for site in sites:
        subprocess.run([BIN / "trunkline", "trust", site, "--yes"], env=branch.environment(), check=True, cwd=ROOT)


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with Branch(ROOT / "inventories" / "lab", tmp_path_factory.mktemp("playbooks") / "branch") as branch:
        trusting(branch, "leeds")
        yield branch


@pytest.fixture(scope="module")
def as_intended(branch: Branch, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, list[str]]:
    """What the boxes carry when they are as the site file says."""
    first = Person(branch, tmp_path_factory.mktemp("first"))
    first.done("site")
    return {host: settings(state.running) for host, state in first.states().items()}


@pytest.fixture
def person(branch: Branch, as_intended: Mapping[str, list[str]], tmp_path: Path) -> Person:
    """The branch with boxes as the site file says, whatever the test before did to them."""
    one = Person(branch, tmp_path)
    for host in branch.hosts:
        branch.control.clear(host)
    branch.control.console(ROUTER, "configure terminal", ALG_OFF, "end", "write memory")
    if {host: settings(state.running) for host, state in one.states().items()} != as_intended:
        one.done("site")
    return one


def test_n57_check_mode_predicts_exactly_the_lines_that_the_run_enters_and_the_second_run_enters_none(
    tmp_path: Path,
) -> None:
    with Branch(ROOT / "inventories" / "lab", tmp_path / "branch") as branch:
        trusting(branch, "leeds")
        person = Person(branch, tmp_path)
        at_first = person.states()
        predicted = person.recorded("--check", "--diff")
        assert counters(person.states()) == counters(at_first)
        assert person.recorded() == predicted
        after = person.states()
        for host, state in after.items():
            assert [line.strip() for line in state.entered] == [line.strip() for line in predicted[host]]
        assert re.findall(r"changed=(\d+)", person.done("site")) == ["0", "0"]
        again = person.states()
        assert counters(again) == counters(after)
        assert [state.running for state in again.values()] == [state.running for state in after.values()]


def test_tags_send_only_their_sections(person: Person) -> None:
    person.alg_on()
    person.branch.control.console(SWITCH, "configure", "interface Ethernet3", "no switchport phone vlan", "end")
    before = person.states()
    person.done("site", "--tags", "sip_alg")
    after = person.states()
    assert after[ROUTER].entered[before[ROUTER].writes :] == (ALG_OFF,)
    assert after[SWITCH].writes == before[SWITCH].writes


def test_check_with_diff_shows_the_statement_and_changes_nothing(person: Person) -> None:
    person.alg_on()
    before = person.states()
    printed = person.done("site", "-l", "leeds", "--tags", "sip_alg", "--check", "--diff")
    assert "--- before: leeds-edge1 sip_alg (running)" in printed
    assert f"\n-{ALG_OFF.removeprefix('no ')}" in printed or f"\n+{ALG_OFF}" in printed
    assert counters(person.states()) == counters(before)


def test_lists_of_tasks_and_hosts_are_what_ansible_people_know(person: Person) -> None:
    tasks = person.done("site", "--list-tasks")
    for role in ("voice_vlan", "poe", "qos", "sip_alg", "media_firewall"):
        assert re.search(rf"{role} : .*TAGS: \[{role}\]", tasks)
    hosts = person.done("site", "-l", "leeds", "--list-hosts")
    assert set(re.findall(r"^ {6}(\S+)$", hosts, re.MULTILINE)) == {ROUTER, SWITCH}


def test_n02_refused_line_fails_the_host_with_the_boxs_words_and_the_box_is_as_before(person: Person) -> None:
    person.alg_on()
    person.branch.control.refuse_line(ROUTER, "no ip nat service sip udp", WORDS)
    before = person.states()[ROUTER]
    code, printed = person.play("site")
    after = person.states()[ROUTER]
    assert code == 2
    assert f"the box refuses line 1, `{ALG_OFF}`: {WORDS}" in " ".join(printed.split())
    assert settings(after.running) == settings(before.running)
    assert not after.pending
    assert f"{SWITCH}: unchanged" in printed


def test_n24_box_with_another_host_key_is_unreachable_with_both_fingerprints(person: Person) -> None:
    recorded = (person.branch.estate_path / "known_hosts").read_text()
    person.branch.control.new_host_key(ROUTER)
    try:
        code, printed = person.play("site")
    finally:
        (person.branch.estate_path / "known_hosts").unlink()
        trusting(person.branch, "leeds")
    assert code == 4
    assert len(set(re.findall(r"SHA256:[\w+/]{20,}", "".join(printed.split())))) == 2
    assert f"{ROUTER}: untouched: its ssh host key has changed" in printed
    assert (person.branch.estate_path / "known_hosts").read_text() != recorded


def test_wrong_vault_password_is_one_sentence(person: Person) -> None:
    wrong = person.folder / "password"
    wrong.write_text("wrong")
    person.settings["ANSIBLE_VAULT_PASSWORD_FILE"] = str(wrong)
    code, printed = person.play("site")
    assert code != 0
    assert "the password does not open" in " ".join(printed.split())


def test_n22_secret_is_in_nothing_that_a_run_prints_or_keeps(person: Person) -> None:
    person.alg_on()
    kept = {"cache": person.folder / "facts", "temporary": person.folder / "temporary", "home": person.folder / "home"}
    for folder in kept.values():
        folder.mkdir()
    person.settings |= {
        "ANSIBLE_CACHE_PLUGIN": "jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(kept["cache"]),
        "ANSIBLE_KEEP_REMOTE_FILES": "1",
        "ANSIBLE_LOG_PATH": str(person.folder / "ansible.log"),
        "ANSIBLE_DEBUG": "1",
        "TMPDIR": str(kept["temporary"]),
        "HOME": str(kept["home"]),
        "TRUNKLINE_RECORD": str(person.folder / "record.json"),
    }
    printed = person.done("site", "-vvvv", "--diff")
    person.branch.control.refuse_line(ROUTER, "no ip nat service sip udp", WORDS)
    person.alg_on()
    person.settings["ANSIBLE_STDOUT_CALLBACK"] = "ansible.posix.json"
    printed += person.play("site", "-vvvv", "--diff")[1]
    printed += person.play("drift", "-vvvv")[1]
    printed += person.done("plan", "-e", f"plan={person.folder / 'plan.json'}")
    secret = person.branch.device_password
    forms = [secret, base64.b64encode(secret.encode()).decode().rstrip("=")]
    files = [*person.folder.rglob("*"), *person.branch.estate_path.rglob("*")]
    texts = {str(file): file.read_bytes().decode("utf-8", "replace") for file in files if file.is_file()}
    assert len(texts) > 5
    assert [name for name, text in {**texts, "screen": printed}.items() if any(form in text for form in forms)] == []


def test_facts_in_a_cache_do_not_send_what_an_earlier_run_planned(person: Person) -> None:
    person.settings |= {
        "ANSIBLE_CACHE_PLUGIN": "jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(person.folder / "facts"),
    }
    person.alg_on()
    person.branch.control.refuse_login(SWITCH)  # so that the run ends after the section and before the commit
    person.play("site", "--tags", "sip_alg")
    person.branch.control.clear(SWITCH)
    before = person.states()
    person.done("site", "--tags", "none_of_ours")
    assert counters(person.states()) == counters(before)


def test_run_leaves_no_configuration_behind(person: Person) -> None:
    person.branch.control.refuse_login(SWITCH)
    person.play("site")
    assert list((person.branch.estate_path / ".trunkline" / "runs").glob("*/*")) == []


def test_drift_playbook_ends_with_2_and_names_box_section_and_line(person: Person) -> None:
    person.done("drift")
    person.alg_on()
    code, printed = person.play("drift")
    assert code == 2
    assert f"{ROUTER}: 1 difference in sip_alg" in printed
    assert f"{ROUTER} sip_alg" in printed
    assert re.search(rf"{SWITCH}\s*: ok=1", printed)


def test_plan_and_apply_playbooks_do_exactly_what_the_plan_says(person: Person) -> None:
    person.alg_on()
    plan = person.folder / "plan.json"
    before = person.states()
    person.done("plan", "-e", f"plan={plan}")
    assert counters(person.states()) == counters(before)
    commands = json.loads(plan.read_text())["boxes"][ROUTER]["commands"]
    assert [command["lines"] for command in commands] == [[ALG_OFF]]
    person.done("apply", "-e", f"plan={plan}")
    after = person.states()
    assert after[ROUTER].entered[before[ROUTER].writes :] == (ALG_OFF,)
    assert after[SWITCH].writes == before[SWITCH].writes


def test_n58_plan_of_a_slice_holds_its_own_boxes_only(person: Person) -> None:
    plan = person.folder / "plan.json"
    person.done("plan", "-l", SWITCH, "-e", f"plan={plan}")
    assert list(json.loads(plan.read_text())["boxes"]) == [SWITCH]


def test_n60_stale_plan_is_refused_and_nothing_is_sent(person: Person) -> None:
    person.alg_on()
    plan = person.folder / "plan.json"
    person.done("plan", "-e", f"plan={plan}")
    person.branch.control.console(ROUTER, "configure terminal", ALG_OFF, "end")
    before = counters(person.states())
    code, printed = person.play("apply", "-e", f"plan={plan}")
    assert code == 2
    assert re.search(r"sip_alg changed on the box since the plan was made.*nothing was sent", " ".join(printed.split()))
    assert counters(person.states()) == before


def waiting(person: Person, *arguments: str) -> subprocess.Popen[str]:
    """A run whose router has fallen silent in the middle of the change."""
    person.alg_on()
    person.branch.control.hang_after_lines(ROUTER, 0)
    process = person.begin("site", "-v", "--tags", "sip_alg", *arguments)
    for _ in range(300):
        if person.branch.control.state(ROUTER).pending:
            return process
        assert process.poll() is None, process.communicate()[0]
        time.sleep(0.1)
    raise AssertionError("the change did not begin")


def test_ctrl_c_takes_the_change_back_and_says_so(person: Person) -> None:
    process = waiting(person)
    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert process.returncode != 0
    assert f"{ROUTER}: restored: interrupted by you" in printed
    assert not person.branch.control.state(ROUTER).pending


def test_killed_task_is_said_to_be_unknown_and_the_next_run_puts_the_box_right(person: Person) -> None:
    process = waiting(person)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    os.kill(int(children[-1]), signal.SIGKILL)
    printed, _ = process.communicate(timeout=60)
    assert f"{ROUTER}: unknown: the box undoes what was not confirmed within 300 s" in printed
    person.branch.control.clear(ROUTER)
    code, printed = person.play("site", "--check")
    assert code == 2
    assert "waits for its confirmation" in " ".join(printed.split())
    assert "an earlier run was interrupted" in person.done("site", "-v")
    assert ALG_OFF in person.states()[ROUTER].running


def test_n58_second_run_on_a_box_is_refused_while_the_first_works(person: Person) -> None:
    process = waiting(person)
    try:
        code, printed = person.play("site", "-l", ROUTER)
        assert code == 2
        assert f"process {process_of(person)}" in printed
        assert "works on this box" in " ".join(printed.split())
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)


def process_of(person: Person) -> str:
    """The process that holds the router, as its lock says."""
    lock = person.branch.estate_path / ".trunkline" / "locks" / ROUTER
    return lock.read_text().removeprefix("process ").partition(",")[0]


def test_n44_failing_canary_leaves_every_later_box_untouched(tmp_path: Path) -> None:
    with Branch(ROOT / "inventories" / "example", tmp_path / "branch") as branch:
        trusting(branch, *branch.estate.sites)
        person = Person(branch, tmp_path)
        canary, second, *later = sorted(branch.hosts)
        branch.control.refuse_line(canary, "TRUNKLINE", WORDS)
        code, printed = person.play("site")
        states = person.states()
        assert code == 2
        assert re.search(rf"^{canary}: restored: ", printed, re.MULTILINE)
        assert not re.search(rf"^{second}: untouched", printed, re.MULTILINE)
        assert {states[host].writes for host in later} == {0}
        assert all(f"{host}: untouched: not begun, because others failed" in printed for host in later)
