"""One person or client at the box: which mode the lines go to, and the commands that work in any of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trunkline.lab.vendors.eos import commands
from trunkline.lab.vendors.eos.result import Code, Result, refused
from trunkline.lab.vendors.eos.sessions import RefusedError, Session
from trunkline.lab.vendors.eos.typist import EosTypist
from trunkline.lab.vendors.eos.words import failure
from trunkline.lab.vendors.faults import Interruption
from trunkline.lab.vendors.syntax import Failure
from trunkline.lab.vendors.tree import Node

if TYPE_CHECKING:
    from trunkline.lab.vendors.eos.box import Box

# Exec commands that EOS takes in configuration mode as well.
ANYWHERE = ("show", "write", "copy", "dir", "more", "ping", "configure")
IN_SESSION = ("commit", "abort", "rollback")


class DeadLineError(Exception):
    """The line to the box dies or falls silent here."""

    def __init__(self, how: Interruption) -> None:
        super().__init__(how.value)
        self.how = how


class Shell:
    """Exec mode, configuration mode or a session. `written_out`: a client of eAPI, which must not abbreviate."""

    def __init__(self, box: Box, *, user: str, written_out: bool) -> None:
        self.box = box
        self.user = user
        self.written_out = written_out
        self.session: Session | None = None
        self._typist: EosTypist | None = None

    @property
    def prompt(self) -> str:
        """What stands before the cursor."""
        if self._typist is None:
            return f"{self.box.hostname}#"
        place = self._typist.place
        if self.session is not None:
            place = place.replace("config", f"config-s-{self.session.name[:6]}", 1)
        return f"{self.box.hostname}({place})#"

    def type(self, line: str, more: str | None = None) -> Result:
        """Take one line; MORE is what eAPI sends along for a command that asks for a text."""
        typist = self._current()
        if typist is not None and (typist.collecting or self._for_configuration(line)):
            return self._configure(typist, line, more)
        return self._execute(line)

    def leave(self) -> None:
        """End the request: configuration mode is left, a session stays pending."""
        if self._typist is not None:
            self._typist.unwind(1)
        self._typist = None
        self.session = None

    def start(self, session: Session | None) -> None:
        """Enter configuration mode, or a session."""
        self.session = session
        self._typist = (
            self.box.sessions_of.typist(self.box.machine.running, session=False, written_out=self.written_out)
            if session is None
            else session.typist
        )

    def group_change(self) -> tuple[Node | None, Node] | None:
        """The block of a group-change mode as it is and as it will be."""
        return None if self._typist is None else self._typist.pending

    def _current(self) -> EosTypist | None:
        """The typist; a new one if another commit has replaced what it was typing into."""
        if self._typist is None:
            return None
        root = self.box.machine.running if self.session is None else self.session.root
        if self._typist.root is not root:
            self.start(self.session)
        return self._typist

    def _for_configuration(self, line: str) -> bool:
        word = line.split(maxsplit=1)[0].lower() if line.split() else ""
        return word not in ANYWHERE

    def _configure(self, typist: EosTypist, line: str, more: str | None) -> Result:
        words = line.split()
        if self.session is not None and self._is_for_session(typist, words):
            return self._in_session(self.session, words)
        if self.written_out and words and not typist.collecting:
            how = self.box.faults.interruption()
            if how is not Interruption.NONE:
                raise DeadLineError(how)
        answer = typist.type(line, "" if self.written_out else self.prompt)
        if typist.collecting and more is not None:
            for each in more.removesuffix("\n").split("\n"):
                typist.type(each)
            while typist.collecting:
                typist.type("EOF")
        if typist.ended:
            typist.ended = False
            self.leave()
        if answer.accepted:
            return Result(answer.text)
        return refused(answer.text, _code(answer.text))

    @staticmethod
    def _is_for_session(typist: EosTypist, words: list[str]) -> bool:
        if typist.collecting or words[:1] not in ([word] for word in IN_SESSION):
            return False
        return not (words == ["abort"] and typist.aborts)

    def _in_session(self, session: Session, words: list[str]) -> Result:
        try:
            if words == ["rollback", "clean-config"]:
                self.box.sessions_of.roll_back(session)
                self.start(session)
            elif words == ["abort"]:
                self.box.sessions_of.abort(session.name)
                self.leave()
            elif words[0] == "commit" and len(words) in (1, 3):
                seconds = commands.seconds_of(words[2]) if len(words) == 3 else None
                self.box.sessions_of.commit(session.name, seconds)
                self.leave()
            else:
                return refused(f"% Invalid input (at token 1: '{words[1]}')", Code.INVALID)
        except RefusedError as error:
            return refused(str(error))
        return Result()

    def _execute(self, line: str) -> Result:
        typed, *filters = [part.strip() for part in line.split(" | ")]
        if not typed or typed.startswith("!"):
            return Result()
        found = commands.SYNTAX.parse(typed)
        if not isinstance(found, Failure) and self.written_out and found.shortened is not None:
            found = found.shortened
        if isinstance(found, Failure):
            words = failure(typed, found, "" if self.written_out else self.prompt)
            return refused(words, Code.INVALID)
        try:
            result = found.target(self, found.captures)
        except RefusedError as error:
            return refused(str(error))
        return commands.filtered(result, filters)


def _code(words: str) -> Code:
    """Words about a word of the line say that the command is invalid; others, that it could not be run."""
    invalid = words.startswith(("% Invalid input", "% Incomplete", "% Ambiguous"))
    return Code.INVALID if invalid else Code.COULD_NOT_RUN
