"""How the controller reaches boxes that it does not reach at their management address: `access.yml`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from trunkline.errors import Problem
from trunkline.model.explain_errors import problems_of
from trunkline.model.fields import HostName, PortNumber
from trunkline.model.record import Record
from trunkline.model.source import read
from trunkline.model.suggest import suggest


class Way(Record):
    """The way to a box, by its host name: a port forward, a jump host's end, the lab."""

    host: HostName
    """Name or address to connect to."""
    port: PortNumber | None = None
    """Port there; by default the protocol's own."""
    old_ssh: bool = False
    """Whether an old box may be spoken to with weak ciphers and message authentication (CBC, 3DES, SHA-1, MD5)."""


_ACCESS = TypeAdapter(dict[str, Way])


def read_access(path: Path, hosts: Collection[str]) -> tuple[Mapping[str, Way], list[Problem]]:
    """Read `access.yml` and what is wrong with it; an estate without the file needs none.

    `hosts` are all hosts of the estate, or none where not all are known.
    """
    if not path.is_file():
        return {}, []
    document = read(path, str(path))
    if document.problems or document.content is None:
        return {}, document.problems
    try:
        access = _ACCESS.validate_python(document.content, strict=True)
    except ValidationError as error:
        return {}, list(problems_of(error, dict[str, Way], document))
    unknown = (host for host in access if hosts and host not in hosts)
    return access, [
        document.problem((host,), "no site has this box", suggest(host, hosts, "boxes")) for host in unknown
    ]
