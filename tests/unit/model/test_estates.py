"""The estates that come with the project are right, for us and for an editor with the schema."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from tests.unit.model.written import WrittenEstate
from trunkline.model import estate as estate_module
from trunkline.model.estate import load_estate
from trunkline.model.policy import Policy
from trunkline.model.record import Record
from trunkline.model.site import Site
from trunkline.model.source import read

INVENTORIES = Path(__file__).parents[3] / "inventories"
FILES = sorted([*INVENTORIES.glob("*/policy.yml"), *INVENTORIES.glob("*/sites/*.yml")])


def model_of(path: Path) -> type[Record]:
    return Policy if path.name == "policy.yml" else Site


def plain(content: object) -> object:
    """JSON Schema knows lists, not tuples."""
    if isinstance(content, dict):
        return {key: plain(value) for key, value in content.items()}
    return [plain(item) for item in content] if isinstance(content, tuple) else content


def test_lab_has_one_branch() -> None:
    assert list(load_estate(INVENTORIES / "lab").sites) == ["leeds"]


def test_example_has_three_unlike_branches() -> None:
    sites = load_estate(INVENTORIES / "example").sites
    assert {name: (site.call_control, len(site.phones), site.country) for name, site in sites.items()} == {
        "lyon": ("pair", 400, "FR"),
        "whitby": ("hosted", 6, "GB"),
        "york": ("pair", 60, "GB"),
    }
    assert [link.encapsulation for link in sites["whitby"].wan] == ["ip"]
    assert {use.peer for use in sites["lyon"].ports["sw9"] if use.use == "uplink"} == {"sw8"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_schema_takes_what_we_take(path: Path) -> None:
    jsonschema.validate(plain(read(path, str(path)).content), model_of(path).model_json_schema())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("sites/leeds.yml", "down: 100M", "down: 100"),
        ("sites/leeds.yml", "poe_budget: 600W", "poe_bugdet: 600W"),
        ("sites/leeds.yml", "Ethernet1-20: desk", "Ethernet1-20: dest"),
        ("sites/leeds.yml", "{uplink: edge1}", "uplink"),
        ("sites/leeds.yml", 'extension: "201"', "extension: 201"),
        ("policy.yml", 'auth: "vault:zen_sip"', "auth: hunter2"),
        ("policy.yml", "share: 40%", "share: 40"),
    ],
)
def test_schema_refuses_in_the_editor_what_we_refuse(written: WrittenEstate, path: str, old: str, new: str) -> None:
    written.change(old, new, path)
    with pytest.raises(jsonschema.ValidationError):
        file = written.path / path
        jsonschema.validate(plain(read(file, path).content), model_of(file).model_json_schema())


@pytest.mark.parametrize("model", [Site, Policy])
def test_every_field_is_described_to_editors(model: type[Record]) -> None:
    schema = model.model_json_schema()
    for part in [schema, *(definition for definition in schema["$defs"].values() if "properties" in definition)]:
        undescribed = [name for name, field in part["properties"].items() if not {"description", "$ref"} & set(field)]
        assert undescribed == [], part["title"]


def test_sites_that_are_not_at_hand_are_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(estate_module, "_AT_HAND", 1)
    sites = load_estate(INVENTORIES / "example").sites
    assert [site.site for site in sites.values()] == ["lyon", "whitby", "york"]
    assert len(sites._at_hand) == 1
    assert "lyon" in sites
    assert "leeds" not in sites
    assert sites["lyon"].position("site").line == 3


def test_only_the_sites_asked_for_are_read(written: WrittenEstate) -> None:
    written.write("sites/york.yml", "no site\n")
    assert list(load_estate(written.path, ["leeds"]).sites) == ["leeds"]
