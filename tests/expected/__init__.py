"""Rendered configuration of the estates in the repository; a changed template shows its effect in the same commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from trunkline.intent import build_intents
from trunkline.model.estate import load_estate
from trunkline.render import render_box

FOLDER = Path(__file__).parent
INVENTORIES = FOLDER.parents[1] / "inventories"
ESTATES = tuple(sorted(path.parent.name for path in INVENTORIES.glob("*/policy.yml")))


def rendered(estate: str) -> Mapping[Path, str]:
    """Every section of every box of an estate, by `<estate>/<host>/<section>.cfg`."""
    return dict(_sections(estate))


def written(estate: str) -> Mapping[Path, str]:
    """What the repository holds of it."""
    paths = sorted((FOLDER / estate).glob("*/*.cfg"))
    return {path.relative_to(FOLDER): path.read_text(encoding="utf-8") for path in paths}


def _sections(estate: str) -> Iterator[tuple[Path, str]]:
    loaded = load_estate(INVENTORIES / estate)
    for site in loaded.sites.values():
        for box in build_intents(site, loaded.policy).values():
            for section in render_box(box):
                yield Path(estate, box.host, f"{section.section}.cfg"), section.text
