"""`trunkline apply plan.json`: exactly what the plan says, under each box's own timer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trunkline.change.apply import Applier, Outcome, exit_code
from trunkline.change.journal import journal_of
from trunkline.change.plan import load_plan
from trunkline.change.planning import planned_sections, refuse_outdated
from trunkline.cli.boxes import load
from trunkline.cli.options import EstateOption, JsonOption, VaultPasswordFileOption
from trunkline.console import err, out, print_json
from trunkline.devices.registry import connect
from trunkline.devices.targets import targets
from trunkline.errors import TrunklineError
from trunkline.model.vault import Vault
from trunkline.report.sections import summary
from trunkline.report.terminal import print_outcomes
from trunkline.units import Seconds


class _Progress:
    """Each step as a line on standard error."""

    def step(self, host: str, text: str) -> None:
        err().print(f"{host}: {text}", style="dim", markup=False)


def command(
    path: Annotated[Path, typer.Argument(metavar="PLAN", help="A plan saved by `trunkline plan -o`.")],
    timer: Annotated[
        int, typer.Option(help="Seconds until a box restores itself if the change is not confirmed.")
    ] = 300,
    estate: EstateOption = None,
    vault_password_file: VaultPasswordFileOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send a plan's commands, read every box back, and keep the change only if it is what the plan says.

    A plan that was edited, or made from another state of a box or of the site files, is refused. The first box that
    fails stops the rest.

    Exit code 0 where every box is as planned. Example: trunkline apply plan.json --timer 120
    """
    plan = load_plan(path)
    loaded = load(estate, tuple(dict.fromkeys(box.site for box in plan.boxes.values())))
    if plan.estate != loaded.name:
        raise TrunklineError(f"{path} is a plan for the estate {plan.estate}, not for {loaded.path}")
    refuse_outdated(plan.changed, loaded)
    boxes = targets(loaded, Vault.open(loaded.path, vault_password_file), [box.host for box in plan.changed])
    err().print(f"plan {plan.id[:12]}: {summary(tuple(plan.boxes.values()), len(plan.not_read))}", markup=False)
    applier = Applier(
        connect=lambda host: connect(boxes[host]),
        sections=planned_sections,
        journal=journal_of(loaded.path),
        observer=_Progress(),
        timer=Seconds(timer),
    )
    outcomes: list[Outcome] = list(applier.apply(plan))
    if as_json:
        print_json([vars(outcome) for outcome in outcomes])
    else:
        print_outcomes(out(), outcomes)
    raise typer.Exit(exit_code(outcomes))
