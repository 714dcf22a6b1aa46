"""Access lists as data: numbered entries with typed ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from typing import Literal

from trunkline.model.fields import PortRange
from trunkline.units import Port

_STEP = 10


@dataclass(frozen=True)
class Endpoint:
    """Addresses and ports at one end of a packet; None means any."""

    prefix: IPv4Network | None = None
    ports: PortRange | None = None


ANY = Endpoint()


@dataclass(frozen=True)
class Entry:
    """One entry; a remark has only its text. `flag` narrows the match, such as `established` or an ICMP type."""

    action: Literal["permit", "deny"] = "permit"
    protocol: str = "ip"
    source: Endpoint = ANY
    destination: Endpoint = ANY
    flag: str | None = None
    remark: str | None = None
    sequence: int = 0


@dataclass(frozen=True)
class AccessList:
    """A named list; the first entry that matches decides."""

    name: str
    entries: tuple[Entry, ...]


def access_list(name: str, entries: Iterable[Entry]) -> AccessList:
    """Number the entries 10, 20, … as the platforms do."""
    return AccessList(
        name, tuple(replace(entry, sequence=_STEP * number) for number, entry in enumerate(entries, start=1))
    )


def one_port(port: int) -> PortRange:
    """The range that holds one port."""
    return PortRange(Port(port), Port(port))
