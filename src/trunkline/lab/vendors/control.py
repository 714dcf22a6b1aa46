"""Client of the control server: what tests and the demo use to look into the boxes and to break them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass

from trunkline.errors import TrunklineError


class ControlFailed(TrunklineError):
    """The control server did not do what it was asked."""


@dataclass(frozen=True)
class BoxState:
    """A box as it is inside: configurations, counters, open sessions, whether a commit waits for confirmation."""

    running: str
    startup: str
    writes: int
    saves: int
    entered: tuple[str, ...]
    sessions: int
    pending: bool


class Control:
    """Talks to the control server of a serving process."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self._base = f"http://{host}:{port}"
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def boxes(self) -> list[str]:
        """Return the names of the boxes."""
        names = self._ask("/boxes")["boxes"]
        assert isinstance(names, list)
        return [str(name) for name in names]

    def state(self, name: str) -> BoxState:
        """Return what is in a box now."""
        return _state(self._ask(f"/boxes/{name}"))

    def console(self, name: str, *lines: str) -> list[str]:
        """Type lines at the box's console, in exec mode at first; return the answers."""
        answers = self._ask(f"/boxes/{name}/console", {"lines": list(lines)})["answers"]
        assert isinstance(answers, list)
        return [str(answer) for answer in answers]

    def advance(self, name: str, seconds: float) -> BoxState:
        """Move the box's clock forward; timers fire."""
        return _state(self._ask(f"/boxes/{name}/clock", {"advance": seconds}))

    def refuse_login(self, name: str) -> None:
        """Let the box refuse every login."""
        self._fault(name, "refuse_login")

    def new_host_key(self, name: str) -> dict[str, str]:
        """Give the box another host key or certificate; return the new identity."""
        identity = self._fault(name, "new_host_key")["identity"]
        assert isinstance(identity, dict)
        return {str(key): str(value) for key, value in identity.items()}

    def full_flash(self, name: str) -> None:
        """Let no file fit on the box any more."""
        self._fault(name, "full_flash")

    def drop_after_lines(self, name: str, count: int) -> None:
        """Let the connection die after so many configuration lines."""
        self._fault(name, "drop_after_lines", n=count)

    def hang_after_lines(self, name: str, count: int) -> None:
        """Let the box fall silent after so many configuration lines."""
        self._fault(name, "hang_after_lines", n=count)

    def refuse_line(self, name: str, match: str, answer: str) -> None:
        """Let the box refuse lines that a regular expression is found in, with these words."""
        self._fault(name, "refuse_line", match=match, answer=answer)

    def truncate_config(self, name: str, size: int) -> None:
        """Let the running configuration break off after so many bytes when it is shown."""
        self._fault(name, "truncate_config", n=size)

    def vty_in_use(self, name: str, count: int) -> None:
        """Let so many sessions be taken by others."""
        self._fault(name, "vty_in_use", n=count)

    def clear(self, name: str) -> None:
        """Take all faults away."""
        self._fault(name, "clear")

    def _fault(self, name: str, kind: str, **options: str | int) -> dict[str, object]:
        return self._ask(f"/boxes/{name}/fault", {"kind": kind, **options})

    def _ask(self, path: str, body: dict[str, object] | None = None) -> dict[str, object]:
        encoded = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data=encoded)
        try:
            with self._opener.open(request, timeout=30) as response:
                answer = json.load(response)
        except urllib.error.HTTPError as error:
            raise ControlFailed(f"{path}: {json.load(error)['error']}") from None
        except OSError as error:
            raise ControlFailed(f"{self._base} does not answer: {error}") from None
        assert isinstance(answer, dict)
        return answer


def _state(answer: dict[str, object]) -> BoxState:
    entered = answer["entered"]
    assert isinstance(entered, list)
    return BoxState(
        running=str(answer["running"]),
        startup=str(answer["startup"]),
        writes=int(str(answer["writes"])),
        saves=int(str(answer["saves"])),
        entered=tuple(str(line) for line in entered),
        sessions=int(str(answer["sessions"])),
        pending=bool(answer["pending"]),
    )
