"""The one family of errors: each says where, what, why it matters and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class TrunklineError(Exception):
    """A mistake or a refusal that a person can act on; printed without a traceback."""

    exit_code = 1


def file_trouble(error: OSError) -> str:
    """A file that cannot be read or written, as a sentence.

    >>> file_trouble(IsADirectoryError(21, "Is a directory", "plan.json"))
    'plan.json: is a directory'
    """
    what = (error.strerror or str(error)).lower()
    file = error.filename2 or error.filename
    return f"{file}: {what}" if file else what


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in a file that people write: where it stands, what is wrong, what would be right."""

    file: str
    line: int
    column: int
    field: str
    what: str
    right: str = ""

    def __str__(self) -> str:
        end = f"; {self.right}" if self.right else ""
        return f"{self.file}:{self.line}:{self.column}: {self.field}: {self.what}{end}"


class InvalidFiles(TrunklineError):
    """Files that people write hold mistakes; all of them, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
