"""`trunkline validate [SITE...]`: every mistake in the files that people write."""

from __future__ import annotations

from typing import Annotated

import typer

from trunkline.cli.options import EstateOption, JsonOption, estate, estates
from trunkline.console import err, out, print_json
from trunkline.errors import InvalidFiles, Problem
from trunkline.model.estate import load_estate


def command(
    sites: Annotated[list[str] | None, typer.Argument(help="Sites; all where none is named.")] = None,
    estate_option: EstateOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check site and policy files, and print every mistake with its file, line and column.

    Exit code 1 where there are mistakes. Example: trunkline validate leeds
    """
    named = tuple(sites or ())
    problems: list[Problem] = []
    counts: dict[str, int] = {}
    for path in (estate(estate_option, named),) if named else estates(estate_option):
        try:
            with err().status(f"checking {path}"):
                counts[str(path)] = len(load_estate(path, named).sites)
        except InvalidFiles as invalid:
            counts[str(path)] = 0
            problems += invalid.problems
    if as_json:
        print_json({"valid": not problems, "estates": counts, "problems": [vars(one) for one in problems]})
    else:
        _print(problems, counts)
    raise typer.Exit(1 if problems else 0)


def _print(problems: list[Problem], counts: dict[str, int]) -> None:
    for problem in problems:
        out().print(str(problem), markup=False)
    if problems:
        mistakes = "1 mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        files = len({problem.file for problem in problems})
        out().print(f"{mistakes} in {files} file{'s' if files > 1 else ''}", style="red")
        return
    for path, count in counts.items():
        out().print(f"{path}: policy and {count} site{'s' if count != 1 else ''} are right", style="green")
