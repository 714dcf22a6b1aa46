"""A proof: what was measured against which bound, and where to see it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

_MARK = {True: ("proved", "green"), False: ("FAILED", "bold red"), None: ("skipped", "yellow")}


@dataclass(frozen=True)
class Proof:
    """One claim; `passed` is None where the host cannot measure it, with the reason as evidence."""

    id: str
    what: str
    measured: float | None
    unit: str
    bound: float
    passed: bool | None
    evidence: str


def none_of(identity: str, what: str, measured: int, unit: str, evidence: str) -> Proof:
    """A proof that holds where nothing of the kind was counted."""
    return Proof(identity, what, measured, unit, 0, measured == 0, evidence)


def save(proofs: Sequence[Proof], path: Path) -> None:
    """Write proof.json; complete or not there."""
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps([asdict(proof) for proof in proofs], indent=2) + "\n")
    partial.replace(path)


def print_table(console: Console, proofs: Sequence[Proof]) -> None:
    """Print what was proved."""
    table = Table("id", "what", "measured", "bound", "", box=None, header_style="bold", pad_edge=False)
    for proof in proofs:
        word, style = _MARK[proof.passed]
        measured = "" if proof.measured is None else f"{proof.measured:g} {proof.unit}"
        table.add_row(proof.id, proof.what, measured, f"≤ {proof.bound:g}", Text(word, style=style))
    console.print(table)
    for proof in proofs:
        if not proof.passed:
            console.print(Text(f"{proof.id}: {proof.evidence}", style=_MARK[proof.passed][1]))
