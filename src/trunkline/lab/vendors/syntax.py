"""Patterns of command lines, compiled into one word tree per mode: match, or say which word does not fit.

A pattern is written as a vendor's manual writes it:

    switchport voice vlan <vlan:1-4094>          a capture with a kind: a number range or a kind by name
    description <text:rest>                      the rest of the line as typed
    match ip dscp <dscp:dscp>+                   one or more words of a kind, captured with one space between
    ip address <address:ipv4> <mask:mask> [secondary]
    power inline {auto|static} [max <limit:4000-30000>]

Keywords match case-insensitively and abbreviated, as long as the abbreviation is unique where it stands. A
kind is a function that returns the word as the box stores it, or None if the word does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Generic, TypeVar

Kind = Callable[[str], "str | None"]
Target = TypeVar("Target")

_TOKEN = re.compile(r"\s+|([\[\]{}|])|(<[^>]+>\+?)|([^\s\[\]{}|<>]+)")
_RANGE = re.compile(r"(-?\d+)-(\d+)")


@dataclass(frozen=True)
class Word:
    """A keyword of a pattern."""

    text: str


@dataclass(frozen=True)
class Capture:
    """A value in a pattern: its name, the name of its kind, whether it takes one or more words."""

    name: str
    kind: str
    repeated: bool


Element = Word | Capture


def expand(pattern: str) -> list[tuple[Element, ...]]:
    """Return every flat sequence that a pattern with `[optional]` and `{a|b}` parts stands for.

    >>> [" ".join(e.text for e in p) for p in expand("a [b] {c|d e}")]
    ['a b c', 'a b d e', 'a c', 'a d e']
    """
    tokens = [m.group(0) for m in _TOKEN.finditer(pattern) if m.group(0).strip()]
    sequences, rest = _alternatives(tokens)
    if rest:
        raise ValueError(f"pattern {pattern!r}: unbalanced {rest[0]!r}")
    return list(dict.fromkeys(sequences))


def _alternatives(tokens: list[str]) -> tuple[list[tuple[Element, ...]], list[str]]:
    found: list[tuple[Element, ...]] = []
    current: list[tuple[Element, ...]] = [()]
    while tokens and tokens[0] not in "]}":
        token, tokens = tokens[0], tokens[1:]
        if token == "|":
            found += current
            current = [()]
        elif token in "[{":
            inner, tokens = _alternatives(tokens)
            tokens = tokens[1:]
            if token == "[":
                inner = [*inner, ()]
            current = [left + right for left in current for right in inner]
        else:
            current = [(*left, _element(token)) for left in current]
    return found + current, tokens


def _element(token: str) -> Element:
    if not token.startswith("<"):
        return Word(token)
    name, _, kind = token.strip("<>+").partition(":")
    return Capture(name, kind or "word", token.endswith("+"))


class Reason(IntEnum):
    """Why a line does not fit; the higher one is the better answer when two stand at the same word."""

    INVALID = 0
    AMBIGUOUS = 1
    INCOMPLETE = 2
    SHORTENED = 3


@dataclass(frozen=True, order=True)
class Failure:
    """The first word that does not fit: its index (0 = first word of the line), its column, the reason."""

    index: int
    reason: Reason
    column: int
    word: str


@dataclass(frozen=True)
class Match(Generic[Target]):
    """What a line means: the target of its pattern, the captured values, the line with all words written out.

    `shortened` is the first keyword that was abbreviated, as a failure for boxes that want it written out.
    """

    target: Target
    captures: Mapping[str, str]
    text: str
    shortened: Failure | None = None


@dataclass
class _Branch(Generic[Target]):
    words: dict[str, _Branch[Target]] = field(default_factory=dict)
    captures: list[tuple[Capture, Kind, _Branch[Target]]] = field(default_factory=list)
    target: Target | None = None


@dataclass(frozen=True)
class _Typed:
    text: str
    start: int


class Syntax(Generic[Target]):
    """All patterns of one mode."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self._kinds = kinds
        self._root: _Branch[Target] = _Branch()
        self._known: dict[str, Match[Target] | Failure] = {}

    def add(self, pattern: str, target: Target) -> None:
        """Add a pattern; two targets for one and the same sequence of words is an error in the table."""
        for sequence in expand(pattern):
            branch = self._root
            for element in sequence:
                branch = self._step(branch, element)
            if branch.target is not None and branch.target is not target:
                raise ValueError(f"pattern {pattern!r} is there twice")
            branch.target = target

    def _step(self, branch: _Branch[Target], element: Element) -> _Branch[Target]:
        if isinstance(element, Word):
            return branch.words.setdefault(element.text.lower(), _Branch())
        for capture, _, following in branch.captures:
            if capture == element:
                return following
        new: _Branch[Target] = _Branch()
        branch.captures.append((element, self._kind(element.kind), new))
        return new

    def _kind(self, name: str) -> Kind:
        numbers = _RANGE.fullmatch(name)
        if numbers:
            return number(int(numbers[1]), int(numbers[2]))
        if name in ("word", "rest"):
            return str
        return self._kinds[name]

    def words(self) -> Iterator[str]:
        """Return the first keywords of all patterns."""
        return iter(self._root.words)

    def parse(self, line: str) -> Match[Target] | Failure:
        """Return what the line means, or the first word that does not fit."""
        known = self._known.get(line)
        if known is None:
            known = self._parse(line)
            if len(self._known) < 20_000:
                self._known[line] = known
        return known

    def _parse(self, line: str) -> Match[Target] | Failure:
        typed = [_Typed(m.group(), m.start()) for m in re.finditer(r"\S+", line)]
        search = _Search[Target](line, typed)
        found = search.walk(self._root, _Read())
        if found is None:
            return search.failure
        return replace(found, shortened=search.shortened) if search.shortened else found


