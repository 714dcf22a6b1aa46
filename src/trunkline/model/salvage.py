"""What is left of a file whose values are partly wrong, so that one run names the other mistakes as well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar, get_args, get_origin

from pydantic import ValidationError

from trunkline.model.explain_errors import bare
from trunkline.model.mistakes import FieldPath
from trunkline.model.record import Record

RecordT = TypeVar("RecordT", bound=Record)
_ROUNDS = 4

# Stand in for a required section that could not be read; nothing is told about such a section.
_STAND_INS: Mapping[str, object] = {
    "site": "unread",
    "name": "-",
    "call_control": "pair",
    "timezone": "UTC",
    "country": "ZZ",
    "emergency": {"address": "-", "callback": "+10000000"},
    "people": {"busy_hour_calls": 0, "mean_call_s": 1},
    "networks": {},
    "devices": {},
}


@dataclass(frozen=True)
class Kept:
    """Which items of a file's lists were kept, by the path of the list in the file."""

    items: Mapping[FieldPath, tuple[int, ...]]

    def in_file(self, path: FieldPath) -> FieldPath:
        """Return the path in the file of what has this path in the salvaged value."""
        found: FieldPath = ()
        for step in path:
            kept = self.items.get(found)
            found = (*found, kept[step] if kept is not None and isinstance(step, int) else step)
        return found

    def salvaged(self, places: Mapping[FieldPath, tuple[int, int]]) -> Mapping[FieldPath, tuple[int, int]]:
        """Return the places of a file by the paths of the salvaged value."""
        moved: dict[FieldPath, tuple[int, int]] = {}
        for path, place in places.items():
            new = self._from_file(path)
            if new is not None:
                moved[new] = place
        return moved

    def _from_file(self, path: FieldPath) -> FieldPath | None:
        new: FieldPath = ()
        for depth, step in enumerate(path):
            kept = self.items.get(path[:depth])
            if kept is None or not isinstance(step, int):
                new = (*new, step)
            elif step in kept:
                new = (*new, kept.index(step))
            else:
                return None
        return new


@dataclass(frozen=True)
class Salvaged(Generic[RecordT]):
    """The readable part of a file, and the top-level sections that are not whole."""

    value: RecordT
    incomplete: frozenset[str]
    kept: Kept


def salvage(model: type[RecordT], content: object, error: ValidationError) -> Salvaged[RecordT] | None:
    """Leave out what is wrong until the rest is right; None where too much is wrong."""
    if not isinstance(content, Mapping):
        return None
    incomplete: set[str] = set()
    left: object = content
    kept = Kept({})
    for _ in range(_ROUNDS):
        for details in error.errors(include_url=False, include_input=False):
            path = kept.in_file(tuple(step for step in details["loc"] if step != "[key]"))
            left = _without(left, model, path)
            incomplete |= _touched(path, details["type"], model, content)
        items: dict[FieldPath, tuple[int, ...]] = {}
        compact = _compact(left, (), items)
        kept = Kept(items)
        try:
            return Salvaged(model.model_validate(compact), frozenset(incomplete), kept)
        except ValidationError as again:
            error = again
    return None


def _touched(path: FieldPath, kind: str, model: type[Record], content: Mapping[str, object]) -> set[str]:
    if kind == "extra_forbidden" and len(path) == 1:
        return set(model.model_fields) - set(content)  # the unknown key may have meant any of these
    return {str(path[0])} if path else set()


class _LeftOut:
    """Keeps the place of a list item that was left out, so that later paths still fit."""


_LEFT_OUT = _LeftOut()


def _without(content: object, model: type[Record], path: FieldPath) -> object:
    depth = _droppable(model, path)
    if depth:
        return _replaced(content, path[:depth], _LEFT_OUT)
    if path and path[0] in _STAND_INS:
        return _replaced(content, path[:1], _STAND_INS[str(path[0])])
    return content


def _droppable(model: type[Record], path: FieldPath) -> int:
    """Return the length of the longest part of the path that can be left out, 0 for none."""
    found = 0
    annotation: object = model
    for depth, step in enumerate(path, start=1):
        kind = bare(annotation)
        if isinstance(kind, type) and issubclass(kind, Record):
            field = kind.model_fields.get(str(step))
            if field is None:
                return depth
            if not field.is_required():
                found = depth
            annotation = field.annotation
        elif get_origin(kind) is not None and get_args(kind):
            found = depth
            annotation = get_args(kind)[0] if get_origin(kind) is tuple else get_args(kind)[-1]
        else:
            break
    return found


def _replaced(content: object, path: FieldPath, new: object) -> object:
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(content, Mapping):
        return {**content, step: _replaced(content.get(step), rest, new)}
    if isinstance(content, tuple) and isinstance(step, int) and step < len(content):
        return (*content[:step], _replaced(content[step], rest, new), *content[step + 1 :])
    return content


def _compact(content: object, path: FieldPath, items: dict[FieldPath, tuple[int, ...]]) -> object:
    if isinstance(content, Mapping):
        return {key: _compact(value, (*path, key), items) for key, value in content.items() if value is not _LEFT_OUT}
    if isinstance(content, tuple):
        kept = tuple(at for at, item in enumerate(content) if item is not _LEFT_OUT)
        if len(kept) != len(content):
            items[path] = kept
        return tuple(_compact(content[at], (*path, at), items) for at in kept)
    return content
