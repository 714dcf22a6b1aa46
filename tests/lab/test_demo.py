"""The demo proves what the README says it does."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_demo_proves_each_claim_of_the_readme(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "trunkline.lab.demo", tmp_path / "demo"],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(run.stdout)
    assert run.returncode == 0
    proofs = json.loads((tmp_path / "demo" / "proof.json").read_text())
    assert [proof["id"] for proof in proofs if proof["passed"] is not True] == []
    claimed = re.findall(r"`((?:network|check|drift)\.[a-z]+)`", (ROOT / "README.md").read_text())
    assert {proof["id"] for proof in proofs} == set(claimed)
