"""Virtual devices on this machine: a whole branch, or one box with a running configuration of your own."""

from __future__ import annotations

import signal
import tempfile
import time
from pathlib import Path
from typing import Annotated, Literal

import typer

from trunkline.cli.options import EstateOption
from trunkline.cli.options import estate as estate_path
from trunkline.console import err, out
from trunkline.lab.branch import Branch, Served
from trunkline.lab.vendors.specification import BoxSpecification

app = typer.Typer(help=__doc__, no_args_is_help=True)


@app.command()
def up(
    folder: Annotated[Path, typer.Option(help="Where the branch's own estate, vault and boxes are kept.")] = Path(
        "build/lab"
    ),
    state: Annotated[Literal["customer", "factory"], typer.Option(help="How the boxes are found.")] = "customer",
    estate: EstateOption = None,
) -> None:
    """Serve the network boxes of an estate until Ctrl-C, with an estate folder of their own to play in.

    Example: trunkline lab up --estate inventories/lab
    """
    with Branch(estate_path(estate, ("leeds",) if estate is None else ()), folder, state) as branch:
        out().print(f"{len(branch.hosts)} boxes are up. In another shell:", markup=False)
        out().print(f"  export TRUNKLINE_ESTATE={branch.estate_path.resolve()}", markup=False)
        out().print(f"  export ANSIBLE_VAULT_PASSWORD_FILE={branch.vault_password_file.resolve()}", markup=False)
        for site in branch.estate.sites:
            out().print(f"  trunkline trust {site} && trunkline plan {site} -o plan.json", markup=False)
        _until_interrupted()


@app.command()
def vendor(
    platform: Annotated[str, typer.Argument(help="ios_xe or eos.")],
    config: Annotated[Path, typer.Option("--config", "-c", help="What `show running-config` printed.")],
    name: Annotated[str, typer.Option(help="The box's name in the estate, as <site>-<device>.")] = "box",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")] = 0,
    user: Annotated[str, typer.Option(help="Who may log in.")] = "trunkline",
    password: Annotated[str, typer.Option(help="With which password; it protects nothing, the box is virtual.")] = (
        "trunkline"
    ),
) -> None:
    """Start one virtual device from a running configuration of your own, so that a plan can be tried on it.

    It ends with Ctrl-C. Example: trunkline lab vendor ios_xe --config edge1.cfg --name leeds-edge1
    """
    box = BoxSpecification(
        name=name, platform=platform, config=config.resolve(), port=port, user=user, password=password
    )
    with tempfile.TemporaryDirectory() as folder, Served(Path(folder), [box]) as served:
        where = served.ready.boxes[name]
        out().print(f"{name} ({platform}) listens on {where.host} port {where.port}, user {user}", markup=False)
        out().print(f"in the estate's access.yml:\n{name}: {{host: {where.host}, port: {where.port}}}", markup=False)
        _until_interrupted()


def _until_interrupted() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the boxes would live on without us
    err().print("Ctrl-C ends it.", style="dim")
    while True:
        time.sleep(3600)
