"""The expected files are what the estates render today."""

from __future__ import annotations

import pytest

from tests.expected import ESTATES, FOLDER, rendered, written


@pytest.mark.parametrize("estate", ESTATES)
def test_expected_files_are_up_to_date(estate: str) -> None:
    wanted, held = rendered(estate), written(estate)
    assert wanted.keys() == held.keys(), "run `make expected`"
    for path, text in wanted.items():
        assert text == held[path], f"{path}: run `make expected` and read the diff"


def test_every_estate_with_expected_files_exists() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.is_dir() and path.name[0] != "_"} == set(ESTATES)
