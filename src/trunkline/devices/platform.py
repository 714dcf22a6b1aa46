"""A platform as data: what it can do, what its answers mean, which of its lines change by themselves."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

from trunkline.units import Seconds

_PAGER = re.compile(r"-- ?More ?--|<--- More --->", re.IGNORECASE)
_LAST_CHANGE = re.compile(r"^! (?P<said>Last configuration change at .+?)\s*$", re.MULTILINE)
# How many of these stand around the header depends on which of its lines are there.
_SEPARATORS = re.compile(r"\A(?:!?\n)+")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Pattern(_Frozen):
    pattern: str

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self.pattern)


class AnswerRow(_Pattern):
    """A kind of line in the box's answers, with one as a box has printed it."""

    example: str


class QuestionRow(_Pattern):
    """A question of the box, with the answer that is safe to give."""

    example: str
    answer: str


class VolatileRow(_Pattern):
    """A line of `show running-config` that changes although nobody changed anything."""

    why: str


class Capability(_Frozen):
    """How safely the platform commits.

    `timer`: lines go into the running configuration under the box's own timer. `session`: lines are collected
    and checked in a session of the box, then committed at once under its timer. Times are in seconds.
    """

    commit: Literal["timer", "session"]
    shortest_timer: Seconds
    longest_timer: Seconds
    timer_step: Seconds


class Wire(_Frozen):
    """How the box is reached and how it proves who it is."""

    protocol: Literal["ssh", "eapi"]
    port: int


@dataclass(frozen=True)
class Reading:
    """A configuration as read. `text` is without volatile lines and ends with one line end; `raw` is all of it.

    Bytes that are no UTF-8 are kept as surrogate escapes. `stripped` counts the volatile lines per pattern.
    """

    text: str
    sha256: str
    raw: str
    stripped: Mapping[str, int]

    @property
    def last_change(self) -> str:
        """When and by whom the configuration was changed last, in the box's words; empty if it does not say."""
        match = _LAST_CHANGE.search(self.raw)
        return match["said"] if match else ""

    def difference(self, later: Reading) -> str:
        """Return where a later reading begins to differ, in words; empty if it does not.

        Only the first word of the line is told: what follows may be a secret.
        """
        if later.sha256 == self.sha256:
            return ""
        pairs = zip(self.text.split("\n"), later.text.split("\n"), strict=False)
        number, was = next((at, was) for at, (was, has) in enumerate(pairs, start=1) if was != has)
        return f"from line {number} on, `{(was.split() or ['end'])[0]} …`"


class Incomplete(ValueError):
    """A text that is not the whole of a configuration, with the reason in words."""


class Platform(_Frozen):
    """One folder under `devices/platforms`, as its `platform.yml` describes it."""

    name: str
    title: str
    wire: Wire
    capabilities: Capability
    end_mark: str
    volatile: tuple[VolatileRow, ...]
    startup_differs: tuple[VolatileRow, ...] = ()
    harmless: tuple[AnswerRow, ...] = ()
    refusals: tuple[AnswerRow, ...] = Field(min_length=12)
    failures: tuple[AnswerRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()
    text_begins: AnswerRow | None = None

    def refusal(self, answer: str) -> bool:
        """Say whether an answer to a line means that the box has not taken it."""
        return any(self._refuses(line) for line in answer.splitlines())

    def failure(self, answer: str) -> bool:
        """Say whether the answer to a roll-back or a replacement means that it did not come to its end."""
        return self.refusal(answer) or any(
            row.regex.search(line) for line in answer.splitlines() for row in self.failures
        )

    @property
    def takes_text(self) -> re.Pattern[str] | None:
        """What the box says when it takes the lines that follow as they are, up to an end mark."""
        return self.text_begins.regex if self.text_begins else None

    def answer_to(self, question: str) -> str | None:
        """Return what to answer, or None for a question that the table does not know."""
        return next((row.answer for row in self.questions if row.regex.search(question)), None)

    def reading(self, raw: str) -> Reading:
        """Return the configuration without volatile lines; raises Incomplete if it is not all there."""
        text = re.sub(r"\r*\n", "\n", raw)
        if _PAGER.search(text):
            raise Incomplete("it holds the text of a pager, so the box did not take the command that turns it off")
        kept, stripped = _without(text.split("\n"), self.volatile)
        # How many separators stand around the header depends on which of its lines are there.
        body = _SEPARATORS.sub("", "\n".join(kept)).rstrip("\n") + "\n"
        if body.rsplit("\n", 2)[-2].rstrip() != self.end_mark:
            raise Incomplete(f"its last line is not {self.end_mark!r}, so it ended too early")
        digest = hashlib.sha256(body.encode("utf-8", "surrogateescape")).hexdigest()
        return Reading(body, digest, raw, stripped)

    def saved_form(self, reading: Reading) -> Sequence[str]:
        """Return the lines that running and startup configuration have in common when all is saved."""
        lines, _ = _without(reading.text.split("\n"), self.startup_differs)
        return lines

    def _refuses(self, line: str) -> bool:
        if any(row.regex.search(line) for row in self.harmless):
            return False
        return any(row.regex.search(line) for row in self.refusals)


def _without(lines: Sequence[str], rows: Sequence[VolatileRow]) -> tuple[list[str], dict[str, int]]:
    kept, stripped = [], dict[str, int]()
    for line in lines:
        row = next((row for row in rows if row.regex.search(line)), None)
        if row is None:
            kept.append(line)
        else:
            stripped[row.pattern] = stripped.get(row.pattern, 0) + 1
    return kept, stripped


def load_platform(folder: Path) -> Platform:
    """Read `platform.yml` of one platform; its name is the folder's."""
    table = YAML(typ="safe").load((folder / "platform.yml").read_text(encoding="utf-8"))
    return Platform.model_validate({"name": folder.name, **table})
