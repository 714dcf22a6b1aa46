"""The two locks, requirements.yml and the collections of the ansible package hold together."""

from __future__ import annotations

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet
from packaging.version import Version
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
OUR_YAML = [file for folder in ("molecule", "playbooks", "roles") for file in ROOT.glob(f"{folder}/**/*.yml")]
# The name of a task's module: three words with dots at the start of a key.
MODULE = re.compile(r"^\s*(?:- )?([a-z_]+\.[a-z_]+)\.[a-z_]+:", re.MULTILINE)
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; [^\\]+)? \\$")


def wanted_collections() -> dict[str, SpecifierSet]:
    listed = YAML(typ="safe").load(ROOT / "requirements.yml")["collections"]
    return {each["name"]: SpecifierSet(each["version"]) for each in listed}


def locked(lock: Path) -> dict[str, str]:
    rows = [line for line in lock.read_text().splitlines() if not line.startswith(" ")]
    matches = [REQUIREMENT.match(row) for row in rows]
    assert all(matches), [row for row, match in zip(rows, matches, strict=True) if not match]
    return {match[1]: match[2] for match in matches if match}


@pytest.mark.parametrize(("name", "versions"), wanted_collections().items())
def test_ansible_package_carries_each_listed_collection(name: str, versions: SpecifierSet) -> None:
    spec = find_spec("ansible_collections")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    manifest = Path(spec.submodule_search_locations[0], *name.split("."), "MANIFEST.json")
    carried = json.loads(manifest.read_text())["collection_info"]["version"]
    assert Version(carried) in versions


def test_each_collection_in_use_is_listed_and_each_listed_one_is_in_use() -> None:
    in_use = {name for file in OUR_YAML for name in MODULE.findall(file.read_text())}
    assert in_use - {"ansible.builtin"} == set(wanted_collections())


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_lock_has_exact_versions_with_hashes_and_names_no_index(lock: Path) -> None:
    text = lock.read_text()
    assert locked(lock)
    assert not re.search(r"^\s*-(?!-hash=sha256:[0-9a-f]{64})", text, re.MULTILINE)
    assert "://" not in text


def test_development_lock_contains_the_run_time_lock() -> None:
    run, dev = (locked(ROOT / "requirements" / f"{part}.txt") for part in ("run", "dev"))
    assert run.items() <= dev.items()
