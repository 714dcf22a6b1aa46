"""What `make lint` runs finds nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path


def test_every_linter_is_content() -> None:
    run = subprocess.run(
        ["make", "lint"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(run.stdout)
    assert run.returncode == 0
