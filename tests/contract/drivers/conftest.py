"""A fresh virtual device for each driver test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .bench import PLATFORMS, Bench, Lab, worker_folder


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    serving = Lab(worker_folder(tmp_path_factory))
    yield serving
    serving.close()


@pytest.fixture(params=PLATFORMS)
def bench(lab: Lab, request: pytest.FixtureRequest) -> Bench:
    """A box of each platform."""
    return lab.bench(request.param)


@pytest.fixture
def router(lab: Lab) -> Bench:
    return lab.bench("ios_xe")


@pytest.fixture
def switch(lab: Lab) -> Bench:
    return lab.bench("eos")
