"""The words in which EOS refuses."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Wording
from trunkline.lab.vendors.syntax import Failure, Reason

UNAVAILABLE = "% Unavailable command (not supported on this hardware platform)"
TOO_MANY_SESSIONS = "% Maximum number of pending sessions has been reached"
NO_SPACE = "% Error copying {source} to {target} (No space left on device)"
NO_FILE = "% Error copying {source} to {target} (No such file or directory)"


def failure(line: str, misfit: Failure, prompt: str) -> str:
    """Answer a line that does not fit.

    At a prompt the box names only an invalid word. Over eAPI, which has no prompt, it names the word always.
    """
    words = line.split()
    index = min(misfit.index, max(len(words) - 1, 0))
    word = words[index] if words else ""
    place = f" (at token {index}: '{word}')"
    match misfit.reason:
        case Reason.INCOMPLETE:
            return "% Incomplete command" + ("" if prompt else place)
        case Reason.AMBIGUOUS:
            return "% Ambiguous command" + ("" if prompt else place)
        case Reason.SHORTENED:
            return "% Incomplete token" + place
        case _:
            return "% Invalid input" + place


WORDING = Wording(failure=failure)
