"""From pydantic's errors to mistakes that the person who wrote the file can fix."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from trunkline.errors import Problem
from trunkline.model.mistakes import FieldPath, Mistake, Mistakes
from trunkline.model.record import Record
from trunkline.model.source import Document, field_name
from trunkline.model.suggest import suggest
from trunkline.units import NotAUnit


def problems_of(error: ValidationError, model: object, document: Document) -> Iterator[Problem]:
    """Turn every error of a validation into a problem at its line."""
    errors = error.errors(include_url=False)
    for details in errors:
        if details["type"] == "too_short" and any(_is_inside(other, details) for other in errors):
            continue  # the list is short only because an item of it is wrong
        path = tuple(step for step in details["loc"] if step != "[key]")
        at_key = "[key]" in details["loc"] or details["type"] == "extra_forbidden"
        for mistake in _mistakes(details, path, model):
            where = (*path, *mistake.at)
            place = document.keys.get(where) if at_key or mistake.at else None
            line, column = place or document.places.get(where) or _nearest(document, where)
            yield Problem(document.file, line, column, field_name(where), mistake.what, mistake.right)


def _is_inside(inner: ErrorDetails, outer: ErrorDetails) -> bool:
    depth = len(outer["loc"])
    return len(inner["loc"]) > depth and inner["loc"][:depth] == outer["loc"]


def _nearest(document: Document, path: FieldPath) -> tuple[int, int]:
    position = document.positions.find(path)
    return position.line, position.column


def _mistakes(details: ErrorDetails, path: FieldPath, model: object) -> Sequence[Mistake]:
    cause = details.get("ctx", {}).get("error")
    if isinstance(cause, Mistakes):
        return cause.mistakes
    return (_mistake(details, cause, path, model),)


def _mistake(details: ErrorDetails, cause: object, path: FieldPath, model: object) -> Mistake:
    kind = details["type"]
    context: Mapping[str, object] = details.get("ctx", {})
    if isinstance(cause, Mistake):
        return cause
    if isinstance(cause, NotAUnit):
        return Mistake(cause.what, cause.right)
    if kind == "missing":
        return Mistake("is missing", _example(model, path))
    if kind == "extra_forbidden":
        return _unknown_key(model, path)
    if kind == "literal_error":
        return _not_one_of(details["input"], str(context["expected"]))
    return Mistake(_said(details["input"], kind), _right(kind, context))


def _said(value: object, kind: str) -> str:
    if kind in {"too_short", "string_too_short"}:
        return "is empty"
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return f"{value!r} is not right here"
    if value is None:
        return "has no value"
    if isinstance(value, bool):
        return f"{str(value).lower()} is not right here"
    return "a list is not right here" if isinstance(value, tuple) else "a mapping is not right here"


_RIGHT = {
    "string_type": "write text; in quotes where it is digits",
    "int_type": "write a whole number without quotes",
    "float_type": "write a number without quotes",
    "tuple_type": "write a list, [a, b]",
    "mapping_type": "write a mapping, key: value",
    "dict_type": "write a mapping, key: value",
    "model_type": "write a mapping, key: value",
    "too_short": "write at least one",
    "greater_than": "write a number above {gt}",
    "greater_than_equal": "write a number from {ge}",
    "less_than": "write a number below {lt}",
    "less_than_equal": "write a number up to {le}",
    "string_pattern_mismatch": "write what matches {pattern}",
}


def _right(kind: str, context: Mapping[str, object]) -> str:
    return _RIGHT.get(kind, "compare with `trunkline schema`").format(**context)


def _not_one_of(written: object, expected: str) -> Mistake:
    known = [word.strip("'") for word in expected.replace(" or ", ", ").split(", ")]
    shown = repr(written) if isinstance(written, str) else "this"
    return Mistake(f"{shown} is not known here", suggest(str(written), known, "known words"))


def _unknown_key(model: object, path: FieldPath) -> Mistake:
    key = str(path[-1])
    owner = _annotation_at(model, path[:-1])
    known = sorted(owner.model_fields) if isinstance(owner, type) and issubclass(owner, Record) else []
    return Mistake("is not a known key", suggest(key, known, "known keys"))


def _example(model: object, path: FieldPath) -> str:
    """Say how a missing field is written."""
    name = str(path[-1])
    owner = _annotation_at(model, path[:-1])
    if not (isinstance(owner, type) and issubclass(owner, Record)):
        return f"write {name}: ..."
    field = owner.model_fields[name]
    part = bare(field.annotation)
    if isinstance(part, type) and issubclass(part, Record):
        keys = [key for key, inner in part.model_fields.items() if inner.is_required()]
        return f"write {name}: {{{', '.join(f'{key}: ...' for key in keys)}}}"
    described = owner.model_json_schema()["properties"][name]
    example = (described.get("examples") or described.get("enum") or ["..."])[0]
    if isinstance(example, str) and example.isdigit():
        example = f'"{example}"'
    meaning = (field.description or "").removesuffix(".")
    return f"write {name}: {example} ({meaning})" if meaning else f"write {name}: {example}"


def _annotation_at(annotation: object, path: FieldPath) -> object:
    kind = bare(annotation)
    if not path:
        return kind
    if isinstance(kind, type) and issubclass(kind, Record):
        field = kind.model_fields.get(str(path[0]))
        return _annotation_at(field.annotation, path[1:]) if field else None
    arguments = get_args(kind)
    if get_origin(kind) is tuple and arguments:
        return _annotation_at(arguments[0], path[1:])
    if len(arguments) == 2:
        return _annotation_at(arguments[1], path[1:])
    return None


def bare(annotation: object) -> object:
    """Return an annotation without Annotated and Optional."""
    if get_origin(annotation) is Annotated:
        return bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        real = [choice for choice in get_args(annotation) if choice is not type(None)]
        if len(real) == 1 and get_origin(real[0]) is not Literal:
            return bare(real[0])
    return annotation
