"""Drift for people, for machines and for CI: which box, section and line is not what the site file says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console
from rich.text import Text

from trunkline.change.plan import Plan, PlannedChange
from trunkline.report.sections import boxes_counted, counted


@dataclass(frozen=True)
class Drift:
    """One statement that is not as intended; `line` is its number in the running configuration, 0 where it lacks."""

    host: str
    section: str
    line: int
    where: str
    found: str
    wanted: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "missing"
        if self.found and self.wanted:
            what = f"`{self.found}` should be `{self.wanted}`"
        else:
            what = f"`{self.found}` should not be there" if self.found else f"`{self.wanted}`"
        inside = f" in `{self.where}`" if self.where else ""
        return f"{self.host} {self.section} {place}{inside}: {what}"


def drift_of(plan: Plan) -> tuple[Drift, ...]:
    """Every difference that a plan would mend."""
    return tuple(
        _drift(box.host, name, change)
        for box in plan.boxes.values()
        for name, section in box.sections.items()
        for change in section.changes
    )


def _drift(host: str, section: str, change: PlannedChange) -> Drift:
    def first(text: str) -> str:
        return text.split("\n", 1)[0].strip()

    return Drift(host, section, change.line, " > ".join(change.where), first(change.before), first(change.after))


def print_drift(console: Console, plan: Plan) -> None:
    """Print each difference, and each box that was not read."""
    found = drift_of(plan)
    for one in found:
        console.print(Text(str(one), style="yellow"))
    for box in plan.not_read:
        console.print(Text(f"{box.host}: not read: {box.reason}", style="red"))
    boxes = len({one.host for one in found})
    clean = len(plan.boxes) - boxes
    sentence = f"{counted(len(found), 'difference')} on {boxes} of {boxes_counted(len(plan.boxes))}, {clean} clean"
    if plan.not_read:
        sentence += f", {boxes_counted(len(plan.not_read))} not read"
    unknown = sum(box.unknown_lines for box in plan.boxes.values())
    console.print(f"{sentence}; {counted(unknown, 'line')} outside our table left alone", style="bold", markup=False)


def drift_json(plan: Plan) -> dict[str, object]:
    """The drift of an estate for machines."""
    return {
        "estate": plan.estate,
        "boxes": len(plan.boxes),
        "drift": [vars(one) for one in drift_of(plan)],
        "not_read": [box.model_dump() for box in plan.not_read],
    }


def write_junit(plan: Plan, path: Path) -> None:
    """Write one test case per box and section: failed where it drifted, in error where the box was not read."""
    suite = ElementTree.Element("testsuite", name=f"trunkline drift {plan.estate}")
    counts = {"tests": 0, "failures": 0, "errors": 0}
    for host, section, failures in _cases(plan):
        case = ElementTree.SubElement(suite, "testcase", classname=host, name=section)
        counts["tests"] += 1
        if failures:
            counts["failures"] += 1
            failure = ElementTree.SubElement(case, "failure", message=counted(len(failures), "difference"))
            failure.text = "\n".join(str(one) for one in failures)
    for box in plan.not_read:
        case = ElementTree.SubElement(suite, "testcase", classname=box.host, name="read")
        ElementTree.SubElement(case, "error", message=box.reason)
        counts["tests"] += 1
        counts["errors"] += 1
    suite.attrib.update({name: str(number) for name, number in counts.items()})
    ElementTree.indent(suite)
    ElementTree.ElementTree(suite).write(path, encoding="utf-8", xml_declaration=True)


def _cases(plan: Plan) -> Iterator[tuple[str, str, list[Drift]]]:
    found = drift_of(plan)
    for box in plan.boxes.values():
        for section in box.sections:
            yield box.host, section, [one for one in found if (one.host, one.section) == (box.host, section)]
