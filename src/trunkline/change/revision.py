"""Which state of the files that people write a plan was made from."""

from __future__ import annotations

import subprocess
from pathlib import Path


def revision(estate: Path) -> str:
    """The git revision of an estate's folder, with a mark where something in it is not committed; '' without git."""
    try:
        head = _git(estate, "rev-parse", "HEAD")
        return f"{head}-dirty" if _git(estate, "status", "--porcelain", "--", ".") else head
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
