"""Banners and certificates: lines that are taken as they come until an end mark."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Captures

_ETX = "\x03"


class Banner:
    """Takes a banner up to its delimiter, which is the first character typed (or `^C`)."""

    def __init__(self, captures: Captures) -> None:
        self.which = captures["which"]
        first = captures["first"]
        self.delimiter = next((mark for mark in ("^C", _ETX) if first.startswith(mark)), first[0])
        self.lines: list[str] = []
        self.complete: Captures | None = None
        self._take(first[len(self.delimiter) :])

    def add(self, line: str) -> None:
        """Take one line."""
        self._take(line.rstrip("\r"))

    def _take(self, line: str) -> None:
        at = line.find(self.delimiter)
        self.lines.append(line if at < 0 else line[:at])
        if at >= 0:
            self.complete = {"which": self.which, "text": "\n".join(self.lines)}


def show_banner(captures: Captures) -> str:
    """Print a banner; the box always uses ^C around it."""
    return f"banner {captures['which']} ^C{captures['text']}^C"


class Certificate:
    """Takes the hexadecimal lines of a certificate up to `quit`."""

    def __init__(self, captures: Captures) -> None:
        self.captures = captures
        self.lines: list[str] = []
        self.complete: Captures | None = None

    def add(self, line: str) -> None:
        """Take one line."""
        if line.strip().lower() == "quit":
            self.complete = {**self.captures, "hex": "\n".join(self.lines)}
        elif line.strip():
            self.lines.append(f"  {' '.join(line.split())}")


def show_certificate(captures: Captures) -> str:
    """Print a certificate as it was entered."""
    kind = f"{captures['kind']} " if "kind" in captures else ""
    return f"certificate {kind}{captures['serial']}\n{captures['hex']}\n  \tquit"
