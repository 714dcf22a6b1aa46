"""One box as a task meets it: its site file, its intent, and the way to it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trunkline.change.apply import Applier, Observer, Outcome, State
from trunkline.change.journal import journal_of
from trunkline.change.plan import BoxPlan, Plan, Sections
from trunkline.change.planning import LiveBoxes, box_sections, planned_sections
from trunkline.change.revision import revision
from trunkline.devices.registry import connect
from trunkline.devices.target import Target
from trunkline.devices.targets import targets
from trunkline.errors import TrunklineError
from trunkline.intent import BoxIntent, build_intents
from trunkline.model.estate import Estate, load_estate
from trunkline.model.vault import Vault


class NoNetworkBox(TrunklineError):
    """The host is a server, or no device of its site."""


class NotRecovered(TrunklineError):
    """What an interrupted run left on the box could not be taken back."""


@dataclass(frozen=True)
class Box:
    """A router or switch with what its site file says of it."""

    estate: Estate
    intent: BoxIntent

    @property
    def host(self) -> str:
        """Its name everywhere: `<site>-<device>`."""
        return self.intent.host

    def sections(self, only: Sequence[str] = ()) -> Sections:
        """Its intended sections."""
        return box_sections(self.intent, only)

    def plan(self, running: str, only: Sequence[str] = ()) -> BoxPlan:
        """What takes a running configuration to the intended sections."""
        return self.sections(only).box_plan(self.intent.site, self.host, running)

    def alone(self, plan: BoxPlan) -> Plan:
        """A plan of this box only."""
        policy = (self.estate.path / "policy.yml").read_bytes()
        return Plan(
            estate=self.estate.name,
            revision=revision(self.estate.path),
            policy_sha256=hashlib.sha256(policy).hexdigest(),
            boxes={self.host: plan},
        ).sealed()

    def target(self, vault: Vault) -> Target:
        """The way to it."""
        return targets(self.estate, vault, [self.host])[self.host]

    def apply(self, plan_id: str, plan: BoxPlan, vault: Vault, observer: Observer) -> Outcome:
        """Do what a plan says of it."""
        target = self.target(vault)
        applier = Applier(lambda _: connect(target), planned_sections, journal_of(self.estate.path), observer)
        return applier.apply_box(plan_id, plan)

    def read(self, vault: Vault) -> str:
        """Its running configuration. Raises DeviceError; Unsettled where a commit waits for its confirmation."""
        return LiveBoxes({self.host: self.target(vault)}).running(self.host, self.intent.platform)

    def recover(self, vault: Vault, observer: Observer) -> str:
        """Take back what an interrupted run of ours left pending; says what was found, nothing where nothing was."""
        if journal_of(self.estate.path).unfinished(self.host) is None:
            return ""
        nothing = BoxPlan(
            site=self.intent.site,
            host=self.host,
            platform=self.intent.platform,
            sections={},
            commands=(),
            rollback=(),
            unknown_lines=0,
        )
        outcome = self.apply("", nothing, vault, observer)
        if outcome.state is not State.unchanged:
            raise NotRecovered(outcome.reason)
        return outcome.reason


def load_box(estate_path: Path, site: str, device: str) -> Box:
    """Load one box of an estate. Raises InvalidFiles, CapabilityError, NoNetworkBox."""
    estate = load_estate(estate_path, [site])
    intents = build_intents(estate.sites[site], estate.policy)
    if device not in intents:
        raise NoNetworkBox(f"{site}-{device} is no router or switch of {estate_path}; use hosts: router:access_switch")
    return Box(estate, intents[device])
