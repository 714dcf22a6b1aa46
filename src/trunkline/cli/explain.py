"""`trunkline explain SITE DEVICE SECTION`: how every number of a section came about."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from trunkline.errors import TrunklineError
from trunkline.intent import Figure, explain
from trunkline.intent.figures import quantity
from trunkline.intent.registry import section_derivations
from trunkline.model.estate import load_estate


class UnknownNameError(TrunklineError):
    """A site, a device or a section that does not exist was asked for."""

    def __init__(self, kind: str, name: str, known: Collection[str]) -> None:
        near = get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known)) or 'none'}"
        super().__init__(f"there is no {kind} {name}; {hint}")


def command(
    site: Annotated[str, typer.Argument(help="Site, as its file is named.")],
    device: Annotated[str, typer.Argument(help="Device of the site, e.g. edge1.")],
    section: Annotated[str, typer.Argument(help="Section, e.g. qos.")],
    estate: Annotated[
        Path, typer.Option("--estate", "-e", envvar="TRUNKLINE_ESTATE", help="Folder of the estate.")
    ] = Path(),
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Show how every number of a section of a box came about: formula, inputs, source."""
    figures = figures_of(estate, site, device, section)
    if as_json:
        typer.echo(json.dumps([as_mapping(figure) for figure in figures], indent=2, ensure_ascii=False))
    elif not figures:
        typer.echo(f"{section} of {site}-{device} holds no derived number")
    else:
        Console().print(table_of(figures, f"{section} of {site}-{device}"))


def figures_of(estate: Path, site: str, device: str, section: str) -> Sequence[Figure]:
    """The figures of a section of a box; UnknownNameError with the nearest name where there is none."""
    loaded = load_estate(estate)
    _known("site", site, loaded.sites)
    _known("device", device, loaded.sites[site].devices)
    _known("section", section, section_derivations())
    return explain(loaded.sites[site], loaded.policy, device, section)


def as_mapping(figure: Figure) -> dict[str, object]:
    """A figure as JSON says it."""
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "formula": figure.symbolic,
        "filled": figure.filled,
        "inputs": {
            each.name: {"value": each.value, "unit": each.unit} if each.unit else {"value": each.value}
            for each in figure.inputs
        },
        "source": figure.source,
    }


def table_of(figures: Sequence[Figure], title: str) -> Table:
    """A table with one row for each figure."""
    table = Table("figure", "value", "how", "source", title=title, title_justify="left", show_lines=True)
    for figure in figures:
        how = f"{figure.symbolic}\n= {figure.filled}"
        table.add_row(figure.name, quantity(figure.value, figure.unit), how, figure.source)
    return table


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownNameError(kind, name, known)
