"""What differs in a section, as the two texts of which Ansible prints the difference."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from trunkline.change.plan import PlannedChange, SectionPlan


def difference(host: str, section: str, plan: SectionPlan) -> dict[str, str]:
    """Before and after: each statement that changes, below the modes it stands in; nothing else of the section."""
    changes = _together(plan.changes)
    return {
        "before_header": f"{host} {section} (running)",
        "after_header": f"{host} {section} (intended)",
        "before": _text((change.where, change.before) for change in changes),
        "after": _text((change.where, change.after) for change in changes),
    }


def _together(changes: Iterable[PlannedChange]) -> list[PlannedChange]:
    """Bring together what stands in the same mode, in the order in which the modes are first entered."""
    by_mode: dict[tuple[str, ...], list[PlannedChange]] = {}
    for change in changes:
        by_mode.setdefault(change.where, []).append(change)
    return [change for mode in by_mode.values() for change in mode]


def _text(statements: Iterable[tuple[tuple[str, ...], str]]) -> str:
    return "".join(f"{line}\n" for line in _lines(statements))


def _lines(statements: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[str]:
    mode: tuple[str, ...] = ()
    for where, text in statements:
        if where != mode:
            yield from (" " * depth + line for depth, line in enumerate(where))
            mode = where
        yield from (" " * len(where) + line for line in text.splitlines())
