"""`trunkline explain SITE DEVICE SECTION`: how every number of a section came about."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import Annotated

import typer
from rich.table import Table

from trunkline.cli.options import EstateOption, JsonOption, estate
from trunkline.console import out, print_json
from trunkline.errors import TrunklineError
from trunkline.intent import Figure, explain
from trunkline.intent.figures import quantity
from trunkline.intent.registry import section_derivations
from trunkline.model.estate import load_estate


class UnknownNameError(TrunklineError):
    """A device or a section that does not exist was asked for."""

    def __init__(self, kind: str, name: str, known: Collection[str]) -> None:
        near = get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}"
        super().__init__(f"there is no {kind} {name}; {hint}")


def command(
    site: Annotated[str, typer.Argument(help="Site, as its file is named.")],
    device: Annotated[str, typer.Argument(help="Device of the site, such as edge1.")],
    section: Annotated[str, typer.Argument(help="Section, such as qos.")],
    estate_option: EstateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how every number of a section of a box came about: formula, inputs, source.

    Example: trunkline explain leeds edge1 qos
    """
    loaded = load_estate(estate(estate_option, [site]), [site])
    _known("device", device, loaded.sites[site].devices)
    _known("section", section, section_derivations())
    figures = explain(loaded.sites[site], loaded.policy, device, section)
    if as_json:
        print_json([as_mapping(figure) for figure in figures])
    elif figures:
        out().print(_table(figures, f"{section} of {site}-{device}"), soft_wrap=False)
    else:
        out().print(f"{section} of {site}-{device} has no derived number", markup=False)


def as_mapping(figure: Figure) -> dict[str, object]:
    """A figure as JSON says it."""
    return {
        "name": figure.name,
        "value": figure.value,
        "unit": figure.unit,
        "formula": figure.symbolic,
        "filled": figure.filled,
        "inputs": [vars(each) for each in figure.inputs],
        "source": figure.source,
    }


def _table(figures: Sequence[Figure], title: str) -> Table:
    table = Table(title=title, title_justify="left", show_lines=True)
    for heading in ("figure", "value", "how", "source"):
        table.add_column(heading, overflow="fold")
    for figure in figures:
        how = f"{figure.symbolic}\n= {figure.filled}"
        table.add_row(figure.name, quantity(figure.value, figure.unit), how, figure.source)
    return table


def _known(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        raise UnknownNameError(kind, name, known)
