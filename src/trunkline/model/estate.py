"""Loading an estate: its policy and all its sites, every mistake collected."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trunkline.errors import InvalidFiles, Problem, TrunklineError
from trunkline.model.explain_errors import problems_of
from trunkline.model.policy import Policy
from trunkline.model.record import Record
from trunkline.model.site import Site
from trunkline.model.source import Document, read

RecordT = TypeVar("RecordT", bound=Record)


class NoSuchEstate(TrunklineError):
    """The folder is no estate."""


class NoSuchSite(TrunklineError):
    """The estate has no site of that name."""


@dataclass(frozen=True)
class Estate:
    """Everything one team runs: the policy and its sites, by name."""

    path: Path
    name: str
    policy: Policy
    sites: Mapping[str, Site]


def load_estate(path: Path, only: Collection[str] = ()) -> Estate:
    """Load an estate, or `only` some of its sites; raise `InvalidFiles` with every mistake in them."""
    policy_path = path / "policy.yml"
    if not policy_path.is_file():
        raise NoSuchEstate(f"{path} is no estate: it has no policy.yml")
    policy, problems = _load_policy(policy_path)
    sites: dict[str, Site] = {}
    for site_path in _site_paths(path, only):
        site, wrong = _load_site(site_path)
        problems += wrong
        if site is not None:
            sites[site.site] = site
    if problems or policy is None:
        raise InvalidFiles(problems)
    return Estate(path, path.resolve().name, policy, sites)


def load_site(path: Path) -> Site:
    """Load one site's file; raise `InvalidFiles` with every mistake in it."""
    site, problems = _load_site(path)
    if problems or site is None:
        raise InvalidFiles(problems)
    return site


def _site_paths(estate: Path, only: Collection[str]) -> Iterator[Path]:
    if not only:
        yield from sorted((estate / "sites").glob("*.yml"))
        return
    for name in only:
        path = estate / "sites" / f"{name}.yml"
        if not path.is_file():
            raise NoSuchSite(f"{estate} has no site {name}: {path} does not exist")
        yield path


def _load_policy(path: Path) -> tuple[Policy | None, list[Problem]]:
    document = read(path, str(path))
    if document.problems:
        return None, document.problems
    return _typed(Policy, document)


def _load_site(path: Path) -> tuple[Site | None, list[Problem]]:
    document = read(path, str(path))
    if document.problems:
        return None, document.problems
    site, problems = _typed(Site, document)
    return (site and site.placed(document.positions)), problems


def _typed(model: type[RecordT], document: Document) -> tuple[RecordT | None, list[Problem]]:
    try:
        return model.model_validate(document.content), []
    except ValidationError as error:
        return None, list(problems_of(error, model, document))
