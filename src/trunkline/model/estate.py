"""Loading an estate: its policy and all its sites, every mistake collected."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from trunkline.errors import InvalidFiles, TrunklineError
from trunkline.model.access import Way, read_access
from trunkline.model.between_sites import SideBySide
from trunkline.model.policy import Policy
from trunkline.model.read_files import read_policy, read_site, whole
from trunkline.model.site import Site

_AT_HAND = 64


class NoSuchEstate(TrunklineError):
    """The folder is no estate."""


class NoSuchSite(TrunklineError):
    """The estate has no site of that name."""


class Sites(Mapping[str, Site]):
    """The sites of an estate by name, read again when needed: memory stays flat however many there are."""

    def __init__(self, paths: Mapping[str, Path], policy: Policy, at_hand: Iterable[Site] = ()) -> None:
        self._paths = paths
        self._policy = policy
        self._at_hand = OrderedDict((site.site, site) for site in at_hand)

    def __getitem__(self, name: str) -> Site:
        site = self._at_hand.get(name) or load_site(self._paths[name], self._policy)
        self._at_hand[name] = site
        self._at_hand.move_to_end(name)
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)
        return site

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths


@dataclass(frozen=True)
class Estate:
    """Everything one team runs: the policy, its sites by name, and the way to boxes by host name."""

    path: Path
    name: str
    policy: Policy
    sites: Mapping[str, Site]
    access: Mapping[str, Way]


def load_estate(path: Path, only: Collection[str] = ()) -> Estate:
    """Load an estate, or `only` some of its sites; raise `InvalidFiles` with every mistake in them."""
    policy, problems = read_policy(_policy_path(path))
    side_by_side = SideBySide()
    at_hand: deque[Site] = deque(maxlen=_AT_HAND)
    paths: dict[str, Path] = {}
    hosts: set[str] = set()
    for site_path in site_paths(path, only):
        site, wrong = read_site(site_path, policy)
        problems += wrong
        if site is not None:
            side_by_side.add(site)
            paths[site.site] = site_path
            at_hand.append(site)
            hosts.update(site.host(device) for device in site.devices)
    problems += side_by_side.problems()
    access, wrong = read_access(path / "access.yml", () if only or problems else hosts)
    problems += wrong
    if problems or policy is None:
        raise InvalidFiles(problems)
    return Estate(path, path.resolve().name, policy.value, Sites(paths, policy.value, at_hand), access)


def load_policy(path: Path) -> Policy:
    """Load the policy of the estate at `path`; raise `InvalidFiles` with every mistake in it."""
    policy, problems = read_policy(_policy_path(path))
    if problems or policy is None:
        raise InvalidFiles(problems)
    return policy.value


def load_site(path: Path, policy: Policy) -> Site:
    """Load one site's file; raise `InvalidFiles` with every mistake in it."""
    site, problems = read_site(path, whole(policy))
    if problems or site is None:
        raise InvalidFiles(problems)
    return site


def site_paths(estate: Path, only: Collection[str] = ()) -> Iterator[Path]:
    """Yield the files of an estate's sites, or of `only` some of them."""
    if not only:
        yield from sorted((estate / "sites").glob("*.yml"))
        return
    for name in dict.fromkeys(only):
        path = estate / "sites" / f"{name}.yml"
        if not path.is_file():
            raise NoSuchSite(f"{estate} has no site {name}: there is no {path}")
        yield path


def _policy_path(estate: Path) -> Path:
    path = estate / "policy.yml"
    if not path.is_file():
        raise NoSuchEstate(f"{estate} is no estate: there is no {path}")
    return path
