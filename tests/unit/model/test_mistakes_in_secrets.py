"""Secrets in clear: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "secret by its field": (
        "ups: main}\n  sbc2",
        "ups: main, password: hunter2}\n  sbc2",
        [
            (
                "sites/leeds.yml:31:72: devices.sbc1.password: is not a known key; known keys: address, model, "
                "platform, poe_budget, role, ups"
            ),
            (
                "sites/leeds.yml:31:82: devices.sbc1.password: a secret in clear; put it into vault/secrets.yml, "
                "write vault:<its key> here, and change it: it has been seen"
            ),
        ],
    ),
    "secret by its look": (
        "name: Leeds, Park Row",
        "name: Zx81aQ9mB2kLp7TtV4cRw8Yn",
        [
            (
                "sites/leeds.yml:3:7: name: a secret in clear; put it into vault/secrets.yml, write vault:<its "
                "key> here, and change it: it has been seen"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
