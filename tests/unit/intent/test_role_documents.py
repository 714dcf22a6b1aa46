"""argument_specs are the documentation of a role: they say exactly what the inventory hands it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.unit.intent.estates import LEEDS, YORK, estate
from trunkline.intent import build_intents
from trunkline.intent.plain import Plain, plain
from trunkline.intent.registry import section_derivations
from trunkline.render.environment import ROLES

Documented = dict[str, dict[str, object]]


def documented(section: str) -> Documented:
    spec = yaml.safe_load((ROLES / section / "meta" / "argument_specs.yml").read_text())
    options: Documented = spec["argument_specs"]["main"]["options"][section]["options"]
    return options


def handed_over(section: str, folder: Path) -> Iterator[dict[str, Plain]]:
    for text in (LEEDS, YORK):
        loaded = estate(folder / text.split()[1], text)
        for site in loaded.sites.values():
            for box in build_intents(site, loaded.policy).values():
                if section in box.sections:
                    yield plain(box.sections[section])


def unknown(values: dict[str, Plain], options: Documented, path: str) -> Iterator[str]:
    for name, value in values.items():
        if name not in options:
            yield f"{path}.{name}"
            continue
        inner = options[name].get("options")
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            if isinstance(row, dict) and isinstance(inner, dict):
                yield from unknown(row, inner, f"{path}.{name}")


@pytest.mark.parametrize("section", section_derivations())
def test_every_variable_of_a_role_is_documented(section: str, tmp_path: Path) -> None:
    undocumented = {
        name for values in handed_over(section, tmp_path) for name in unknown(values, documented(section), section)
    }
    assert undocumented == set()


@pytest.mark.parametrize("section", section_derivations())
def test_no_document_names_a_variable_that_is_gone(section: str, tmp_path: Path) -> None:
    handed = {name for values in handed_over(section, tmp_path) for name in values}
    assert set(documented(section)) - handed == set()


@pytest.mark.parametrize("section", section_derivations())
def test_a_role_has_what_a_reader_looks_for(section: str) -> None:
    files = {"README.md", "defaults/main.yml", "meta/main.yml", "meta/argument_specs.yml", "owned.yml"}
    assert {name for name in files if not (ROLES / section / name).is_file()} == set()
