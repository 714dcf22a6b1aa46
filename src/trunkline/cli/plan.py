"""`trunkline plan [SITE...]`: what would change on the boxes, for a person to read and for apply to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trunkline.cli.boxes import load, plan_for
from trunkline.cli.options import EstateOption, JsonOption, VaultPasswordFileOption
from trunkline.console import err, out, print_json
from trunkline.report.markdown import plan_markdown
from trunkline.report.terminal import print_plan


def command(
    sites: Annotated[list[str] | None, typer.Argument(help="Sites; all where none is named.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Save the plan here, for `apply`.")] = None,
    folder: Annotated[
        Path | None,
        typer.Option("--from", help="Folder of saved configurations, <host>.cfg each; the boxes are not touched."),
    ] = None,
    section: Annotated[list[str] | None, typer.Option("--section", "-s", help="Only this section; repeatable.")] = None,
    markdown: Annotated[Path | None, typer.Option("--markdown", help="Write the view for a merge request.")] = None,
    estate: EstateOption = None,
    vault_password_file: VaultPasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare the boxes with their site files; print commands, risk and way back, and save the plan.

    Nothing is sent to a box. Exit code 1 where a box could not be read.
    Example: trunkline plan leeds --from backups/ -o plan.json
    """
    plan = plan_for(load(estate, tuple(sites or ())), folder, vault_password_file, tuple(section or ()))
    if as_json:
        print_json(plan.model_dump(mode="json"))
    else:
        print_plan(out(), plan)
    if markdown:
        markdown.write_text(plan_markdown(plan), encoding="utf-8")
    if output:
        plan.save(output)
        err().print(f"plan {plan.id[:12]} saved as {output}; apply it with `trunkline apply {output}`", markup=False)
    raise typer.Exit(1 if plan.not_read else 0)
