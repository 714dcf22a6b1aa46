"""`trunkline drift [SITE...]`: is every box what its site file says; for people and as a gate of CI."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.boxes import load, plan_for
from trunkline.cli.options import EstateOption, JsonOption, VaultPasswordFileOption
from trunkline.console import out, print_json
from trunkline.errors import TrunklineError
from trunkline.report.drift import drift_json, print_drift, write_junit


def command(
    sites: Annotated[list[str] | None, typer.Argument(help="Sites to hold against their boxes.")] = None,
    all_sites: Annotated[bool, typer.Option("--all", help="All sites of the estate.")] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of saved configurations, <host>.cfg each; the boxes are not touched."),
    ] = None,
    section: Annotated[list[str] | None, typer.Option("--section", "-s", help="Only this section; repeatable.")] = None,
    junit: Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML for CI.")] = None,
    estate: EstateOption = None,
    vault_password_file: VaultPasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Name each box, section and line that is not what the site file says; change nothing.

    Exit code 0 without drift, 2 with drift, 1 where a box could not be read.
    Example: trunkline drift --all --junit drift.xml
    """
    if bool(sites) == all_sites:
        raise TrunklineError("say which sites to look at: `trunkline drift leeds`, or `trunkline drift --all`")
    plan = plan_for(load(estate, tuple(sites or ())), folder, vault_password_file, tuple(section or ()))
    if as_json:
        print_json(drift_json(plan))
    else:
        print_drift(out(), plan)
    if junit:
        write_junit(plan, junit)
    raise typer.Exit(1 if plan.not_read else 2 if plan.changed else 0)
