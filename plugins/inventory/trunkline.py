"""Dynamic inventory: one host for each device of each site of the estate beside this source file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ansible.errors import AnsibleParserError  # type: ignore[import-untyped]
from ansible.plugins.inventory import BaseInventoryPlugin  # type: ignore[import-untyped]
from ansible.template import trust_as_template  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from trunkline.model.estate import Estate
    from trunkline.model.site import Site

DOCUMENTATION = """
name: trunkline
short_description: Hosts of an estate, out of its site files
description:
  - Reads C(policy.yml) and C(sites/*.yml) beside the source file, which is named C(trunkline.yml).
  - Every device is a host C(<site>-<device>), in the groups of its site, its role and its platform.
  - Network boxes carry what they must do, one variable for each section; its role is called the same.
options:
  plugin:
    description: Marks the file as a source of this plugin.
    required: true
    choices: [trunkline]
"""


class InventoryModule(BaseInventoryPlugin):  # type: ignore[misc]
    """Adds an estate's hosts, groups and variables."""

    NAME = "trunkline"

    def verify_file(self, path: str) -> bool:
        """Take files named trunkline.yml, leave the others to other plugins."""
        return super().verify_file(path) and Path(path).name in {"trunkline.yml", "trunkline.yaml"}

    def parse(self, inventory: object, loader: object, path: str, cache: bool = True) -> None:
        """Load the estate; every mistake in its files is one line of the error."""
        from trunkline.errors import TrunklineError
        from trunkline.model.estate import load_estate

        super().parse(inventory, loader, path, cache)
        self._read_config_data(path)
        try:
            estate = load_estate(Path(path).parent)
            for site in estate.sites.values():
                self._add_site(estate, site)
        except TrunklineError as error:
            raise AnsibleParserError(str(error)) from error

    def _add_site(self, estate: Estate, site: Site) -> None:
        intents = self._intents(estate, site)
        for device, box in site.devices.items():
            host = site.host(device)
            for group in (site.site, box.role, box.platform):
                self.inventory.add_host(host, group=self.inventory.add_group(group.replace("-", "_")))
            way = estate.access.get(host)
            variables: dict[str, object] = {
                "ansible_host": way.host if way else str(box.address),
                "site": site.site,
                "device": device,
                "role": box.role,
                "platform": box.platform,
                "estate": str(estate.path.resolve()),
            }
            if way and way.port:
                variables["ansible_port"] = way.port
            if box.role == "sbc":
                variables["ansible_user"] = estate.policy.management.user
            else:
                variables |= _of_network_box(estate, intents.get(device, {}))
            for name, value in variables.items():
                self.inventory.set_variable(host, name, value)

    def _intents(self, estate: Estate, site: Site) -> dict[str, dict[str, object]]:
        """Derive what the boxes must do; what one cannot is a warning, so that other sites still run."""
        from trunkline.intent import CapabilityError, build_intents, plain

        try:
            built = build_intents(site, estate.policy)
        except CapabilityError as error:
            self.display.warning(str(error))
            return {}
        return {
            device: {name: plain(section) for name, section in intent.sections.items()}
            for device, intent in built.items()
        }


def _of_network_box(estate: Estate, intent: dict[str, object]) -> dict[str, object]:
    management = estate.policy.management
    return {
        "ansible_connection": "ansible.builtin.local",  # the library speaks to the box, from the controller
        "ansible_python_interpreter": trust_as_template("{{ ansible_playbook_python }}"),
        # Where the password is, not what it is: our plugins open the vault themselves.
        "management": {"user": management.user, "password": str(management.password)},
        **intent,
    }
