"""What people and boxes can do wrong, through the command line: one clear sentence, an exit code, nothing half done."""

from __future__ import annotations

import base64
import json
import re
import signal
import socket
import time
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.contract.shell.team import ROOT, ROUTER, SWITCH, Team
from trunkline.lab.branch import Branch, LabFailed

IDENTITY = {ROUTER: ("ssh host key", "SHA256:"), SWITCH: ("eAPI certificate", r"([0-9A-F]{2}:){31}")}


@pytest.fixture
def looker(branch: Branch, tmp_path: Path) -> Team:
    """A team that breaks nothing on the boxes."""
    return Team(branch, tmp_path)


def odd(folder: Path, kind: str) -> Path:
    """A file that is not what a command expects."""
    path = folder / kind
    if kind == "empty":
        path.touch()
    elif kind == "binary":
        path.write_bytes(bytes(range(256)) * 8)
    elif kind == "folder":
        path.mkdir()
    elif kind == "below-a-file":
        (folder / "file").touch()
        path = folder / "file" / "below"
    return path


READS = {
    "apply": ("apply", "{odd}"),
    "estate": ("validate", "-e", "{odd}"),
    "password": ("plan", "leeds", "--vault-password-file", "{odd}"),
    "config": ("lab", "vendor", "nosuch", "--config", "{odd}"),
    "saved": ("plan", "leeds", "--from", "{odd}"),
}
WRITES = {
    "plan": ("plan", "leeds", "-o", "{odd}"),
    "markdown": ("plan", "leeds", "--markdown", "{odd}"),
    "junit": ("drift", "leeds", "--junit", "{odd}"),
}


@pytest.mark.parametrize("command", READS.values(), ids=READS)
def test_odd_file_that_is_read_is_code_1_and_a_sentence_that_names_it(looker: Team, command: tuple[str, ...]):
    for kind in ("missing", "empty", "binary", "folder", "below-a-file"):
        path = odd(looker.folder, kind)
        code, out, err = looker.run(*(word.format(odd=path) for word in command))
        assert code == 1
        assert re.search(rf"{re.escape(str(path))}|the password does not open|no virtual device for", out + err)
        assert max(len(line) for line in (out + err).splitlines()) < 400


@pytest.mark.parametrize("command", WRITES.values(), ids=WRITES)
def test_file_that_cannot_be_written_is_code_1_and_leaves_no_part_of_it(looker: Team, command: tuple[str, ...]):
    for kind in ("folder", "below-a-file"):
        path = odd(looker.folder, kind)
        before = sorted(looker.folder.rglob("*"))
        code, _, err = looker.run(*(word.format(odd=path) for word in command))
        assert code == 1
        assert re.search(rf"{re.escape(str(path))}: (is a directory|not a directory)$", err.strip(), re.MULTILINE)
        assert sorted(looker.folder.rglob("*")) == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", [("schema",), ("plan", "leeds", "--markdown", "/dev/full")])
def test_full_disk_is_one_sentence(looker: Team, command: tuple[str, ...]):
    if command == ("schema",):
        with Path("/dev/full").open("w") as full:
            process = looker.start(*command, stdout=full.fileno())
            _, err = process.communicate(timeout=60)
        code = process.returncode
    else:
        code, _, err = looker.run(*command)
    assert "Traceback" not in err
    assert code == 1
    assert "no space left on device" in err.lower()


@pytest.mark.parametrize("host", [ROUTER, SWITCH])
def test_unreachable_box_is_one_sentence_and_the_other_is_planned_all_the_same(team: Team, host: str):
    other = {ROUTER: SWITCH, SWITCH: ROUTER}[host]
    team.break_something(other)
    access = team.branch.estate_path / "access.yml"
    kept = access.read_text()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        ways = YAML(typ="safe").load(kept)
        ways[host] = {"host": "127.0.0.1", "port": port}
        with access.open("w") as stream:
            YAML(typ="safe").dump(ways, stream)
        try:
            code, out, _ = team.run("plan", "leeds")
            drift, said, _ = team.run("drift", "leeds")
        finally:
            access.write_text(kept)
    assert (code, drift) == (1, 1)
    assert f"{host}: not read: {host}: cannot be reached at 127.0.0.1 port {port}: connection refused" in out
    assert out.splitlines()[-1].startswith("1 of 1 box to change")
    assert out.splitlines()[-1].endswith("; 1 box not read")
    assert f"{host}: not read: " in said


@pytest.mark.parametrize("host", [ROUTER, SWITCH])
def test_n24_changed_identity_is_told_with_both_fingerprints_and_accepted_only_by_name(team: Team, host: str):
    team.break_something(host)
    path = team.plan()
    writes = team.branch.control.state(host).writes
    team.branch.control.new_host_key(host)
    kind, fingerprint = IDENTITY[host]
    expected = rf"{host}: its {kind} has changed: recorded is .*{fingerprint}.*, it shows .*{fingerprint}"
    for command in (("plan", "leeds"), ("apply", str(path)), ("drift", "leeds")):
        code, out, _ = team.run(*command)
        assert code == 1
        assert re.search(expected, out)
        assert f"`trunkline trust leeds --replace {host}`" in out
    assert team.run("trust", "leeds", "--yes")[0] == 1
    assert team.branch.control.state(host).writes == writes
    assert team.run("trust", "leeds", "--yes", "--replace", host)[0] == 0
    assert team.run("plan", "leeds")[0] == 0


