"""Reading YAML with the place of every value: YAML 1.2's plain types, every doubled key a mistake."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from trunkline.errors import Problem
from trunkline.model.mistakes import FieldPath
from trunkline.model.positions import Positions

_DEEPEST = 24
_LINES_BACK = 3  # an open quote is noticed some lines further on
_LARGEST_BYTES = 20_000_000
_STR, _INT, _FLOAT, _BOOL, _NULL = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "null"))

_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Yaml12Loader(_Base):  # type: ignore[misc, valid-type]
    """Resolves plain scalars by YAML 1.2.2 §10.3.2, so that NO stays Norway and 22:10:00 stays text."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


_Yaml12Loader.add_implicit_resolver(_NULL, re.compile(r"^(?:null|Null|NULL|~|)$"), [*"nN~", ""])
_Yaml12Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"])
_Yaml12Loader.add_implicit_resolver(_INT, re.compile(r"^[-+]?[0-9]{1,18}$"), [*"-+0123456789"])
_Yaml12Loader.add_implicit_resolver(
    _FLOAT, re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]{1,3})?$"), [*"-+.0123456789"]
)


@dataclass
class Document:
    """One file as written: its plain content, the place of each value, and what was wrong with the YAML.

    `damaged` are the top-level sections in which something could not be read.
    """

    file: str
    content: object = None
    places: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    keys: dict[FieldPath, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)

    @property
    def positions(self) -> Positions:
        """Where everything stands."""
        return Positions(self.file, self.places)

    def problem(self, path: FieldPath, what: str, right: str = "") -> Problem:
        """Return a mistake at a field of this file."""
        place = self.positions.find(path)
        return Problem(place.file, place.line, place.column, field_name(path), what, right)


def field_name(path: FieldPath) -> str:
    """Return a field's path as a person says it.

    >>> field_name(("phones", 3, "mac"))
    'phones[4].mac'
    """
    name = ""
    for step in path:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "file"


def read(path: Path, shown_as: str) -> Document:
    """Read one file; a YAML mistake is in `problems`, never raised."""
    document = Document(shown_as)
    try:
        raw = path.read_bytes()
    except OSError as error:
        document.problems.append(document.problem((), f"cannot be read: {error.strerror}"))
        return document
    return parse(raw, document)


def parse(raw: bytes, document: Document) -> Document:
    """Fill a document with what its bytes say."""
    if len(raw) > _LARGEST_BYTES:
        document.problems.append(document.problem((), "is larger than 20 MB", "split the site"))
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        document.problems.append(
            Problem(document.file, line, column, "file", "is not UTF-8 text", "save the file as UTF-8")
        )
        return document
    try:
        root = yaml.compose(text, Loader=_Yaml12Loader)
    except yaml.MarkedYAMLError as error:
        document.problems.append(_syntax_problem(document.file, error, text))
        return document
    except yaml.YAMLError as error:
        document.problems.append(document.problem((), f"is not YAML: {str(error).splitlines()[0]}"))
        return document
    if root is None:
        document.problems.append(document.problem((), "is empty", "`trunkline new-site` writes one"))
        return document
    document.content = _Reader(document).value(root, ())
    return document


def _syntax_problem(file: str, error: yaml.MarkedYAMLError, text: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = text.splitlines()[:line]
    said = " ".join(part for part in (error.context, error.problem) if part)
    there = lines[-1] if len(lines) == line else ""
    if "cannot start any token" in said and "\t" in there:
        return Problem(file, line, there.index("\t") + 1, "YAML", "a tab in the indentation", "indent with blanks")
    for number in range(len(lines), max(len(lines) - _LINES_BACK, 0), -1):
        before = lines[number - 1]
        if before.count('"') % 2:
            return Problem(file, number, before.rindex('"') + 1, "YAML", "a quote that is not closed", "close it")
    right = "compare the indentation and brackets with the lines around it"
    if "mapping values are not allowed" in said:
        right = "put a value that holds ': ' in quotes, or compare the indentation with the line above"
    return Problem(file, line, column, "YAML", said, right)


class _Reader:
    """Turns nodes into plain values and writes down where each stands."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: FieldPath) -> object:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self._document.places[path] = place
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path)
        if id(node) in self._seen:
            self._wrong(path, "an alias (*name) of a list or mapping is not read", "write it out")
            return None
        self._seen.add(id(node))
        if len(path) >= _DEEPEST:
            self._wrong(path, f"is nested deeper than {_DEEPEST} levels", "a site file needs no more than eight")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*path, index)) for index, item in enumerate(node.value))
        return None

    def _mapping(self, node: yaml.MappingNode, path: FieldPath) -> Mapping[str, object]:
        content: dict[str, object] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._wrong_at(place, path, "a key that is no text", "write key: value")
                continue
            key = str(key_node.value)
            at = (*path, key)
            if key in content:
                what = f"is written twice, first in line {self._document.keys[at][0]}"
                self._wrong_at(place, at, what, "keep one of them")
                continue
            self._document.keys[at] = place
            content[key] = self.value(value_node, at)
        return content

    def _scalar(self, node: yaml.ScalarNode, path: FieldPath) -> object:
        text = str(node.value)
        if node.tag == _STR:
            return text
        if node.tag == _NULL:
            return None
        if node.tag == _BOOL:
            return text.lower() == "true"
        if node.tag == _INT:
            return int(text)
        if node.tag == _FLOAT:
            return float(text)
        self._wrong(path, f"the tag {node.tag} is not read", "write the plain value, or vault:<key> for a secret")
        return None

    def _wrong(self, path: FieldPath, what: str, right: str) -> None:
        self._wrong_at(self._document.places[path], path, what, right)

    def _wrong_at(self, place: tuple[int, int], path: FieldPath, what: str, right: str) -> None:
        self._document.problems.append(Problem(self._document.file, *place, field_name(path), what, right))
        self._document.damaged.update(str(step) for step in path[:1])
