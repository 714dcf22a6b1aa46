"""Every test of the model gets an estate of its own to break."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.model.written import WrittenEstate


@pytest.fixture
def written(tmp_path: Path) -> WrittenEstate:
    return WrittenEstate(tmp_path)
