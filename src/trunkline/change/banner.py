"""Texts of several lines: a banner is one statement, `banner motd`, a line end, and its text byte for byte."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence

from trunkline.devices.statements import Table
from trunkline.errors import TrunklineError

_HEADING = re.compile(r"(?P<heading>banner \S+)(?:\s+(?P<delimiter>\^C|\S)(?P<rest>.*))?")
_END = "EOF"
# `^` before a C is read as ETX, `"` and `!` mean something to the box, `?` asks for help, `#` looks like a prompt.
_DELIMITERS = "@~|+=_;:,*&%#" + string.ascii_letters + string.digits


class NoDelimiter(TrunklineError):
    """A banner that holds every letter which could end it."""


def joined(table: Table, line: str, raw: str, lines: Sequence[str], position: int) -> tuple[str, int] | None:
    """Join a banner's lines from `position` on; the statement and where to go on, None if it is no banner.

    `line` is the heading without blanks around it, `raw` as it stands.
    """
    definition = table.definitions.get("banner")
    found = _HEADING.fullmatch(line)
    if definition is None or found is None or definition.row.text_until is None:
        return None
    heading, delimiter = found["heading"], found["delimiter"]
    if definition.row.text_until == "eof":
        ends = (at for at in range(position, len(lines)) if lines[at].strip() == _END)
        end = next(ends, len(lines))
        return f"{heading}\n" + "".join(f"{one}\n" for one in lines[position:end]), end + 1
    if not delimiter:
        return None
    text = raw[raw.index(delimiter, len(heading)) + len(delimiter) :]
    while delimiter not in text and position < len(lines):
        text += f"\n{lines[position]}"
        position += 1
    return f"{heading}\n{text.partition(delimiter)[0]}", position


def parts(statement: str) -> tuple[str, str]:
    """The kind of a banner (`motd`) and its text."""
    heading, _, text = statement.partition("\n")
    return heading.split()[1], text


def typed(statement: str, until: str) -> str:
    """The statement as it is entered, with a delimiter that is not in its text."""
    heading, _, text = statement.partition("\n")
    if until == "eof":
        return f"{heading}\n{text}{_END}"
    delimiter = next((mark for mark in _DELIMITERS if mark not in text), None)
    if delimiter is None:
        raise NoDelimiter(f"`{heading}` holds every letter that could stand at its end; leave one out")
    return f"{heading} {delimiter}{text}{delimiter}"


def length(until: str, statement: str) -> int:
    """How many lines of a configuration a banner takes."""
    return max(1, statement.count("\n") + (1 if until == "eof" else 0))
