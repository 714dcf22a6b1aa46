"""Edit an ordered list with the fewest moves: numbered rules of an access list, classes of a policy."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)

_STEP = 10


def keep_in_order(before: Sequence[Item], after: Sequence[Item]) -> set[Item]:
    """The largest set of items, each once in both lists, that need not move (longest increasing subsequence)."""
    place = {item: index for index, item in enumerate(before)}
    common = [item for item in after if item in place]
    tails: list[int] = []
    tail_items: list[int] = []
    previous: list[int] = []
    for index, item in enumerate(common):
        length = bisect_left(tails, place[item])
        previous.append(tail_items[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place[item])
            tail_items.append(index)
        else:
            tails[length] = place[item]
            tail_items[length] = index
    kept: set[Item] = set()
    index = tail_items[-1] if tail_items else -1
    while index >= 0:
        kept.add(common[index])
        index = previous[index]
    return kept


@dataclass(frozen=True)
class NumberedRule:
    """A rule at its number; `identity` is what it says, `pinned` whether it decides about packets."""

    identity: Hashable
    number: int
    pinned: bool


@dataclass(frozen=True)
class NumberedEdit:
    """How to edit a numbered list: renumber first (start = step) if asked, insert, then remove."""

    step: int | None
    inserted: tuple[tuple[int, int], ...]
    """(index in the intended list, number to enter it under)"""
    removed: tuple[int, ...]
    """numbers to remove, as they are after renumbering"""
    numbers: tuple[int, ...]
    """the number of each rule of the intended list afterwards"""
    moves: bool
    """whether a rule that decides about packets has to move, so that it would be away for a moment"""


def edit_numbered(before: Sequence[NumberedRule], after: Sequence[NumberedRule]) -> NumberedEdit:
    """The fewest commands that turn one numbered list into the other, every insertion before every removal."""
    kept = _kept(before, after)
    moves = any(
        rule.pinned and index not in kept.values() and any(rule.identity == new.identity for new in after)
        for index, rule in enumerate(before)
    )
    rules, step = list(before), None
    numbers = _allocate(rules, after, kept)
    if numbers is None:
        step = max(_STEP, len(after) + 1)
        rules = [replace(rule, number=step * (index + 1)) for index, rule in enumerate(before)]
        numbers = _allocate(rules, after, kept)
        assert numbers is not None
    inserted = tuple((index, numbers[index]) for index in range(len(after)) if index not in kept)
    removed = tuple(rule.number for index, rule in enumerate(rules) if index not in kept.values())
    return NumberedEdit(step, inserted, removed, tuple(numbers), moves)


def _kept(before: Sequence[NumberedRule], after: Sequence[NumberedRule]) -> dict[int, int]:
    """Index in `after` → index in `before` of the rules that stay; remarks only between rules that stay."""
    old = {rule.identity: index for index, rule in enumerate(before) if rule.pinned}
    new = {rule.identity: index for index, rule in enumerate(after) if rule.pinned}
    stay = keep_in_order(list(old), list(new))
    kept = {new[identity]: old[identity] for identity in stay}
    fences = sorted([(-1, -1), *kept.items(), (len(after), len(before))])
    for (new_from, old_from), (new_to, old_to) in pairwise(fences):
        cursor = old_from + 1
        for index in range(new_from + 1, new_to):
            if after[index].pinned:
                continue
            for candidate in range(cursor, old_to):
                if not before[candidate].pinned and before[candidate].identity == after[index].identity:
                    kept[index] = candidate
                    cursor = candidate + 1
                    break
    return kept


def _allocate(before: Sequence[NumberedRule], after: Sequence[NumberedRule], kept: dict[int, int]) -> list[int] | None:
    """A free number for each new rule between its neighbours; None where a gap is too small."""
    used = {rule.number for rule in before}
    numbers = [before[kept[index]].number if index in kept else 0 for index in range(len(after))]
    index = 0
    while index < len(after):
        if index in kept:
            index += 1
            continue
        end = index
        while end < len(after) and end not in kept:
            end += 1
        count = end - index
        low = numbers[index - 1] if index else 0
        if end == len(after):
            top = max([low, *used])
            free = [top + _STEP * (offset + 1) for offset in range(count)]
        else:
            gap = [number for number in range(low + 1, numbers[end]) if number not in used]
            if len(gap) < count:
                return None
            free = [gap[(offset + 1) * len(gap) // (count + 1)] for offset in range(count)]
        numbers[index:end] = free
        index = end
    return numbers
