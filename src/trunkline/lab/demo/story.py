"""The demo's story: each chapter does what a user does, through the user's own commands, and measures one thing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from trunkline.change.plan import Sections
from trunkline.change.planning import box_sections
from trunkline.devices.registry import connect, platform
from trunkline.devices.targets import targets
from trunkline.intent import build_intents
from trunkline.lab.branch import Branch
from trunkline.lab.demo.proof import Proof, none_of
from trunkline.lab.vendors.control import BoxState
from trunkline.model.estate import load_estate
from trunkline.model.vault import Vault
from trunkline.units import Seconds

_BIN = Path(sys.executable).parent
_ROOT = Path(__file__).resolve().parents[4]
_COMMAND_WITHIN_S = 300
SITE = "leeds"
ROUTER, SWITCH = f"{SITE}-edge1", f"{SITE}-sw1"


@dataclass(frozen=True)
class Ran:
    """A command that ended."""

    code: int
    output: str


@dataclass
class Story:
    """The running branch, and what the chapters need of it."""

    branch: Branch
    tell: Callable[[str], None]

    def run(self, *command: str, record: Path | None = None) -> Ran:
        """Run one of the user's commands against this branch."""
        environment = self.branch.environment()
        if record:
            environment["TRUNKLINE_RECORD"] = str(record)
        self.tell("$ " + " ".join(Path(word).name if word.startswith(str(_BIN)) else word for word in command))
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=_COMMAND_WITHIN_S,
            check=False,
        )
        with (self.branch.folder / "commands.log").open("a") as log:
            log.write(f"$ {' '.join(command)}\n{done.stdout}exit code {done.returncode}\n\n")
        return Ran(done.returncode, done.stdout)

    def trunkline(self, *arguments: str) -> Ran:
        """Run `trunkline …`."""
        return self.run(str(_BIN / "trunkline"), *arguments)

    def playbook(self, name: str, *arguments: str, record: Path | None = None) -> Ran:
        """Run `ansible-playbook playbooks/<name>.yml -l <site> …`."""
        inventory = self.branch.estate_path / "trunkline.yml"
        return self.run(
            str(_BIN / "ansible-playbook"), f"playbooks/{name}.yml", "-i", str(inventory), "-l", SITE, *arguments,
            record=record,
        )  # fmt: skip

    def settings(self, host: str) -> Sequence[str]:
        """What a box is set to now, without the lines that tell a time or a size."""
        raw = self.branch.control.state(host).running
        return platform(self.branch.hosts[host]).reading(raw).text.splitlines()

    def states(self) -> Mapping[str, BoxState]:
        """What is inside the boxes now."""
        return {host: self.branch.control.state(host) for host in self.branch.hosts}

    def sections(self) -> Mapping[str, Sections]:
        """What the site file, as it is now, intends for each box."""
        estate = load_estate(self.branch.estate_path)
        intents = build_intents(estate.sites[SITE], estate.policy).values()
        return {intent.host: box_sections(intent) for intent in intents}

    def left_to_do(self) -> int:
        """How many commands would still take the boxes to the intent, read back from the boxes themselves."""
        states = self.states()
        return sum(
            len(sections.box_plan(SITE, host, states[host].running).commands)
            for host, sections in self.sections().items()
        )

    def edit_site(self, old: str, new: str) -> None:
        """Change the branch's site file."""
        path = self.branch.estate_path / "sites" / f"{SITE}.yml"
        text = path.read_text()
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new))


def chapters(story: Story) -> Iterator[Proof]:
    """The whole story; each chapter leaves the branch as the next one expects it."""
    trusted = story.trunkline("trust", SITE, "--yes")
    if trusted.code:
        yield none_of("network.converged", "boxes trusted", 1, "failures", trusted.output)
        return
    at_first = story.states()
    yield from _converge(story, at_first)
    yield _idempotent(story)
    yield _foreign(story, at_first)
    yield _drift_none(story)
    yield _reverts(story)
    yield _drift_found(story)
    yield _refused(story)
    yield _removal(story, at_first[SWITCH].running)


