"""A plan as the text of a merge request."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.change.plan import BoxPlan, Plan
from trunkline.report.sections import reasons, section_lines, section_way_back, summary


def plan_markdown(plan: Plan) -> str:
    """The plan as GitHub-flavoured markdown: the summary first, each box's way back folded."""
    return "\n".join(_plan(plan)) + "\n"


def _plan(plan: Plan) -> Iterator[str]:
    yield f"## Plan for {plan.estate}"
    yield ""
    what = summary(tuple(plan.boxes.values()), len(plan.not_read))
    yield f"{what}. Plan `{plan.id[:12]}`, revision `{plan.revision or 'none'}`."
    if plan.changed:
        yield ""
        yield "| box | section | changes | risk |"
        yield "|---|---|---|---|"
        for box in plan.changed:
            for name, section in box.sections.items():
                if section.changes:
                    yield f"| {box.host} | {name} | {len(section.changes)} | {section.risk} |"
    for missed in plan.not_read:
        yield ""
        yield f"**{missed.host} was not read**: {missed.reason}"
    for box in plan.changed:
        yield from _box(box)


def _box(box: BoxPlan) -> Iterator[str]:
    yield ""
    yield f"### {box.host} ({box.platform}), risk {box.risk.name}"
    for name, section in box.sections.items():
        if not section.changes:
            continue
        yield ""
        yield f"#### {name}"
        yield ""
        yield from (f"- {reason}" for reason in reasons(section))
        yield ""
        yield "```"
        yield from section_lines(box, name)
        yield "```"
        yield ""
        yield "<details><summary>way back</summary>"
        yield ""
        yield "```"
        yield from section_way_back(box, name)
        yield "```"
        yield ""
        yield "</details>"
