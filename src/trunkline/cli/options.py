"""Options that several commands share, and which estate a command means."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from trunkline.errors import TrunklineError

_ESTATES = Path("inventories")

EstateOption = Annotated[
    Path | None,
    typer.Option(
        "--estate",
        "-e",
        envvar="TRUNKLINE_ESTATE",
        help="Folder of the estate; by default the one under inventories/ that has the sites named.",
        show_default=False,
    ),
]
VaultPasswordFileOption = Annotated[
    Path | None,
    typer.Option(
        "--vault-password-file",
        envvar="ANSIBLE_VAULT_PASSWORD_FILE",
        help="File with the password of the estate's vault.",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


class NoEstateMeantError(TrunklineError):
    """It cannot be told which estate is meant."""


def estates(chosen: Path | None) -> tuple[Path, ...]:
    """Return the chosen estate, or else all under inventories/."""
    if chosen is not None:
        return (chosen,)
    found = tuple(sorted(policy.parent for policy in _ESTATES.glob("*/policy.yml")))
    if not found:
        raise NoEstateMeantError(
            "there is no estate under inventories/; name its folder with --estate or TRUNKLINE_ESTATE"
        )
    return found


def estate(chosen: Path | None, sites: Collection[str] = ()) -> Path:
    """Return the chosen estate, or else the only one under inventories/ that has all these sites."""
    found = estates(chosen)
    if len(found) == 1:
        return found[0]
    having = [path for path in found if all((path / "sites" / f"{site}.yml").is_file() for site in sites)]
    if len(having) == 1:
        return having[0]
    names = ", ".join(str(path) for path in having or found)
    if sites and not having:
        raise NoEstateMeantError(f"no estate has the site {', '.join(sites)}; there are {names}")
    raise NoEstateMeantError(f"several estates could be meant: {names}; choose with --estate or TRUNKLINE_ESTATE")
