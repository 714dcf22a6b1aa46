"""Every Molecule scenario is a test: roles against boxes in a container."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCENARIOS = sorted(file.parent.name for file in ROOT.glob("molecule/*/molecule.yml"))
NO_CONTAINERS = 77  # exit code of setup/scenario.sh


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_scenario_passes(scenario: str) -> None:
    run = subprocess.run(
        ["setup/scenario.sh", scenario],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if run.returncode == NO_CONTAINERS:
        pytest.skip(run.stdout.strip())
    print(run.stdout)
    assert run.returncode == 0
