"""From a file to a typed value and all its mistakes: YAML, secrets, types, then what the checks find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from trunkline.errors import Problem
from trunkline.model import secrets_in_clear
from trunkline.model.checks import findings_in_policy, findings_in_site
from trunkline.model.doubled_items import find_doubled
from trunkline.model.explain_errors import problems_of
from trunkline.model.finding import Finding
from trunkline.model.policy import Policy
from trunkline.model.positions import Positions
from trunkline.model.record import Record
from trunkline.model.salvage import Kept, Salvaged, salvage
from trunkline.model.site import Site
from trunkline.model.source import Document, parse, read

RecordT = TypeVar("RecordT", bound=Record)


def read_policy(path: Path) -> tuple[Salvaged[Policy] | None, list[Problem]]:
    """Read a policy file and everything that is wrong with it."""
    document = read(path, str(path))
    readable, problems = _typed(Policy, document)
    if readable is None:
        return None, problems
    problems += _doubled(readable, document)
    problems += _placed(findings_in_policy(readable.value), document, readable.kept, _broken(readable))
    return readable, problems


def read_site(path: Path, policy: Salvaged[Policy] | None) -> tuple[Site | None, list[Problem]]:
    """Read a site's file and everything that is wrong with it, as far as the policy could be read."""
    return _site(path, read(path, str(path)), policy)


def check_site_text(path: Path, text: str, policy: Policy) -> Sequence[Problem]:
    """Return what would be wrong with a site's file of this text, before it is written."""
    _, problems = _site(path, parse(text.encode(), Document(str(path))), whole(policy))
    return problems


def whole(policy: Policy) -> Salvaged[Policy]:
    """Return a policy as one that was read without mistakes."""
    return Salvaged(policy, frozenset(), Kept({}))


def _broken(policy: Salvaged[Policy] | None) -> frozenset[str]:
    return frozenset(f"policy.{section}" for section in policy.incomplete) if policy else frozenset()


def _site(path: Path, document: Document, policy: Salvaged[Policy] | None) -> tuple[Site | None, list[Problem]]:
    readable, problems = _typed(Site, document)
    if readable is None:
        return None, problems
    places = readable.kept.salvaged(document.places) if readable.kept.items else document.places
    site = readable.value.placed(Positions(document.file, places))
    if site.site != path.stem and "site" not in readable.incomplete:
        right = f"write site: {path.stem}, or rename the file"
        problems.append(document.problem(("site",), f"{site.site!r} is not the name of the file", right))
    problems += _doubled(readable, document)
    found = findings_in_site(site, policy.value if policy else None)
    problems += _placed(found, document, readable.kept, readable.incomplete | _broken(policy))
    return site, problems


def _typed(model: type[RecordT], document: Document) -> tuple[Salvaged[RecordT] | None, list[Problem]]:
    if document.content is None:
        return None, document.problems or [document.problem((), "is empty", "`trunkline new-site` writes one")]
    in_clear = [
        document.problem(path, secrets_in_clear.WHAT, secrets_in_clear.RIGHT)
        for path in secrets_in_clear.find_secrets(document.content)
    ]
    problems = [*document.problems, *in_clear]
    damaged = frozenset(document.damaged)
    try:
        value = model.model_validate(document.content)
    except ValidationError as error:
        said = {_place(problem) for problem in problems}  # and what else is wrong at a secret would print it
        problems += (one for one in problems_of(error, model, document) if _place(one) not in said)
        readable = salvage(model, document.content, error)
        if readable is None:
            return None, problems
        return Salvaged(readable.value, readable.incomplete | damaged, readable.kept), problems
    return Salvaged(value, damaged, Kept({})), problems


def _place(problem: Problem) -> tuple[int, int, str]:
    return problem.line, problem.column, problem.field


def _placed(
    findings: Iterator[Finding], document: Document, kept: Kept, incomplete: frozenset[str]
) -> Iterator[Problem]:
    for finding in findings:
        if incomplete.isdisjoint(finding.needs):
            yield document.problem(kept.in_file(finding.path), finding.what, finding.right)


def _doubled(readable: Salvaged[RecordT], document: Document) -> Iterator[Problem]:
    for path, first, item in find_doubled(readable.value):
        before = document.positions.find(readable.kept.in_file(first))
        what = f"{item} is named already, in line {before.line} column {before.column}"
        yield document.problem(readable.kept.in_file(path), what, "name it once")
