"""What scenarios ask of a configuration: the lines of a block, and the lines that another one has lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import SequenceMatcher

_CHANGE_BY_THEMSELVES = ("!", "Building configuration", "Current configuration", "end")


def block(configuration: str, heading: str) -> list[str]:
    """Return the lines inside a block, deeper ones too; the lines of no block for the empty heading."""
    if not heading:
        return [line for line in configuration.splitlines() if not line.startswith(" ")]
    inside = f"{heading} > "
    return [line.rpartition(" > ")[2] for line in _placed(configuration) if line.startswith(inside)]


def lost(before: str, after: str) -> list[str]:
    """Return the lines of `before`, each with the blocks it stands in, that `after` has not or has in other order."""
    one, other = list(_placed(before)), list(_placed(after))
    matches = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    kept = {index for match in matches for index in range(match.a, match.a + match.size)}
    return [line for index, line in enumerate(one) if index not in kept]


def _placed(configuration: str) -> Iterator[str]:
    """Yield each line behind the blocks that it stands in: `interface Ethernet1 > description desk`."""
    around: list[tuple[int, str]] = []
    for line in configuration.splitlines():
        text, indent = line.strip(), len(line) - len(line.lstrip())
        if not text or text.startswith(_CHANGE_BY_THEMSELVES):
            continue
        while around and around[-1][0] >= indent:
            around.pop()
        around.append((indent, text))
        yield " > ".join(text for _, text in around)


class FilterModule:
    """The door through which Ansible finds filters."""

    def filters(self) -> Mapping[str, Callable[[str, str], list[str]]]:
        """Every filter by its name."""
        return {"block": block, "lost": lost}
