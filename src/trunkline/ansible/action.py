"""What every action plugin of ours does: arguments in, one call of the library, a result out."""

from __future__ import annotations

import importlib
import os
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from ansible.plugins.action import ActionBase  # type: ignore[import-untyped]
from ansible.utils.display import Display  # type: ignore[import-untyped]

from trunkline.ansible.box import Box, load_box
from trunkline.ansible.kept import Kept
from trunkline.ansible.secrets import open_vault
from trunkline.devices.errors import HostKeyChanged, HostKeyUnknown, LoginRefused, NoFreeSession, Unreachable
from trunkline.devices.registry import platforms
from trunkline.devices.statements import load_table
from trunkline.errors import TrunklineError
from trunkline.model.vault import Vault

Result = dict[str, object]
_NOT_REACHED = (Unreachable, LoginRefused, HostKeyUnknown, HostKeyChanged, NoFreeSession)


class NotOurInventory(TrunklineError):
    """The host does not come from an inventory of ours."""


class Steps:
    """Shows the steps of a change to whoever runs with -v."""

    def step(self, host: str, text: str) -> None:
        """One step of one box begins."""
        Display().v(text, host=host)


class TrunklineAction(ActionBase):  # type: ignore[misc]
    """A task on one box; `answer` says what it does."""

    _requires_connection = False
    REQUIRED: tuple[str, ...] = ()

    @abstractmethod
    def answer(self) -> Result:
        """Do the task. Raises TrunklineError for what a person can act on."""

    def run(self, tmp: str | None = None, task_vars: Mapping[str, object] | None = None) -> Result:
        """Called by Ansible."""
        self._host_vars = dict(task_vars or {})
        result: Result = super().run(tmp, task_vars)
        try:
            for name in self.REQUIRED:
                self.argument(name)
            return result | self.answer()
        except _NOT_REACHED as error:
            return result | {"changed": False, "unreachable": True, "msg": str(error)}
        except TrunklineError as error:
            return result | {"changed": False, "failed": True, "msg": str(error)}

    @property
    def check_mode(self) -> bool:
        """Whether nothing may be sent."""
        return bool(self._task.check_mode)

    @property
    def host(self) -> str:
        """The host's name in the inventory."""
        return str(self._host_vars["inventory_hostname"])

    @property
    def play_hosts(self) -> Mapping[str, str]:
        """The hosts that the play still has, and the site of each."""
        names, variables = self._host_vars["ansible_play_hosts"], self._host_vars["hostvars"]
        assert isinstance(names, Sequence)
        assert isinstance(variables, Mapping)
        return {str(name): str(variables[name]["site"]) for name in names}

    @property
    def estate_path(self) -> Path:
        """The estate that the inventory reads."""
        return Path(self._host_var("estate"))

    @cached_property
    def box(self) -> Box:
        """The host as its site file describes it."""
        return load_box(self.estate_path, self._host_var("site"), self._host_var("device"))

    @cached_property
    def vault(self) -> Vault:
        """The estate's vault, opened with the password that Ansible was given."""
        return open_vault(self.estate_path, self._loader)

    @property
    def kept(self) -> Kept:
        """What earlier tasks of this run know of the box."""
        facts = self._host_vars.get("ansible_facts")
        return Kept.of(facts if isinstance(facts, Mapping) else {}, self.estate_path, os.getppid())

    def argument(self, name: str) -> str:
        """An argument of the task."""
        value = self._task.args.get(name)
        if not value:
            raise TrunklineError(f"{self._task.action} needs the argument {name}")
        return str(value)

    def _host_var(self, name: str) -> str:
        value = self._host_vars.get(name)
        if not value:
            raise NotOurInventory(
                f"{self.host} has no {name}: it does not come from an estate; use -i inventories/<estate>/trunkline.yml"
            )
        return str(value)


def load_once() -> None:
    """Load what every task needs. Ansible imports a plugin once and then forks: what is loaded here, no fork loads."""
    for name in platforms():
        load_table(name)
        importlib.import_module(f"trunkline.devices.platforms.{name}.driver")
