"""One terminal session: modes, prompts, questions. It takes lines and returns answers; echo is the terminal's."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from trunkline.lab.vendors.faults import Interruption
from trunkline.lab.vendors.typist import Typist

if TYPE_CHECKING:
    from trunkline.lab.vendors.ios_xe.box import Box

Dialogue = Generator[str, str, str]  # yields questions, gets replies, returns the answer
PROMPT_LENGTH = 20  # configuration mode cuts the host name


class Shell:
    """A session of one user on one line.

    `closed` tells the terminal to hang up, `dropped` to do it without a word, `hung` to fall silent.
    """

    def __init__(self, box: Box, user: str, line: str, *, privileged: bool = True) -> None:
        self.box = box
        self.user = user
        self.line = line
        self.privileged = privileged
        self.length = 24
        self.width = 80
        self.closed = False
        self.dropped = False
        self.hung = False
        self.tcl = False
        self.since = box.clock.now()
        self.typist: Typist | None = None
        self._dialogue: Dialogue | None = None
        self._question = ""
        self._tcl_file: str | None = None
        self._tcl_lines: list[str] = []

    @property
    def prompt(self) -> str:
        """What the terminal prints when it waits: a prompt, a question, nothing inside a banner."""
        if self._dialogue is not None:
            return self._question
        if self._tcl_file is not None:
            return "+>"
        if self.typist is not None:
            if self.typist.collecting:
                return ""
            return f"{self.box.hostname[:PROMPT_LENGTH]}({self.typist.mode})#"
        if self.tcl:
            return f"{self.box.hostname}(tcl)#"
        return f"{self.box.hostname}{'#' if self.privileged else '>'}"

    @property
    def hides_input(self) -> bool:
        """Whether what is typed now is not echoed."""
        return self._question.startswith("Password")

    def enter(self, line: str) -> str:
        """Take one line; return the answer, without echo and without the next prompt."""
        if self._dialogue is not None:
            return self._continue(line)
        if self._tcl_file is not None:
            return self._tcl_line(line)
        if self.typist is not None:
            return self._configure(line)
        if self.tcl and line.strip() in ("tclquit", "exit"):
            self.tcl = False
            return ""
        if self.tcl and line.startswith("puts [open "):
            return self._tcl_open(line)
        return self._execute(line)

    def leave_configuration(self) -> None:
        """Be in exec mode again, whatever was going on."""
        self.typist = None
        self._dialogue = None
        self._question = ""

    def start_configuration(self) -> None:
        """Enter configuration mode."""
        self.typist = self.box.machine.typist()

    def _execute(self, line: str) -> str:
        from trunkline.lab.vendors.ios_xe.exec_mode import execute

        outcome = execute(self, line)
        return outcome if isinstance(outcome, str) else self._begin(outcome)

    def _begin(self, dialogue: Dialogue) -> str:
        self._dialogue = dialogue
        return self._advance(None)

    def _continue(self, reply: str) -> str:
        return self._advance(reply)

    def _advance(self, reply: str | None) -> str:
        assert self._dialogue is not None
        try:
            said = next(self._dialogue) if reply is None else self._dialogue.send(reply)
        except StopIteration as stop:
            self._dialogue = None
            self._question = ""
            return str(stop.value)
        before, _, self._question = said.rpartition("\n")
        return before

    def _configure(self, line: str) -> str:
        assert self.typist is not None
        typist = self.typist
        if not typist.collecting:
            word = line.strip()
            if word.startswith("do "):
                return self._execute(word[3:])
            if self.line != "con 0" and word not in ("", "exit", "end") and self._interrupted():
                return ""
            question = self.box.question(typist, line)
            if question is not None:
                return self._begin(self._confirmed(question, line))
        return self._typed(line)

    def _interrupted(self) -> bool:
        what = self.box.faults.interruption()
        self.dropped = self.closed = what is Interruption.DROP
        self.hung = what is Interruption.HANG
        return what is not Interruption.NONE

    def _typed(self, line: str) -> str:
        assert self.typist is not None
        collecting = self.typist.collecting
        answer = self.typist.type(line, self.prompt)
        if self.typist.collecting and not collecting:
            return _how_to_end(line)
        if self.typist.ended:
            self.typist = None
            self.box.note_change(self.user)
        return answer.text

    def _confirmed(self, question: str, line: str) -> Dialogue:
        from trunkline.lab.vendors.ios_xe.files import agreed

        if agreed(question, (yield question)):
            return self._typed(line)
        return "" if question.endswith("[confirm]") else "%Dynamic mapping in use, cannot remove\n"

    def _tcl_open(self, line: str) -> str:
        name = line.partition('"')[2].partition('"')[0]
        self._tcl_file = name
        self._tcl_lines = []
        return self._tcl_line(line.partition("{")[2])

    def _tcl_line(self, line: str) -> str:
        if not line.endswith("}"):
            self._tcl_lines.append(line)
            return ""
        self._tcl_lines.append(line[:-1])
        from trunkline.lab.vendors.ios_xe.files import write_flash

        assert self._tcl_file is not None
        refused = write_flash(self.box, self._tcl_file, ("\n".join(self._tcl_lines) + "\n").encode())
        self._tcl_file = None
        return refused


def _how_to_end(line: str) -> str:
    """Return what the box says when it starts to take lines as they come."""
    words = line.split()
    if words[0].startswith("b") and len(words) > 2:
        mark = "^C" if words[2].startswith(("^C", "\x03")) else words[2][0]
        return f"Enter TEXT message.  End with the character '{mark}'."
    return "Enter the certificate in hexadecimal representation....\n"
