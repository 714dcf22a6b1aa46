"""A valid estate that a test breaks in one place."""

from __future__ import annotations

import shutil
from pathlib import Path

from trunkline.errors import InvalidFiles
from trunkline.model.estate import Estate, load_estate

VALID = Path(__file__).parent / "estate"
LEEDS = "sites/leeds.yml"


class WrittenEstate:
    """An estate on disk, as a person edits it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "estate"
        shutil.copytree(VALID, self.path)

    def change(self, old: str, new: str, file: str = LEEDS) -> None:
        """Replace what stands once in a file."""
        path = self.path / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")

    def write(self, file: str, text: str) -> None:
        """Write a whole file."""
        (self.path / file).write_text(text, "utf-8")

    def read(self, file: str = LEEDS) -> str:
        """Return a whole file."""
        return (self.path / file).read_text("utf-8")

    def load(self) -> Estate:
        """Load it."""
        return load_estate(self.path)

    def mistakes(self) -> list[str]:
        """Return what is printed for it, without the folder."""
        try:
            self.load()
        except InvalidFiles as invalid:
            return [str(problem).removeprefix(f"{self.path}/") for problem in invalid.problems]
        return []
