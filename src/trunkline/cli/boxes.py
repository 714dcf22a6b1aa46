"""Which sites a command means, and where their boxes' configurations come from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from trunkline.change.plan import Plan
from trunkline.change.planning import LiveBoxes, SavedConfigurations, Source, make_plan
from trunkline.change.revision import revision
from trunkline.cli.options import estate as estate_path
from trunkline.console import err
from trunkline.devices.targets import targets
from trunkline.model.estate import Estate, load_estate
from trunkline.model.vault import Vault

# Offline planning fills the cores; a live read waits for the box.
_SITES_WORTH_A_POOL = 8
_SESSIONS_AT_ONCE = 32


def load(chosen: Path | None, sites: Sequence[str]) -> Estate:
    """Load the estate that is meant, all of it where no site is named."""
    return load_estate(estate_path(chosen, sites), sites)


def plan_for(estate: Estate, folder: Path | None, vault_password_file: Path | None, only: Sequence[str]) -> Plan:
    """Plan all loaded sites of an estate, against saved configurations in `folder` or against the boxes."""
    if folder is not None:
        source: Source = SavedConfigurations(folder)
    else:
        hosts = [site.host(name) for site in estate.sites.values() for name in site.devices]
        source = LiveBoxes(targets(estate, Vault.open(estate.path, vault_password_file), hosts))
    sites = tuple(estate.sites.values())
    with err().status(f"planning {len(sites)} site{'' if len(sites) == 1 else 's'} of {estate.name}"):
        return make_plan(
            estate,
            sites,
            source,
            revision=revision(estate.path),
            only=only,
            executor=_executor(len(sites), live=folder is None),
        )


def _executor(sites: int, *, live: bool) -> Executor | None:
    if live:
        return ThreadPoolExecutor(_SESSIONS_AT_ONCE)
    return ProcessPoolExecutor(os.cpu_count()) if sites >= _SITES_WORTH_A_POOL else None
