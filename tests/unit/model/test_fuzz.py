"""Whatever stands in the files: a loaded estate or a list of mistakes, never a traceback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.model.written import LEEDS, WrittenEstate

FILES = ["policy.yml", LEEDS]
calm = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.sampled_from(["vault:x", "dhcp", "rest", "10.0.0.0/8", "sw1:Ethernet1", "Ethernet1-9999999", "0-0", "20M", "é"]),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def fuzzed() -> Iterator[WrittenEstate]:
    with TemporaryDirectory() as folder:
        yield WrittenEstate(Path(folder))


@pytest.fixture(scope="module")
def texts(fuzzed: WrittenEstate) -> dict[str, str]:
    return {file: fuzzed.read(file) for file in FILES}


def told(fuzzed: WrittenEstate, texts: dict[str, str], file: str, text: str) -> list[str]:
    """Load with one file replaced; every mistake has a place in the file and says something."""
    (fuzzed.path / file).write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        mistakes = fuzzed.mistakes()
    finally:
        fuzzed.write(file, texts[file])
    for mistake in mistakes:
        name, line, column, rest = mistake.split(":", 3)
        assert name in FILES
        assert int(line) >= 1
        assert int(column) >= 1
        assert len(rest) > 5
    return mistakes


@calm
@given(file=st.sampled_from(FILES), text=st.text())
def test_any_text(fuzzed: WrittenEstate, texts: dict[str, str], file: str, text: str) -> None:
    assert told(fuzzed, texts, file, text)


@calm
@given(file=st.sampled_from(FILES), content=values)
def test_any_yaml(fuzzed: WrittenEstate, texts: dict[str, str], file: str, content: object) -> None:
    assert told(fuzzed, texts, file, yaml.safe_dump(content, allow_unicode=True))


@calm
@given(file=st.sampled_from(FILES), start=st.integers(0), length=st.integers(0, 40), insert=st.text(max_size=12))
def test_any_edit(
    fuzzed: WrittenEstate, texts: dict[str, str], file: str, start: int, length: int, insert: str
) -> None:
    text = texts[file]
    at = start % len(text)
    told(fuzzed, texts, file, text[:at] + insert + text[at + length :])


@calm
@given(file=st.sampled_from(FILES), choice=st.randoms(use_true_random=False), content=values)
def test_any_value_in_place_of_another(
    fuzzed: WrittenEstate, texts: dict[str, str], file: str, choice: object, content: object
) -> None:
    whole = yaml.load(texts[file], yaml.CSafeLoader)
    holders = list(_holders(whole))
    holder, key = choice.choice(holders)  # type: ignore[attr-defined]
    holder[key] = content
    told(fuzzed, texts, file, yaml.safe_dump(whole, allow_unicode=True))


def _holders(content: object) -> Iterator[tuple[object, object]]:
    items = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in items:
        yield content, key
        yield from _holders(value)
