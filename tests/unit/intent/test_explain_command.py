"""`trunkline explain`, as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.intent.estates import estate
from trunkline.cli import run
from trunkline.console import out


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    out.cache_clear()


def explain(folder: Path, *arguments: str) -> int:
    estate(folder)
    return run(["explain", *arguments, "--estate", str(folder)])


def test_every_number_stands_with_formula_inputs_and_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(tmp_path, "leeds", "edge1", "qos") == 0
    printed = capsys.readouterr().out
    assert "ceil(calls * call)" in printed
    assert "= ceil(7 calls * 91.2 kbit/s)" in printed
    assert "Erlang B (A. K. Erlang, 1917)" in printed
    assert f"{tmp_path}/sites/leeds.yml:" in printed


def test_json_holds_the_same_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(tmp_path, "leeds", "edge1", "qos", "--json") == 0
    figures = {figure["name"]: figure for figure in json.loads(capsys.readouterr().out)}
    assert figures["fibre: voice"]["value"] == 639
    assert figures["fibre: voice"]["formula"] == "ceil(calls * call)"
    assert {"name": "calls", "value": 7, "unit": "calls"} in figures["fibre: voice"]["inputs"]
    assert figures["lte: bulk, at most"]["value"] == 1000


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("leeds", "edge", "qos"), "there is no device edge; did you mean edge1?"),
        (("leeds", "edge1", "qso"), "there is no section qso; did you mean qos?"),
        (("leeds", "edge1", "nat"), "there is no section nat; there are media_firewall, poe, qos, sip_alg, voice_vlan"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert explain(tmp_path, *arguments) == 1
    assert capsys.readouterr().err.strip() == sentence


def test_a_section_that_a_box_has_not_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(tmp_path, "leeds", "sw1", "media_firewall") == 0
    assert capsys.readouterr().out.strip() == "media_firewall of leeds-sw1 has no derived number"
