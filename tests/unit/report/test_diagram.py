"""The picture in the README is the one that the demo's site file gives."""

from __future__ import annotations

import re
from pathlib import Path

from trunkline.model.estate import load_estate
from trunkline.report.diagram import branch_diagram

ROOT = Path(__file__).parents[3]


def test_readme_shows_the_branch_of_the_demo_as_its_site_file_has_it() -> None:
    pictures = re.findall(r"```mermaid\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert pictures == [branch_diagram(load_estate(ROOT / "inventories" / "lab").sites["leeds"])]
