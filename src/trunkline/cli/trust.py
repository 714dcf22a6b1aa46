"""`trunkline trust SITE`: record the ssh host keys and certificates that the boxes of a site show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from trunkline.cli.boxes import load
from trunkline.cli.options import EstateOption
from trunkline.console import complain, out
from trunkline.devices.errors import DeviceError, HostKeyChanged
from trunkline.devices.target import Target
from trunkline.devices.targets import NoSuchHost, targets
from trunkline.devices.trust import Identity, Standing, look, record


def command(
    site: Annotated[str, typer.Argument(help="Site, as its file is named.")],
    replace: Annotated[
        list[str] | None, typer.Option(help="Box that was replaced: record its new key.", metavar="HOST")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Record without asking; you have compared elsewhere.")] = False,
    estate: EstateOption = None,
) -> None:
    """Show what the boxes of a site say they are, ask, and record it in known_hosts and known_certificates.yml.

    Compare each fingerprint with the box's own console first. No password is sent. A changed key is recorded only
    with --replace. Exit code 1 where a box is not reached or has changed. Example: trunkline trust leeds
    """
    loaded = load(estate, (site,))
    hosts = [loaded.sites[site].host(device) for device in loaded.sites[site].devices]
    boxes = targets(loaded, None, hosts)
    replaced = replace or []
    if unknown := sorted(set(replaced) - set(boxes)):
        raise NoSuchHost(f"{site} has no box {', '.join(unknown)}; there are {', '.join(sorted(boxes))}")
    failed = [host for host, target in boxes.items() if not _trust(target, replaced, yes)]
    raise typer.Exit(1 if failed else 0)


def _trust(target: Target, replaced: Sequence[str], yes: bool) -> bool:
    """Bring one box's record up to date; say whether a run can connect to it now."""
    try:
        shown = look(target)
        _refuse_changed(target, shown, replaced)
    except DeviceError as error:
        complain(str(error))
        return False
    if shown.standing is Standing.SAME:
        out().print(f"{target.host}: {shown.kind} {shown.shown} is recorded already", markup=False)
        return True
    out().print(f"{target.host}: {shown.kind} {shown.shown}", markup=False)
    if not yes and not typer.confirm(f"Record it for {target.host}?"):
        return False
    record(target, shown)
    return True


def _refuse_changed(target: Target, shown: Identity, replaced: Sequence[str]) -> None:
    if shown.standing is Standing.CHANGED and target.host not in replaced:
        raise HostKeyChanged(target.host, target.site, shown.kind, shown.recorded, shown.shown)
