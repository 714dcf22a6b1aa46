"""A terminal around a shell: echo, line editing, CR/LF, the pager."""

from __future__ import annotations

from trunkline.lab.vendors.ios_xe.shell import Shell

MORE = " --More-- "
_ERASE = "\b" * len(MORE) + " " * len(MORE) + "\b" * len(MORE)


class Terminal:
    """Turns what a client sends into what it sees."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self._typed = ""
        self._after_return = False
        self._waiting: list[str] = []
        self._keys = {
            "\r": self._enter,
            "\n": self._enter,
            "\x08": self._backspace,
            "\x7f": self._backspace,
            "\x15": self._kill_line,
            "\x1a": self._control_z,
            "\x03": self._control_c,
        }

    def greeting(self, banner: str) -> str:
        """Return what stands on the screen after login."""
        return _wire(f"{banner}\n") + self.shell.prompt if banner else f"\r\n{self.shell.prompt}"

    def receive(self, text: str) -> str:
        """Take characters; return what goes to the screen."""
        out: list[str] = []
        for character in text:
            if self.shell.closed or self.shell.hung:
                break
            out.append(self._page(character) if self._waiting else self._key(character))
        return "".join(out)

    def _key(self, character: str) -> str:
        if character == "\n" and self._after_return:
            self._after_return = False
            return ""
        self._after_return = character == "\r"
        act = self._keys.get(character)
        if act is not None:
            return act()
        self._typed += character
        return "" if self.shell.hides_input else character

    def _backspace(self) -> str:
        erased = self._typed != ""
        self._typed = self._typed[:-1]
        return "\b \b" if erased else ""

    def _kill_line(self) -> str:
        back = len(self._typed)
        self._typed = ""
        return "\b" * back + " " * back + "\b" * back

    def _control_z(self) -> str:
        self._typed = "end" if self.shell.typist is not None else ""
        return "^Z" + self._enter()

    def _control_c(self) -> str:
        hand = self.shell.typist
        if hand is not None and (hand.collecting or self._typed.lstrip().startswith("banner ")):
            self._typed += "\x03"
            return "^C"
        self._typed = ""
        self.shell.leave_configuration()
        return f"\r\n{self.shell.prompt}"

    def _enter(self) -> str:
        line, self._typed = self._typed, ""
        answer = self.shell.enter(line)
        if self.shell.closed or self.shell.hung:
            return "\r\n"
        return "\r\n" + self._show(answer.split("\n") if answer else [])

    def _show(self, lines: list[str]) -> str:
        length = self.shell.length
        if length == 0 or len(lines) < length:
            return _wire("".join(f"{line}\n" for line in lines)) + self.shell.prompt
        self._waiting = lines[length - 1 :]
        return _wire("".join(f"{line}\n" for line in lines[: length - 1])) + MORE

    def _page(self, key: str) -> str:
        lines, self._waiting = self._waiting, []
        if key == " ":
            return _ERASE + self._show(lines)
        if key in "\r\n":
            if len(lines) == 1:
                return _ERASE + self._show(lines)
            self._waiting = lines[1:]
            return _ERASE + _wire(f"{lines[0]}\n") + MORE
        return _ERASE + self.shell.prompt


def _wire(text: str) -> str:
    return text.replace("\n", "\r\n")
