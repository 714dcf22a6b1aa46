"""What only shows when the sites of an estate are laid side by side; keeps a few numbers of each site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from trunkline.errors import Problem
from trunkline.model.mistakes import FieldPath
from trunkline.model.positions import Position
from trunkline.model.site import Site
from trunkline.model.source import field_name


@dataclass(frozen=True, slots=True)
class _Mention:
    """Where a site says something."""

    site: str
    name: str
    position: Position


@dataclass(frozen=True, slots=True)
class _Span:
    first: int
    last: int
    prefix: str
    mention: _Mention


@dataclass
class SideBySide:
    """Collects from each site what may not meet another's."""

    _spans: list[_Span] = field(default_factory=list)
    _once: dict[tuple[str, str], Position] = field(default_factory=dict)
    _problems: list[Problem] = field(default_factory=list)

    def add(self, site: Site) -> None:
        """Take in one site."""
        self._only_once("name of a site", site.site, site, ("site",))
        for name, network in site.networks.items():
            path: FieldPath = ("networks", name, "prefix")
            mention = _Mention(site.site, field_name(path), site.position(*path))
            prefix = network.prefix
            self._spans.append(_Span(int(prefix.network_address), int(prefix.broadcast_address), str(prefix), mention))
        for device in site.devices:
            self._only_once("host name", site.host(device), site, ("devices", device))
        for where, address in _public_addresses(site):
            self._only_once("public address", address, site, where)
        for at, phone in enumerate(site.phones):
            self._only_once("MAC address", phone.mac, site, ("phones", at, "mac"))
            if phone.number is not None:
                self._only_once("number", phone.number, site, ("phones", at, "number"))

    def problems(self) -> Iterator[Problem]:
        """Yield what meets."""
        yield from self._problems
        yield from self._overlaps()

    def _only_once(self, kind: str, value: str, site: Site, path: FieldPath) -> None:
        position = site.position(*path)
        first = self._once.setdefault((kind, value), position)
        if first.file != position.file:
            mention = _Mention(site.site, field_name(path), position)
            what = f"the {kind} {value} stands in {first} too"
            self._problems.append(_problem(mention, what, "it can be in one place only"))

    def _overlaps(self) -> Iterator[Problem]:
        widest: _Span | None = None
        for span in sorted(self._spans, key=lambda span: (span.first, -span.last)):
            if widest is not None and span.first <= widest.last and _of_two_files(span, widest):
                earlier, later = sorted((span, widest), key=lambda one: one.mention.site)
                what = f"{later.prefix} overlaps {earlier.prefix} in {earlier.mention.position}"
                yield _problem(later.mention, what, "give each site prefixes of its own")
            if widest is None or span.last > widest.last:
                widest = span


def _of_two_files(one: _Span, other: _Span) -> bool:
    return one.mention.position.file != other.mention.position.file


def _public_addresses(site: Site) -> Iterator[tuple[FieldPath, str]]:
    fixed = set()
    for at, link in enumerate(site.wan):
        if link.address != "dhcp":
            fixed.add(str(link.address.ip))
            yield ("wan", at, "address"), str(link.address.ip)
    if site.sbc is not None and str(site.sbc.public) not in fixed:
        yield ("sbc", "public"), str(site.sbc.public)


def _problem(mention: _Mention, what: str, right: str) -> Problem:
    place = mention.position
    return Problem(place.file, place.line, place.column, mention.name, what, right)
