"""Commands of exec mode: enter configuration, commit, copy, save, show."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trunkline.lab.vendors.eos import show
from trunkline.lab.vendors.eos.kinds import KINDS
from trunkline.lab.vendors.eos.result import Code, Result, refused
from trunkline.lab.vendors.eos.sessions import RefusedError
from trunkline.lab.vendors.eos.words import NO_FILE, NO_SPACE
from trunkline.lab.vendors.grammar import Captures
from trunkline.lab.vendors.syntax import Syntax

if TYPE_CHECKING:
    from trunkline.lab.vendors.eos.shell import Shell

Command = Callable[["Shell", Captures], Result]
COPIED = "Copy completed successfully."
RUNNING, STARTUP = "system:/running-config", "flash:/startup-config"


def seconds_of(timer: str) -> int:
    """Seconds of `HH:MM:SS`; refuses anything else.

    >>> seconds_of("00:02:30")
    150
    """
    match = re.fullmatch(r"(\d{1,3}):([0-5]?\d):([0-5]?\d)", timer)
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]) if match else 0
    if not seconds:
        raise RefusedError(f"% Invalid commit timer: {timer}")
    return seconds


def _nothing(_: Shell, __: Captures) -> Result:
    return Result()


def _configure(shell: Shell, _: Captures) -> Result:
    shell.start(None)
    return Result()


def _session(shell: Shell, captures: Captures) -> Result:
    sessions = shell.box.sessions_of
    name = captures.get("session") or f"sess-{len(sessions.named) + 1}-{int(shell.box.clock.now())}"
    shell.start(sessions.enter(name, shell.user, written_out=shell.written_out))
    return Result()


def _commit(shell: Shell, captures: Captures) -> Result:
    timer = captures.get("timer")
    shell.box.sessions_of.commit(captures["session"], seconds_of(timer) if timer else None)
    return Result()


def _abort(shell: Shell, captures: Captures) -> Result:
    shell.box.sessions_of.abort(captures["session"])
    return Result()


def _replace(shell: Shell, captures: Captures) -> Result:
    machine = shell.box.machine
    source = _path(captures["source"])
    content = _read(shell, source)
    if content is None:
        return refused(NO_FILE.format(source=source, target=RUNNING))
    if shell.box.sessions_of.waiting is not None:
        return refused("% Cannot replace the configuration: a commit timer is running")
    machine.running = machine.load(content)
    machine.wrote(f"configure replace {captures['source']}")
    return Result()


def _write(shell: Shell, _: Captures) -> Result:
    return _copy(shell, {"source": "running-config", "target": "startup-config"})


def _copy(shell: Shell, captures: Captures) -> Result:
    source, target = _path(captures["source"]), _path(captures["target"])
    content = _read(shell, source)
    if content is None:
        return refused(NO_FILE.format(source=source, target=target))
    if shell.box.faults.full_flash and target != RUNNING:
        return refused(NO_SPACE.format(source=source, target=target))
    if target == STARTUP and source == RUNNING:
        shell.box.save()
    elif target == STARTUP:
        shell.box.machine.save(content)
    elif target == RUNNING:
        refusals = shell.box.configure(content.splitlines())
        return Result("\n".join([*refusals, COPIED]))
    else:
        shell.box.machine.write_file(target.removeprefix("flash:/"), content.encode())
    return Result(COPIED)


def _delete(shell: Shell, captures: Captures) -> Result:
    path = _path(captures["target"])
    if _read(shell, path) is None or not path.startswith("flash:/"):
        return refused(f"% Error deleting {path} (No such file or directory)")
    shell.box.machine.delete_file(path.removeprefix("flash:/"))
    return Result()


def _more(shell: Shell, captures: Captures) -> Result:
    path = _path(captures["source"])
    content = _read(shell, path)
    return refused(f"% Error displaying {path} (No such file or directory)") if content is None else Result(content)


def _dir(shell: Shell, _: Captures) -> Result:
    files = {"startup-config": shell.box.machine.startup.encode(), **shell.box.machine.files}
    rows = [f"       -rwx {len(content):12d}            {name}" for name, content in sorted(files.items())]
    free = 0 if shell.box.faults.full_flash else 2_147_483_648
    return Result("\n".join(["Directory of flash:/", "", *rows, "", f"3816833024 bytes total ({free} bytes free)"]))


def _diff(shell: Shell, captures: Captures) -> Result:
    texts = []
    for name in ("old", "new"):
        content = _read(shell, _path(captures[name]))
        if content is None:
            return refused(f"% Error opening {_path(captures[name])} (No such file or directory)")
        texts.append([line for line in content.splitlines() if not line.startswith("! ")])
    old, new = texts
    return Result("\n".join(difflib.unified_diff(old, new, captures["old"], captures["new"], lineterm="")))


def _path(typed: str) -> str:
    known = {"running-config": RUNNING, "startup-config": STARTUP, "flash:startup-config": STARTUP}
    if typed in known:
        return known[typed]
    scheme, _, name = typed.partition(":")
    return f"{scheme}:/{name.lstrip('/')}"


def _read(shell: Shell, path: str) -> str | None:
    if path == RUNNING:
        return shell.box.running()
    if path == STARTUP:
        return shell.box.machine.startup or None
    content = shell.box.machine.files.get(path.removeprefix("flash:/"))
    return None if content is None else content.decode()


def filtered(result: Result, filters: Sequence[str]) -> Result:
    """Run a command's text through `| include X` and the like; `| json` asks for the model."""
    for each in filters:
        word, _, pattern = each.partition(" ")
        lines = result.text.split("\n")
        if word == "json":
            if result.model is None:
                return refused("% This is an unconverted command", Code.UNCONVERTED)
            return Result(show.json_text(result.model), result.model)
        if word in ("include", "grep"):
            lines = [line for line in lines if re.search(pattern, line)]
        elif word == "exclude":
            lines = [line for line in lines if not re.search(pattern, line)]
        elif word == "begin":
            first = next((at for at, line in enumerate(lines) if re.search(pattern, line)), len(lines))
            lines = lines[first:]
        elif word == "section":
            lines = show.sections(lines, pattern)
        elif word != "no-more":
            return refused(f"% Invalid input (at token 0: '{word}')", Code.INVALID)
        result = Result("\n".join(lines))
    return result


SYNTAX: Syntax[Command] = Syntax(KINDS)
_COMMANDS: tuple[tuple[str, Command], ...] = (
    ("{enable|disable|end|exit|logout}", _nothing),
    ("terminal {length|width} <size:0-32767>", _nothing),
    ("configure [terminal]", _configure),
    ("configure session [<session:name>]", _session),
    ("configure session <session:name> commit [timer <timer:word>]", _commit),
    ("configure session <session:name> abort", _abort),
    ("no configure session <session:name>", _abort),
    ("configure replace <source:word> [ignore-errors]", _replace),
    ("write [memory]", _write),
    ("copy <source:word> <target:word>", _copy),
    ("delete <target:word>", _delete),
    ("more <source:word>", _more),
    ("diff <old:word> <new:word>", _diff),
    ("dir [<target:word>]", _dir),
)
for _pattern, _command in (*_COMMANDS, *show.COMMANDS):
    SYNTAX.add(_pattern, _command)