def _converge(story: Story, at_first: Mapping[str, BoxState]) -> Iterator[Proof]:
    records = story.branch.folder / "predicted.json", story.branch.folder / "sent.json"
    checked = story.playbook("site", "--check", "--diff", record=records[0])
    unwritten = sum(state.writes - at_first[host].writes for host, state in story.states().items())
    ran = story.playbook("site", record=records[1])
    after = story.states()
    predicted = _commands(records[0])
    wrong = []
    for host, state in after.items():
        entered = [line.strip() for line in state.entered[at_first[host].writes :]]
        if entered != [line.strip() for line in predicted.get(host, [])]:
            wrong.append(host)
    ended_well = checked.code == 0 and ran.code == 0
    yield none_of(
        "check.truth",
        "check mode wrote nothing, and predicted exactly the lines that the boxes were then given",
        unwritten + len(wrong) + (not ended_well),
        "differences",
        f"{unwritten} lines written in check mode; lines differ on: {', '.join(wrong) or 'no box'}; "
        f"{sum(map(len, predicted.values()))} lines predicted",
    )
    yield none_of(
        "network.converged",
        "router and switch read back carry the intent",
        story.left_to_do() + (not ended_well),
        "commands left",
        f"running configurations under boxes/; exit codes {checked.code}, {ran.code}",
    )


def _commands(record: Path) -> Mapping[str, list[str]]:
    if not record.exists():
        return {}
    return {host: result["commands"] for host, result in json.loads(record.read_text())["hosts"].items()}


def _idempotent(story: Story) -> Proof:
    before = story.states()
    ran = story.playbook("site")
    written = sum(
        state.writes - before[host].writes + state.saves - before[host].saves for host, state in story.states().items()
    )
    changed = sum("changed=0" not in line for line in ran.output.splitlines() if "ok=" in line and "changed=" in line)
    return none_of(
        "network.idempotent",
        "second run: changed=0, write counters 0",
        written + changed + (ran.code != 0),
        "writes",
        f"{written} lines or saves counted by the boxes, {changed} hosts changed, exit code {ran.code}",
    )


def _foreign(story: Story, at_first: Mapping[str, BoxState]) -> Proof:
    lost, kept = [], 0
    after = story.states()
    for host, sections in story.sections().items():
        before, now = (sections.foreign(states[host].running) for states in (at_first, after))
        kept += len(before)
        lost += [f"{host}: {line}" for line in unified_diff(before, now, lineterm="", n=0) if line[:3] not in _HEADS]
    return none_of(
        "network.foreign",
        "lines that are not ours are byte-identical",
        len(lost),
        "lines changed",
        "; ".join(lost[:5]) or f"{kept} foreign lines compared in order",
    )


_HEADS = frozenset({"---", "+++", "@@ "})


def _drift_none(story: Story) -> Proof:
    ran = story.trunkline("drift", "--all", "--junit", str(story.branch.folder / "drift-none.xml"))
    return none_of("drift.none", "clean estate: exit code 0", ran.code, "exit code", ran.output.strip())


HANDS = {
    ROUTER: ("no ip nat service sip udp port 5060", "sip_alg", ("ip nat service sip udp port 5060",)),
    SWITCH: ("switchport phone vlan 20", "voice_vlan", ("interface Ethernet3", "no switchport phone vlan")),
}
"""What somebody takes away by hand on each box: our line, its section, and what is typed."""


def _drift_found(story: Story) -> Proof:
    """One change by hand on each box, found by name; it is left for the next chapter to mend."""
    for host, (_, _, typed) in HANDS.items():
        story.branch.control.console(host, "configure terminal", *typed, "end")
    ran = story.trunkline("drift", SITE, "--json")
    found = json.loads(ran.output[ran.output.index("{") :])["drift"] if "{" in ran.output else []
    named = {(one["host"], one["section"], one["wanted"]) for one in found}
    wrong = named ^ {(host, section, line) for host, (line, section, _) in HANDS.items()}
    return none_of(
        "drift.found",
        "one hand-made change on router and switch: each named with box, section and line, exit code 2",
        len(wrong) + (ran.code != 2),
        "mistakes",
        f"exit code {ran.code}; {'; '.join(json.dumps(one) for one in found)}",
    )