class _Search(Generic[Target]):
    """One walk through the word tree; remembers the failure that got furthest."""

    def __init__(self, line: str, typed: Sequence[_Typed]) -> None:
        self.line = line
        self.typed = typed
        self.failure = Failure(-1, Reason.INVALID, 0, "")
        self.shortened: Failure | None = None

    def fail(self, index: int, reason: Reason) -> None:
        at = self.typed[index] if index < len(self.typed) else _Typed("", len(self.line))
        self.failure = max(self.failure, Failure(index, reason, at.start, at.text))

    def walk(self, branch: _Branch[Target], read: _Read) -> Match[Target] | None:
        if read.index == len(self.typed):
            if branch.target is not None:
                return Match(branch.target, dict(read.values), " ".join(read.text))
            self.fail(read.index, Reason.INCOMPLETE)
            return None
        for keyword in self._keywords(branch, read.index):
            found = self.walk(branch.words[keyword], read.then(keyword))
            if found is not None:
                word = self.typed[read.index]
                if keyword != word.text.lower():
                    self.shortened = Failure(read.index, Reason.SHORTENED, word.start, word.text)
                return found
        for capture, kind, following in branch.captures:
            found = self._capture(capture, kind, following, read)
            if found is not None:
                return found
        self.fail(read.index, Reason.INVALID)
        return None

    def _keywords(self, branch: _Branch[Target], index: int) -> list[str]:
        word = self.typed[index].text.lower()
        if word in branch.words:
            return [word]
        fitting = [keyword for keyword in branch.words if keyword.startswith(word)]
        if len(fitting) > 1:
            self.fail(index, Reason.AMBIGUOUS)
            return []
        return fitting

    def _capture(self, capture: Capture, kind: Kind, following: _Branch[Target], read: _Read) -> Match[Target] | None:
        if capture.kind == "rest":
            rest = self.line[self.typed[read.index].start :].rstrip()
            assert following.target is not None
            values = {**dict(read.values), capture.name: rest}
            return Match(following.target, values, " ".join((*read.text, rest)))
        taken: list[str] = []
        best: Match[Target] | None = None
        for typed in self.typed[read.index :]:
            stored = kind(typed.text)
            if stored is None:
                break
            taken.append(stored)
            best = self.walk(following, read.take(capture.name, taken)) or best
            if not capture.repeated:
                break
        return best


@dataclass(frozen=True)
class _Read:
    """How far a walk has come: words read, values captured, words as they are written out."""

    index: int = 0
    values: tuple[tuple[str, str], ...] = ()
    text: tuple[str, ...] = ()

    def then(self, keyword: str) -> _Read:
        return _Read(self.index + 1, self.values, (*self.text, keyword))

    def take(self, name: str, words: Sequence[str]) -> _Read:
        value = " ".join(words)
        return _Read(self.index + len(words), (*self.values, (name, value)), (*self.text, value))


def number(low: int, high: int) -> Kind:
    """Return the kind of whole numbers from low to high, stored without leading zeros."""

    def kind(word: str) -> str | None:
        return str(int(word)) if word.isascii() and word.isdigit() and low <= int(word) <= high else None

    return kind
