"""A healthy branch without drift, and a team before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.shell.team import CLEAN, ROOT, ROUTER, SWITCH, Team
from trunkline.lab.branch import Branch


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    """A branch whose boxes are trusted and as planned."""
    with Branch(ROOT / "inventories" / "lab", tmp_path_factory.mktemp("lab") / "branch") as branch:
        team = Team(branch, branch.folder)
        code, out, err = team.run("trust", "leeds", "--yes")
        assert code == 0, out + err
        code, out, err = team.run("apply", str(team.plan()))
        assert code == 0, out + err
        yield branch


@pytest.fixture
def team(branch: Branch, tmp_path: Path) -> Iterator[Team]:
    """A team before a healthy branch without drift; what a test leaves broken is mended after it."""
    team = Team(branch, tmp_path)
    yield team
    for host in (ROUTER, SWITCH):
        branch.control.clear(host)
        branch.control.advance(host, 3600)
    if team.run("plan", "leeds", "-o", str(tmp_path / "mend.json"))[1].strip() != CLEAN:
        code, out, err = team.run("apply", str(tmp_path / "mend.json"))
        assert code == 0, out + err