def _refused(story: Story) -> Proof:
    """The mending of that, refused by each box: the host fails with the box's words, and the box is as before."""
    words = "% Invalid input (refused by the demo)"
    before = {host: story.settings(host) for host in HANDS}
    for host, (line, _, _) in HANDS.items():
        story.branch.control.refuse_line(host, line, words)
    ran = story.playbook("site")
    wrong, evidence = 0, []
    for host, (line, _, _) in HANDS.items():
        story.branch.control.clear(host)
        told = any(host in text and line in text for text in ran.output.splitlines()) and words[2:] in ran.output
        same = story.settings(host) == before[host]
        wrong += (not told) + (not same) + story.branch.control.state(host).pending
        evidence.append(f"{host}: words {'told' if told else 'NOT told'}, box {'as before' if same else 'CHANGED'}")
    mended = story.playbook("site")
    return none_of(
        "network.refused",
        "a line that the box refuses: host failed with the box's words, box as before",
        wrong + (ran.code == 0) + (mended.code != 0) + story.left_to_do(),
        "mistakes",
        f"{'; '.join(evidence)}; exit code {ran.code}, mended afterwards with exit code {mended.code}",
    )


def _removal(story: Story, at_first: str) -> Proof:
    """Two desk ports leave the site file: all that we put there leaves the switch, and nothing else does."""
    before = story.settings(SWITCH)
    story.edit_site("Ethernet1-20: desk", "Ethernet1-18: desk")
    plan = story.branch.folder / "removal.json"
    planned = story.trunkline("plan", SITE, "-o", str(plan))
    applied = story.trunkline("apply", str(plan))
    after = story.settings(SWITCH)
    left = [
        f"{port}: {line.strip()}"
        for port in ("Ethernet19", "Ethernet20")
        for line in _port(after, port)
        if line not in _port(at_first.splitlines(), port)
    ]
    others = [
        line for line in unified_diff(_without(before), _without(after), lineterm="", n=0) if line[:3] not in _HEADS
    ]
    return none_of(
        "network.removal",
        "removed from the site file = removed from the box",
        len(left) + len(others) + sum(ran.code != 0 for ran in (planned, applied)) + story.left_to_do(),
        "lines left",
        f"ours left on the ports: {left or 'nothing'}; changed elsewhere: {others or 'nothing'}",
    )


def _port(running: Sequence[str], name: str) -> list[str]:
    lines, inside = [], False
    for line in running:
        if not line.startswith(" "):
            inside = line == f"interface {name}"
        elif inside:
            lines.append(line)
    return lines


def _without(running: Sequence[str]) -> list[str]:
    """The configuration without the two ports."""
    lines, inside = [], False
    for line in running:
        if not line.startswith(" "):
            inside = line in ("interface Ethernet19", "interface Ethernet20")
        if not inside:
            lines.append(line)
    return lines


def _reverts(story: Story) -> Proof:
    """Commit under the box's timer and never confirm: after the timer the box is as before, by itself."""
    estate = load_estate(story.branch.estate_path)
    boxes = targets(estate, Vault.open(estate.path, story.branch.vault_password_file), list(story.branch.hosts))
    lines = {
        ROUTER: ["interface GigabitEthernet0/0/0", " no ip access-group TRUNKLINE-WAN-FIBRE in"],
        SWITCH: ["interface Ethernet1", " no switchport phone vlan"],
    }
    wrong, evidence = 0, []
    for host, staged in lines.items():
        story.tell(f"{host}: commit under a timer of 60 s, nobody confirms")
        with connect(boxes[host]) as driver:
            before = driver.read()
            driver.stage(staged)
            driver.commit_confirm(Seconds(60))
            during = driver.read()
        story.branch.control.advance(host, 61)
        with connect(boxes[host]) as driver:
            after = driver.read()
        wrong += (during.sha256 == before.sha256) + (after.sha256 != before.sha256)
        evidence.append(f"{host}: {before.sha256[:8]} → {during.sha256[:8]} → {after.sha256[:8]} after 61 s")
    return none_of(
        "network.reverts",
        "a commit that nobody confirms comes back by itself",
        wrong,
        "boxes wrong",
        "; ".join(evidence) + " (the boxes' clocks were moved forward)",
    )
