"""Exec mode: what each command does, and the words for those that do not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from trunkline.lab.vendors.ios_xe import archive, files, show, wording
from trunkline.lab.vendors.ios_xe.kinds import KINDS
from trunkline.lab.vendors.ios_xe.passwords import matches_type_9
from trunkline.lab.vendors.ios_xe.shell import Dialogue, Shell
from trunkline.lab.vendors.syntax import Failure, Reason, Syntax

Captures = Mapping[str, str]
Outcome = str | Dialogue


@dataclass(frozen=True, eq=False)
class Command:
    """An exec command: what it does, whether it needs privilege."""

    act: Callable[[Shell, Captures], Outcome]
    privileged: bool = True


def execute(shell: Shell, line: str) -> Outcome:
    """Carry out a line; a generator is a conversation that asks before it answers."""
    typed, _, pipe = line.partition(" | ")
    if not typed.strip() or typed.strip().startswith("!"):
        return ""
    found = _SYNTAX.parse(typed.strip())
    if isinstance(found, Failure):
        return _unknown(shell, line, found)
    if found.target.privileged and not shell.privileged:
        return wording.failure(line, Failure(0, Reason.INVALID, 0, ""), shell.prompt)
    outcome = found.target.act(shell, found.captures)
    return show.filtered(outcome, pipe) if pipe and isinstance(outcome, str) else outcome


def _unknown(shell: Shell, line: str, failure: Failure) -> str:
    """A single word that is no command is taken for a host to connect to."""
    if failure.index > 0 or failure.reason is not Reason.INVALID or len(line.split()) > 1:
        return wording.failure(line, failure, shell.prompt)
    words = "% Unknown command or computer name, or unable to find computer address\n"
    if shell.box.machine.running.get("ip_domain_lookup") is not None:
        return f"% Bad IP address or host name\n{words}"
    return f'Translating "{line.strip()}"...domain server (255.255.255.255)\n% Bad IP address or host name\n{words}'


def _enable(shell: Shell, _: Captures) -> Dialogue:
    if shell.privileged:
        return ""
    for _try in range(3):
        if _opens(shell, (yield "Password: ")):
            shell.privileged = True
            return ""
    return "% Bad secrets\n"


def _opens(shell: Shell, typed: str) -> bool:
    secret = shell.box.machine.running.get("enable_secret")
    if secret is None:
        return typed == shell.box.password
    stored, kind = secret.captures["secret"], secret.captures.get("type", "0")
    if kind == "9" and stored.count("$") == 3:
        return matches_type_9(typed, stored) or typed == shell.box.password
    return typed in (stored, shell.box.password)


def _disable(shell: Shell, _: Captures) -> str:
    shell.privileged = False
    return ""


def _exit(shell: Shell, _: Captures) -> str:
    shell.closed = True
    return ""


def _length(shell: Shell, captures: Captures) -> str:
    shell.length = int(captures["lines"])
    return ""


def _width(shell: Shell, captures: Captures) -> str:
    shell.width = int(captures["columns"])
    return ""


def _nothing(_shell: Shell, _captures: Captures) -> str:
    return ""


def _tcl(shell: Shell, _: Captures) -> str:
    shell.tcl = True
    return ""


def _write(shell: Shell, _: Captures) -> str:
    if shell.box.faults.full_flash:  # on these routers the NVRAM is a part of the flash
        return f"Building configuration...\n{files.NVRAM_FULL}"
    shell.box.save(shell.user)
    writes = shell.box.machine.running.get("archive")
    if writes is not None and writes.get("write_memory") is not None and shell.box.archive_path():
        shell.box.archive(f"{shell.box.archive_path()}")
    return "Building configuration...\n[OK]"


def _erase(shell: Shell, _: Captures) -> Dialogue:
    asked = "Erasing the nvram filesystem will remove all configuration files! Continue? [confirm]"
    if (yield asked).strip().lower() not in ("", "y"):
        return ""
    shell.box.machine.save("")
    return "[OK]\nErase of nvram: complete"


def _reload(shell: Shell, _: Captures) -> Dialogue:
    box = shell.box
    if box.body() != box.startup():
        answer = (yield "\nSystem configuration has been modified. Save? [yes/no]: ").strip().lower()
        if answer in ("y", "yes"):
            box.save(shell.user)
    if (yield "Proceed with reload? [confirm]").strip().lower() not in ("", "y"):
        return ""
    box.reload()
    shell.closed = True
    return ""


def _privilege(shell: Shell, _: Captures) -> str:
    return f"Current privilege level is {15 if shell.privileged else 1}"


def _minutes(captures: Captures) -> int | None:
    return int(captures["minutes"]) if "minutes" in captures else None


_COMMANDS: tuple[tuple[Command, tuple[str, ...]], ...] = (
    (Command(_enable, privileged=False), ("enable [<level:0-15>]",)),
    (Command(_disable, privileged=False), ("disable",)),
    (Command(_exit, privileged=False), ("exit", "logout", "quit")),
    (Command(_length, privileged=False), ("terminal length <lines:0-512>",)),
    (Command(_width, privileged=False), ("terminal width <columns:0-512>",)),
    (Command(_nothing, privileged=False), ("terminal [no] monitor", "terminal no length")),
    (Command(lambda s, _: show.version(s), privileged=False), ("show version",)),
    (Command(lambda s, _: show.clock(s), privileged=False), ("show clock [detail]",)),
    (Command(lambda s, _: show.users(s), privileged=False), ("show users [all]",)),
    (Command(lambda s, _: show.hosts(s), privileged=False), ("show hosts",)),
    (Command(_privilege, privileged=False), ("show privilege",)),
    (Command(lambda s, _: show.running_config(s)), ("show running-config", "write terminal")),
    (Command(lambda s, _: show.running_config(s, full=True)), ("show running-config all",)),
    (
        Command(lambda s, c: show.running_part(s, f"interface {c['name']}")),
        ("show running-config interface <name:interface>",),
    ),
    (
        Command(lambda s, c: show.running_part(s, f"policy-map {c['name']}")),
        ("show running-config policy-map <name:name>",),
    ),
    (Command(lambda s, _: show.startup_config(s)), ("show startup-config", "show configuration")),
    (Command(lambda s, _: show.ip_interface_brief(s), privileged=False), ("show ip interface brief",)),
    (Command(lambda s, _: show.power_inline(s), privileged=False), ("show power inline",)),
    (
        Command(lambda s, c: show.access_lists(s, c.get("name")), privileged=False),
        ("show access-lists [<name:name>]", "show ip access-lists [<name:name>]"),
    ),
    (Command(lambda s, c: show.policy_map(s, c.get("name")), privileged=False), ("show policy-map [<name:name>]",)),
    (Command(lambda s, _: show.vlan_brief(s), privileged=False), ("show vlan [brief]",)),
    (Command(lambda s, _: show.snmp_users(s)), ("show snmp user",)),
    (Command(lambda s, _: archive.show_archive(s)), ("show archive",)),
    (Command(lambda s, _: archive.show_timer(s)), ("show archive config rollback timer",)),
    (
        Command(lambda s, c: archive.show_differences(s, c["base"], c.get("other", "running-config"))),
        ("show archive config differences <base:word> [<other:word>]",),
    ),
    (
        Command(lambda s, c: archive.show_incremental(s, c["path"])),
        ("show archive config incremental-diffs <path:word> [ignorecase]",),
    ),
    (Command(lambda s, c: archive.configure_terminal(s, _minutes(c))), ("configure [terminal]",
        "configure terminal revert timer [idle] <minutes:1-120>")),
    (Command(lambda s, _: archive.configure_confirm(s)), ("configure confirm",)),
    (Command(lambda s, c: archive.configure_revert(s, _minutes(c))), ("configure revert now",
        "configure revert timer [idle] <minutes:1-120>")),
    (
        Command(lambda s, c: archive.configure_replace(s, c["path"], c.get("options", ""))),
        ("configure replace <path:word> [<options:rest>]",),
    ),
    (Command(lambda s, c: files.directory(s, c.get("path", "bootflash:"))), ("dir [<path:word>]",)),
    (Command(lambda s, c: files.more(s, c["path"])), ("more <path:word>",)),
    (Command(lambda s, c: files.verify_md5(s, c["path"])), ("verify /md5 <path:word>",)),
    (Command(lambda s, c: files.delete(s, c["path"])), ("delete [/force] <path:word>",)),
    (Command(lambda s, c: files.copy(s, c["source"], c["target"])), ("copy <source:file> <target:file>",)),
    (Command(_write), ("write [memory]",)),
    (Command(_erase), ("write erase", "erase startup-config")),
    (Command(_reload), ("reload",)),
    (Command(_tcl), ("tclsh",)),
    (Command(_nothing), ("clear ip nat translation {*|forced}", "clear counters", "undebug all", "clear logging")),
)  # fmt: skip


def _file(word: str) -> str:
    """Return a file's name; the configurations may be abbreviated."""
    for name in ("running-config", "startup-config"):
        if len(word) > 2 and name.startswith(word.lower()):
            return name
    return word


_SYNTAX: Syntax[Command] = Syntax({**KINDS, "file": _file})
for _command, _patterns in _COMMANDS:
    for _pattern in _patterns:
        _SYNTAX.add(_pattern, _command)
