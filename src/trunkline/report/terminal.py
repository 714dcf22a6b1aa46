"""A plan and its outcome on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text

from trunkline.change.apply import Outcome, State
from trunkline.change.plan import BoxPlan, Plan, SectionPlan
from trunkline.report.sections import reasons, section_lines, section_way_back, summary

RISK_STYLE = {"none": "dim", "low": "green", "medium": "yellow", "high": "red", "outage": "bold white on red"}
_STATE_STYLE = {
    State.untouched: "yellow",
    State.unchanged: "dim",
    State.changed: "green",
    State.unsaved: "bold red",
    State.restored: "yellow",
    State.unknown: "bold red",
}


def print_plan(console: Console, plan: Plan) -> None:
    """Print per box and section the commands, the risk with its reasons, and the way back."""
    for box in plan.changed:
        for line in _box(box):
            console.print(line)
    for missed in plan.not_read:
        console.print(Text(f"{missed.host}: not read: {missed.reason}", style="red"))
    console.print(summary(tuple(plan.boxes.values()), len(plan.not_read)), style="bold", markup=False)


def print_outcomes(console: Console, outcomes: Sequence[Outcome]) -> None:
    """Print what became of every box of a plan, a line each."""
    widest = max((len(outcome.host) for outcome in outcomes), default=0)
    for outcome in outcomes:
        state = Text(outcome.state, style=_STATE_STYLE[outcome.state])
        console.print(Text.assemble(outcome.host.ljust(widest), "  ", state, "  ", outcome.reason))


def _box(box: BoxPlan) -> Iterator[Text]:
    yield Text.assemble((box.host, "bold"), f"  {box.platform}  ", _risk(box.risk.name))
    for name, section in box.sections.items():
        if section.changes:
            yield from _section(box, name, section)
            yield Text()


def _section(box: BoxPlan, name: str, section: SectionPlan) -> Iterator[Text]:
    yield Text.assemble("  ", (name, "bold"), "  ", _risk(section.risk))
    for reason in reasons(section):
        yield Text(f"    {reason}", style=f"italic {RISK_STYLE[reason.risk.name]}")
    for line in section_lines(box, name):
        yield Text(f"    {line}", style="red" if line.lstrip().startswith("no ") else "green")
    yield Text("    way back:", style="dim")
    for line in section_way_back(box, name):
        yield Text(f"      {line}", style="dim")


def _risk(level: str) -> Text:
    return Text(f"risk {level}", style=RISK_STYLE[level])
