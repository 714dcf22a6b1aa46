"""From an estate and its boxes' running configurations to a plan: one function a site, spread over an executor."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from trunkline.change.apply import StalePlan
from trunkline.change.ownership import load_rules
from trunkline.change.plan import BoxPlan, NotRead, Plan, Sections
from trunkline.devices.errors import DeviceError
from trunkline.devices.platform import Incomplete
from trunkline.devices.registry import connect, platform
from trunkline.devices.statements import load_table
from trunkline.devices.target import Target
from trunkline.errors import TrunklineError, file_trouble
from trunkline.intent import BoxIntent, build_intents
from trunkline.model.estate import Estate
from trunkline.model.policy import Policy
from trunkline.model.site import Site
from trunkline.render import render_box
from trunkline.render.environment import ROLES


class NoSuchSection(TrunklineError):
    """A section that no role owns on any platform."""


class Unsettled(TrunklineError):
    """A box whose running configuration may vanish by itself."""


class Source(Protocol):
    """Where running configurations come from."""

    def running(self, host: str, platform_name: str) -> str:
        """The running configuration of a box, proven complete; raises TrunklineError where it cannot be had."""


@dataclass(frozen=True)
class SavedConfigurations:
    """A folder of saved running configurations, `<host>.cfg` each."""

    folder: Path

    def running(self, host: str, platform_name: str) -> str:
        """Read the saved configuration; raises TrunklineError where it is missing or cut off."""
        path = self.folder / f"{host}.cfg"
        try:
            raw = path.read_bytes().decode("utf-8", "surrogateescape")
        except FileNotFoundError:
            raise TrunklineError(
                f"{path}: no saved configuration of {host}; save `show running-config` there"
            ) from None
        except OSError as error:
            raise TrunklineError(file_trouble(error)) from None
        try:
            return platform(platform_name).reading(raw).text
        except Incomplete as error:
            raise TrunklineError(f"{path}: {error}; save it again") from None


@dataclass(frozen=True)
class LiveBoxes:
    """The boxes themselves."""

    targets: Mapping[str, Target]

    def running(self, host: str, platform_name: str) -> str:  # noqa: ARG002
        """Read the running configuration; raises DeviceError."""
        with connect(self.targets[host]) as driver:
            if pending := driver.pending():
                raise Unsettled(
                    f"{host}: a commit of {pending.owner} waits for its confirmation, so what runs now may not stay; "
                    "let its timer end, or run `trunkline apply` again if it was ours"
                )
            return driver.read().text


def box_sections(intent: BoxIntent, only: Sequence[str] = ()) -> Sections:
    """The intended sections of a box.

    A section that has nothing to say here is empty, not absent: what it said before is to be removed.
    """
    table = load_table(intent.platform)
    rules = load_rules(table, ROLES)
    texts = dict.fromkeys(sorted(rules.sections), "") | {part.section: part.text for part in render_box(intent)}
    if unknown := set(only) - set(rules.sections) - set(known_sections()):
        raise NoSuchSection(f"no section {', '.join(sorted(unknown))}; there are {', '.join(known_sections())}")
    chosen = {name: text for name, text in texts.items() if not only or name in only}
    return Sections(table, rules, chosen)


def planned_sections(box: BoxPlan) -> Sections:
    """The sections of a box as its plan intends them, whatever the site file says by now."""
    table = load_table(box.platform)
    texts = {name: section.intended for name, section in box.sections.items()}
    return Sections(table, load_rules(table, ROLES), texts)


def refuse_outdated(boxes: Iterable[BoxPlan], estate: Estate) -> None:
    """Refuse plans of boxes for which the estate's files ask something else by now, or nothing any more.

    Raises StalePlan; the errors of loading and rendering where the files have become wrong.
    """
    outdated = []
    for box in boxes:
        intents = build_intents(estate.sites[box.site], estate.policy).values()
        intent = next((one for one in intents if one.host == box.host), None)
        now = box_sections(intent).texts if intent else {}
        changed = [name for name, section in box.sections.items() if now.get(name) != section.intended]
        if changed:
            outdated.append(f"{', '.join(changed)} of {box.host}")
    if outdated:
        raise StalePlan(
            f"the files of {estate.name} ask for something else since the plan was made: {'; '.join(outdated)}; "
            "nothing was sent; make a new plan and have it reviewed"
        )


def known_sections() -> tuple[str, ...]:
    """Every network role that owns statements."""
    return tuple(sorted(path.parent.name for path in ROLES.glob("*/owned.yml")))


def plan_site(policy: Policy, source: Source, only: Sequence[str], site: Site) -> tuple[BoxPlan | NotRead, ...]:
    """Plan the network boxes of one site."""
    planned: list[BoxPlan | NotRead] = []
    for intent in build_intents(site, policy).values():
        sections = box_sections(intent, only)
        try:
            running = source.running(intent.host, intent.platform)
        except (DeviceError, TrunklineError) as error:
            planned.append(NotRead(host=intent.host, reason=str(error)))
            continue
        planned.append(sections.box_plan(intent.site, intent.host, running))
    return tuple(planned)


def make_plan(
    estate: Estate,
    sites: Iterable[Site],
    source: Source,
    *,
    revision: str,
    only: Sequence[str] = (),
    executor: AbstractContextManager[Executor] | None = None,
) -> Plan:
    """Plan some sites of an estate, spread over an executor (in this process without one).

    `revision` names the state of the files that people write. Raises CapabilityError and the errors of
    rendering; a box that cannot be read is listed in `not_read`.
    """
    work = partial(plan_site, estate.policy, source, tuple(only))
    with executor or nullcontext() as pool:
        parts = [part for planned in (pool.map(work, sites) if pool else map(work, sites)) for part in planned]
    return Plan(
        estate=estate.name,
        revision=revision,
        policy_sha256=hashlib.sha256((estate.path / "policy.yml").read_bytes()).hexdigest(),
        boxes={part.host: part for part in parts if isinstance(part, BoxPlan)},
        not_read=tuple(part for part in parts if isinstance(part, NotRead)),
    ).sealed()
