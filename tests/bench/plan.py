"""How long a plan takes, against what exists: `python -m tests.bench.plan`; exit code 1 below the promised ratios.

Offline plan of 300 sites (router and two 48-port switches each) against plain `ansible-playbook` with
`ansible.builtin.template` on the same templates, of which a sample is measured and extrapolated by host. Remediation
and rollback of 300 changed boxes against hier_config with its stock rules. All in one run, on one machine.
"""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from hier_config import Platform, WorkflowRemediation, get_hconfig
from rich.console import Console
from rich.table import Table

from tests.bench.sites import ROOT, write_estate, write_running
from trunkline.change.ownership import load_rules
from trunkline.change.planning import SavedConfigurations, box_sections, make_plan
from trunkline.change.remediate import remediate
from trunkline.devices.statements import load_table
from trunkline.intent import build_intents, plain
from trunkline.model.estate import load_estate
from trunkline.render.environment import ROLES

SITES = 300
SAMPLE_SITES = 4
PLAN_RATIO, REMEDIATION_RATIO = 50, 5
HIER = {"ios_xe": Platform.CISCO_IOS, "eos": Platform.ARISTA_EOS}


@dataclasses.dataclass(frozen=True)
class Row:
    """One comparison, in milliseconds a box."""

    what: str
    ours: float
    peer: float
    peer_name: str
    bound: float

    @property
    def ratio(self) -> float:
        """How much faster than the peer."""
        return self.peer / self.ours


def main() -> int:
    """Measure, print, judge."""
    with tempfile.TemporaryDirectory() as folder:
        rows = list(_rows(Path(folder)))
    table = Table("what", "ours", "peer", "", "ratio", "bound", box=None, header_style="bold", pad_edge=False)
    for row in rows:
        table.add_row(
            row.what,
            f"{row.ours:.2f} ms/box",
            f"{row.peer:.2f} ms/box",
            row.peer_name,
            f"{row.ratio:.1f}",
            f"≥ {row.bound}",
        )
    Console(width=160).print(table)
    return 0 if all(row.ratio >= row.bound for row in rows) else 1


def _rows(folder: Path) -> Iterator[Row]:
    estate = write_estate(folder, SITES)
    running = folder / "running"
    boxes = write_running(estate, running)
    ours = _seconds(lambda: _plan(estate, running)) / boxes
    sample = write_estate(folder / "sample", SAMPLE_SITES)
    ansible, hosts = _ansible(sample, folder / "ansible")
    yield Row(
        f"load, render and plan {SITES} sites, {boxes} boxes",
        1000 * ours,
        1000 * ansible / hosts,
        f"ansible.builtin.template, {hosts} hosts measured, extrapolated by host",
        PLAN_RATIO,
    )
    yield _remediation(estate, running)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _plan(estate: Path, running: Path) -> None:
    loaded = load_estate(estate)
    plan = make_plan(
        loaded,
        loaded.sites.values(),
        SavedConfigurations(running),
        revision="bench",
        executor=ProcessPoolExecutor(os.cpu_count()),
    )
    assert len(plan.changed) == len(plan.boxes) == 3 * SITES, (len(plan.changed), len(plan.boxes))


def _ansible(estate: Path, folder: Path) -> tuple[float, int]:
    """Render the same templates by Ansible's own module; return seconds and the number of hosts."""
    loaded = load_estate(estate)
    intents = [i for site in loaded.sites.values() for i in build_intents(site, loaded.policy).values()]
    (folder / "out").mkdir(parents=True)
    hosts = {
        intent.host: {
            "platform_name": intent.platform,
            **{name: plain(section) for name, section in intent.sections.items()},
        }
        for intent in intents
    }
    local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
    (folder / "hosts.json").write_text(json.dumps({"all": {"hosts": hosts, "vars": local}}))
    tasks = [
        {
            "name": f"Render {section}",
            "ansible.builtin.template": {
                "src": f"{ROLES}/{section}/templates/{{{{ platform_name }}}}.j2",
                "dest": f"{folder}/out/{{{{ inventory_hostname }}}}-{section}.cfg",
                "trim_blocks": True,
            },
            "when": f"{section} is defined",
        }
        for section in sorted({name for intent in intents for name in intent.sections})
    ]
    playbook = [{"name": "Render", "hosts": "all", "gather_facts": False, "tasks": tasks}]
    (folder / "render.json").write_text(json.dumps(playbook))
    command = [
        str(Path(sys.executable).parent / "ansible-playbook"),
        "-i",
        f"{folder}/hosts.json",
        f"{folder}/render.json",
    ]
    environment = {**os.environ, "ANSIBLE_FORKS": "10", "LC_ALL": "C.UTF-8"}
    started = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    return seconds, len(intents)


def _remediation(estate: Path, running: Path) -> Row:
    """Both engines get two whole texts, and give commands and the way back."""
    loaded = load_estate(estate)
    work = []
    for site in list(loaded.sites.values())[: SITES // 3]:
        for intent in build_intents(site, loaded.policy).values():
            before, after = ((running / f"{intent.host}.{suffix}").read_text() for suffix in ("cfg", "after"))
            work.append((intent.platform, before, box_sections(intent).texts, after))

    def ours() -> None:
        for platform, before, texts, _ in work:
            table = load_table(platform)
            assert remediate(table, before, texts, load_rules(table, ROLES)).rollback

    def theirs() -> None:
        for platform, before, _, after in work:
            workflow = WorkflowRemediation(get_hconfig(HIER[platform], before), get_hconfig(HIER[platform], after))
            assert workflow.remediation_config
            assert workflow.rollback_config

    lines = sum(before.count("\n") for _, before, _, _ in work) // len(work)
    return Row(
        f"remediation and rollback of {len(work)} changed boxes, {lines} lines each",
        1000 * _seconds(ours) / len(work),
        1000 * _seconds(theirs) / len(work),
        "hier_config, stock rules",
        REMEDIATION_RATIO,
    )


if __name__ == "__main__":
    sys.exit(main())
