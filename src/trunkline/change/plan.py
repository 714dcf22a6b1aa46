"""The plan: what a reviewer reads and what apply does, nothing else; saved as JSON under its own hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from trunkline.change.block import added
from trunkline.change.commands import Command, Verb, to_lines
from trunkline.change.ownership import Intended, Rules, Unit, intended_units, running_units, with_others_members
from trunkline.change.remediate import Remediation, parse_intended, remediate_units
from trunkline.change.risk import Risk, weigh
from trunkline.change.tree import Path, Tree, parse
from trunkline.devices.statements import Table
from trunkline.errors import TrunklineError

FORMAT: Literal[1] = 1


class EditedPlan(TrunklineError):
    """The file is not a plan that this program wrote: its hash does not fit its content."""


class NotWritten(TrunklineError):
    """The plan could not be saved."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlannedCommand(_Frozen):
    """One line for the box, with the modes that lead to it."""

    section: str
    verb: Verb
    lines: tuple[str, ...]

    def command(self) -> Command:
        """The command as the engine writes it."""
        return Command(self.section, self.verb, self.lines)


class PlannedChange(_Frozen):
    """One statement that changes; `line` is its number in the running configuration, 0 where it is new."""

    verb: Verb
    statement: str
    where: tuple[str, ...]
    before: str
    after: str
    line: int
    risk: str
    reason: str


class SectionPlan(_Frozen):
    """What one section is, what it is to be, and what the difference puts at risk."""

    running_sha256: str
    intended: str
    changes: tuple[PlannedChange, ...]
    risk: str


class BoxPlan(_Frozen):
    """One network box: its sections, and the ordered commands of all of them as one transaction."""

    kind: Literal["network"] = "network"
    site: str
    host: str
    platform: str
    sections: Mapping[str, SectionPlan]
    commands: tuple[PlannedCommand, ...]
    rollback: tuple[PlannedCommand, ...]
    unknown_lines: int

    @property
    def risk(self) -> Risk:
        """The worst risk of its sections."""
        return max((Risk[section.risk] for section in self.sections.values()), default=Risk.none)

    def lines(self, indent: int = 1) -> list[str]:
        """The commands as a person would type them."""
        return to_lines((command.command() for command in self.commands), indent)


class NotRead(_Frozen):
    """A box whose configuration could not be read: never drift, never planned from (N21)."""

    host: str
    reason: str


class Plan(_Frozen):
    """A saved list of remediations for some sites of an estate; `id` is the sha256 of all the rest."""

    format: Literal[1] = FORMAT
    estate: str
    revision: str
    policy_sha256: str
    boxes: Mapping[str, BoxPlan]
    not_read: tuple[NotRead, ...] = ()
    id: str = ""

    def sealed(self) -> Plan:
        """The plan under its own hash."""
        return self.model_copy(update={"id": self.digest()})

    def digest(self) -> str:
        """sha256 over the canonical JSON of everything but the hash itself."""
        body = self.model_dump(mode="json", exclude={"id"})
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def changed(self) -> tuple[BoxPlan, ...]:
        """The boxes that have something to do."""
        return tuple(box for box in self.boxes.values() if box.commands)

    def save(self, path: FilePath) -> None:
        """Write the plan; the file is complete or not there."""
        partial = path.with_name(f".{path.name}.partial")
        try:
            partial.write_text(json.dumps(self.model_dump(mode="json"), indent=2, ensure_ascii=True) + "\n")
            partial.replace(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink()
            raise NotWritten(f"the plan is not saved: {path}: {(error.strerror or str(error)).lower()}") from None


def load_plan(path: FilePath) -> Plan:
    """Load a saved plan. Raises EditedPlan where it is no plan, of another format, or changed since it was made."""
    try:
        plan = Plan.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        raise EditedPlan(f"{path}: no such plan; make one with `trunkline plan … -o {path}`") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise EditedPlan(f"{path}: {place}: {first['msg']}; make the plan anew with `trunkline plan`") from None
    if plan.digest() != plan.id:
        raise EditedPlan(
            f"{path}: the content does not fit the plan's hash {plan.id[:12]}: it was edited after it was made; "
            "make the plan anew with `trunkline plan`"
        )
    return plan


class Sections:
    """The intended sections of one box, parsed once and held against any running text."""

    def __init__(self, table: Table, rules: Rules, texts: Mapping[str, str]) -> None:
        self.table = table
        self.rules = rules
        self.texts = texts
        trees = {section: parse_intended(table, section, text) for section, text in texts.items()}
        self.intended: Intended = intended_units(trees, rules)

    def box_plan(self, site: str, host: str, running: str) -> BoxPlan:
        """Compare with the running configuration of the box `host` at `site`."""
        tree = parse(self.table, running)
        before = self.owned(tree)
        wanted = with_others_members(self.intended.units, before, self.rules)
        remediation = remediate_units(tree.root, before, wanted)
        return BoxPlan(
            site=site,
            host=host,
            platform=self.table.platform,
            sections={section: self._section(section, before, remediation) for section in self.texts},
            commands=_planned(remediation.commands),
            rollback=_planned(remediation.rollback),
            unknown_lines=sum(1 for _ in tree.unknown_lines()),
        )

    def owned(self, tree: Tree) -> dict[Path, Unit]:
        """The running statements that belong to our sections."""
        return running_units(tree, self.rules, self.intended, tuple(self.texts))

    def foreign(self, running: str) -> tuple[str, ...]:
        """The lines of a running configuration that are not ours, as they stand; what is no setting left out."""
        tree = parse(self.table, running)
        ours = {
            number
            for unit in self.owned(tree).values()
            for node in unit.node.walk()
            for number in (*node.numbers, *(line.number for line in node.foreign))
        }
        return tuple(
            line
            for number, line in enumerate(running.splitlines(), start=1)
            if number not in ours and line.strip() and not line.lstrip().startswith("!") and not self._ignored(line)
        )

    def _ignored(self, line: str) -> bool:
        return any(pattern.fullmatch(line) for pattern in self.table.ignored)

    def _section(self, section: str, before: Mapping[Path, Unit], remediation: Remediation) -> SectionPlan:
        changes = tuple(self._changes(section, remediation))
        return SectionPlan(
            running_sha256=section_sha256(before, section),
            intended=self.texts[section],
            changes=changes,
            risk=max((Risk[change.risk] for change in changes), default=Risk.none).name,
        )

    def _changes(self, section: str, remediation: Remediation) -> Iterator[PlannedChange]:
        for change in remediation.changes:
            if change.section == section:
                risk, reason = weigh(self.table, change)
                yield PlannedChange(
                    verb=change.verb,
                    statement=change.statement,
                    where=change.where,
                    before=change.before,
                    after=change.after,
                    line=change.number,
                    risk=risk.name,
                    reason=reason,
                )


def section_sha256(units: Mapping[Path, Unit], section: str) -> str:
    """sha256 of what a section is on the box now: its statements in the order in which the box prints them."""
    text = "\n".join(
        "\n".join((*unit.context, *line))
        for unit in units.values()
        if unit.section == section
        for line in added(unit.node)
    )
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _planned(commands: Sequence[Command]) -> tuple[PlannedCommand, ...]:
    return tuple(PlannedCommand(section=c.section, verb=c.verb, lines=c.lines) for c in commands)
