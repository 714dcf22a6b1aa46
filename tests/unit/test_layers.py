"""Imports go one way: a module imports only from layers to its left."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "trunkline"
LAYERS = [
    {"errors", "units"},
    {"model"},
    {"intent"},
    {"render"},
    {"devices"},
    {"change"},
    {"report"},
    {"console"},
    {"lab"},
    {"cli", "ansible"},
]
DEPTH = {name: depth for depth, names in enumerate(LAYERS) for name in names}


def modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def layer_of(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def imported_layers(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module == "trunkline":
            names = [f"trunkline.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [node.module]
        for name in names:
            package, _, rest = name.partition(".")
            if package == "trunkline" and rest:
                yield rest.partition(".")[0], node.lineno


def backward(path: Path, source: str) -> list[str]:
    own = layer_of(path)
    return [
        f"{path.name}:{line}: {own} imports {layer}"
        for layer, line in imported_layers(source)
        if layer in DEPTH and DEPTH[layer] > DEPTH[own]
    ]


def test_every_package_has_its_layer() -> None:
    found = {layer_of(path) for path in modules()} - {"__init__"}
    assert found <= set(DEPTH), "give the new package its place in LAYERS"


def test_no_import_goes_backwards() -> None:
    wrong = [
        arrow
        for path in modules()
        if path.parent != SOURCE or path.stem != "__init__"
        for arrow in backward(path, path.read_text("utf-8"))
    ]
    assert wrong == []


def test_a_backward_import_is_seen() -> None:
    path = SOURCE / "model" / "site.py"
    assert backward(path, "def f():\n    from trunkline.change import plan\n") == ["site.py:2: model imports change"]
    assert backward(path, "from trunkline import cli\n") == ["site.py:1: model imports cli"]
    assert backward(path, "from trunkline.units import Kbps\nimport trunkline.errors\n") == []


@pytest.mark.parametrize("path", sorted((SOURCE / "lab" / "vendors").rglob("*.py")), ids=lambda path: path.stem)
def test_virtual_devices_know_nothing_of_what_they_judge(path: Path) -> None:
    judged = {"model", "intent", "render", "devices", "change"}
    assert not judged & {layer for layer, _ in imported_layers(path.read_text("utf-8"))}
