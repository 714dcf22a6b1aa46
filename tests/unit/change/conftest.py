"""Builders that read like the configuration they make."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from trunkline.change.commands import to_lines
from trunkline.change.ownership import Rule, Rules, rules_of
from trunkline.change.remediate import Remediation, remediate
from trunkline.devices.statements import load_table

Owns = str | dict[str, object]


def rules(platform: str, *owned: Owns) -> Rules:
    """Rules of one section `voice` that owns these statements."""
    rows = [Rule.model_validate({"statement": row} if isinstance(row, str) else row) for row in owned]
    return rules_of(load_table(platform), {"voice": rows})


def plan(platform: str, running: str, intended: str, *owned: Owns) -> Remediation:
    """Remediation of one section between two texts."""
    table = load_table(platform)
    return remediate(table, dedent(running), {"voice": dedent(intended)}, rules(platform, *owned))


@pytest.fixture
def commands() -> Callable[..., list[str]]:
    """Lines that take the running text to the intended one."""

    def of(platform: str, running: str, intended: str, *owned: Owns) -> list[str]:
        return to_lines(plan(platform, running, intended, *owned).commands)

    return of


@pytest.fixture
def way_back() -> Callable[..., list[str]]:
    """Lines that undo it."""

    def of(platform: str, running: str, intended: str, *owned: Owns) -> list[str]:
        return to_lines(plan(platform, running, intended, *owned).rollback)

    return of
