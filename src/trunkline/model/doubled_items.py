"""Lists that name the same thing twice: a box keeps one of two, and would differ from its file for ever."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from trunkline.model.mistakes import FieldPath
from trunkline.model.record import Record


def find_doubled(value: object, path: FieldPath = ()) -> Iterator[tuple[FieldPath, FieldPath, Hashable]]:
    """Yield each list item that stands in its list before: its path, the path of the first one, the item."""
    if isinstance(value, Record):
        for name in value.model_fields_set:
            yield from find_doubled(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from find_doubled(item, (*path, key))
    elif isinstance(value, tuple):
        first: dict[Hashable, int] = {}
        for index, item in enumerate(value):
            if isinstance(item, Record):
                yield from find_doubled(item, (*path, index))
            elif item in first:
                yield (*path, index), (*path, first[item]), item
            else:
                first[item] = index