def flash(team: Team, host: str) -> set[tuple[str, str]]:
    """Names and sizes of the files on a box's flash."""
    lines = "\n".join(team.branch.control.console(host, "dir flash:")).splitlines()
    found = (re.search(r"-rw[-x]\s+(\d+) .* (\S+)$", line) for line in lines)
    return {(match[1], match[2]) for match in found if match}


@pytest.mark.parametrize("command", [("plan", "leeds"), ("drift", "--all")])
def test_n48_commands_that_look_change_neither_running_nor_startup_nor_flash(team: Team, command: tuple[str, ...]):
    team.by_hand(ROUTER, "line vty 0 4", "length 40")
    team.by_hand(SWITCH, "interface Ethernet23", "description not saved")
    before = {host: (team.branch.control.state(host), flash(team, host)) for host in (ROUTER, SWITCH)}
    assert all(state.running != state.startup and files for state, files in before.values())
    assert team.run(*command)[0] == 0
    for host, (state, files) in before.items():
        after = team.branch.control.state(host)
        assert (after.running, after.startup, after.writes) == (state.running, state.startup, state.writes)
        assert flash(team, host) == files
        assert after.sessions == state.sessions
        assert not after.pending
    team.by_hand(ROUTER, "line vty 0 4", "no length")


def test_n22_password_is_in_nothing_that_a_run_prints_or_keeps(team: Team):
    password = team.branch.device_password
    user = team.branch.estate.policy.management.user
    canaries = [
        password.encode(),
        base64.b64encode(password.encode()).rstrip(b"="),
        base64.b64encode(f"{user}:{password}".encode()).rstrip(b"="),
    ]
    temporary = team.folder / "tmp"
    temporary.mkdir()
    said: list[str] = []

    def run(*arguments: str) -> None:
        process = team.start(*arguments, env={"TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"})
        while process.poll() is None:
            for part in ("cmdline", "environ"):
                try:
                    said.append(Path(f"/proc/{process.pid}/{part}").read_text(errors="replace"))
                except OSError:
                    break
            time.sleep(0.02)
        said.extend(filter(None, process.communicate(timeout=60)))

    team.break_something(ROUTER)
    team.break_something(SWITCH)
    plan = team.folder / "plan.json"
    run("plan", "leeds", "-o", str(plan), "--markdown", str(team.folder / "plan.md"))
    run("plan", "leeds", "--json")
    run("drift", "leeds", "--json", "--junit", str(team.folder / "drift.xml"))
    for host in (ROUTER, SWITCH):
        team.branch.control.refuse_line(host, "nat service sip|phone vlan", f"% Invalid input {password}")
    run("apply", str(plan))
    team.branch.control.clear(ROUTER)
    team.branch.control.clear(SWITCH)
    run("apply", str(plan), "--json")
    team.branch.control.refuse_login(ROUTER)
    run("drift", "leeds")
    kept = [path for folder in (team.folder, team.branch.estate_path) for path in folder.rglob("*") if path.is_file()]
    assert {"plan.json", "plan.md", "drift.xml", f"{ROUTER}.jsonl"} <= {path.name for path in kept}
    assert "Invalid input" in "".join(said)
    for canary in canaries:
        assert not any(canary in text.encode() for text in said)
        assert not [path for path in kept if canary in path.read_bytes()]


def test_n16_number_of_removals_is_printed(team: Team):
    for name in ("ONE", "TWO"):
        team.by_hand(ROUTER, f"class-map match-any TRUNKLINE-{name}", "match dscp ef")
    code, out, _ = team.run("plan", "leeds")
    assert code == 0
    assert re.search(r"1 of 2 boxes to change, \d+ lines, 2 removals, risk", out.splitlines()[-1])


def test_n44_every_box_of_a_failed_apply_has_its_state_in_json_too(team: Team):
    team.break_something(ROUTER)
    team.break_something(SWITCH)
    team.branch.control.refuse_line(ROUTER, "nat service sip udp", "% Invalid input detected at '^' marker.")
    code, out, _ = team.run("apply", str(team.plan()), "--json")
    assert code == 1
    assert [(one["host"], one["state"]) for one in json.loads(out)] == [(ROUTER, "restored"), (SWITCH, "untouched")]


def test_interrupt_before_anything_was_sent_leaves_a_state_for_every_box(team: Team):
    team.break_something(ROUTER)
    team.break_something(SWITCH)
    path = team.plan()
    team.branch.control.hang_after_lines(ROUTER, 0)
    writes = {host: team.branch.control.state(host).writes for host in (ROUTER, SWITCH)}
    process = team.start("apply", str(path), "--timer", "60")
    lock = team.branch.estate_path / ".trunkline" / "locks" / ROUTER
    deadline = time.monotonic() + 30
    while str(process.pid) not in (lock.read_text() if lock.exists() else ""):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert re.search(rf"{ROUTER} +(untouched|restored) +{ROUTER}: interrupted by you", out)
    assert f"{SWITCH}    untouched  not begun, because you interrupted the run" in out
    team.branch.control.clear(ROUTER)
    assert {host: team.branch.control.state(host).writes for host in (ROUTER, SWITCH)} == writes


def test_lab_takes_no_folder_that_holds_something_else(tmp_path: Path):
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(LabFailed, match="holds something that is no lab; it is left alone"):
        Branch(ROOT / "inventories" / "lab", tmp_path).__enter__()
    assert (tmp_path / "thesis.txt").exists()
