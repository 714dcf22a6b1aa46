"""What rendering refuses, by template and letter, before any connection is opened."""

from __future__ import annotations

from pathlib import Path

from trunkline.errors import TrunklineError


class RenderError(TrunklineError):
    """A template and an intent do not fit: an undefined value, a syntax error, a loop over nothing."""


class LeftoverMarkupError(RenderError):
    """Rendered text still holds template markup, so something was never filled in."""

    def __init__(self, template: Path, host: str, line: int, marker: str, text: str) -> None:
        super().__init__(
            f"{template}: {host}: line {line} of the rendered text still holds {marker!r}: {text.strip()}; "
            "a value from the site file or the template was not filled in, nothing is sent to the box"
        )


class UnprintableLetterError(RenderError):
    """Rendered text holds a letter that the platform cannot store."""

    def __init__(self, template: Path, host: str, line: int, letter: str, text: str) -> None:
        name = f"{letter!r} (U+{ord(letter):04X})"
        super().__init__(
            f"{template}: {host}: line {line} holds {name}, and the box stores ASCII only: {text.strip()}; "
            "write the name without it in the site file"
        )
