"""The `show` commands: text for people, and for NAPALM the models behind it."""

from __future__ import annotations

import difflib
import json
import re
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from trunkline.lab.vendors.eos.kinds import folded, interface_order
from trunkline.lab.vendors.eos.models import configuration_model, interface_model, poe_model, version_model
from trunkline.lab.vendors.eos.result import Json, Model, Result, refused
from trunkline.lab.vendors.eos.sessions import MOST_PENDING, MOST_SAVED, Session, State
from trunkline.lab.vendors.grammar import Captures
from trunkline.lab.vendors.tree import root_node

if TYPE_CHECKING:
    from trunkline.lab.vendors.eos.box import Box
    from trunkline.lab.vendors.eos.shell import Shell

Command = Callable[["Shell", Captures], Result]
SECRETS = re.compile(r"((?:secret|key|community|password|md5|sha\d*)(?: (?:0|5|7|8a|sha512|localized \S+))? )(\S+)")


def json_text(model: Model) -> str:
    """A model as `| json` prints it."""
    return json.dumps(model, indent=4)


def sections(lines: Sequence[str], pattern: str) -> list[str]:
    """The blocks whose first line, or whose line, matches; with all that is in them."""
    found: list[str] = []
    block: list[str] = []
    for line in [*lines, ""]:
        if not line.startswith(" ") and block:
            if any(re.search(pattern, each) for each in block):
                found += block
            block = []
        if line and line != "!":
            block.append(line)
    return found


def _version(shell: Shell, _: Captures) -> Result:
    box = shell.box
    model = version_model(box.identity, box.clock.now())
    minutes = int(box.clock.now() - box.identity.booted) // 60
    text = "\n".join(
        [
            f"Arista {box.identity.model}",
            "Hardware version: 11.02",
            f"Serial number: {box.identity.serial}",
            f"Hardware MAC address: {model['hwMacAddress']}",
            f"System MAC address: {model['systemMacAddress']}",
            "",
            f"Software image version: {box.identity.version}",
            "Architecture: i686",
            f"Internal build version: {box.identity.internal}",
            f"Internal build ID: {model['internalBuildId']}",
            "Image format version: 3.0",
            "Image optimization: Strata-4GB",
            "",
            f"Uptime: {minutes // 60} hours and {minutes % 60} minutes",
            f"Total memory: {model['memTotal']} kB",
            f"Free memory: {model['memFree']} kB",
            "",
        ]
    )
    return Result(text, model)


def _hostname(shell: Shell, _: Captures) -> Result:
    name = shell.box.hostname
    domain = shell.box.machine.running.value("domain", "domain")
    full = f"{name}.{domain}" if domain else name
    return Result(f"Hostname: {name}\nFQDN:     {full}\n", {"hostname": name, "fqdn": full})


def _running(shell: Shell, captures: Captures) -> Result:
    del captures
    return _configuration(shell.box, "show running-config", shell.box.machine.lines())


def _running_all(shell: Shell, _: Captures) -> Result:
    return _configuration(shell.box, "show running-config all", shell.box.machine.lines(full=True))


def _running_sanitized(shell: Shell, _: Captures) -> Result:
    lines = [SECRETS.sub(r"\1<removed>", line) for line in shell.box.machine.lines()]
    return _configuration(shell.box, "show running-config sanitized", lines)


def _running_section(shell: Shell, captures: Captures) -> Result:
    return Result("\n".join(sections(shell.box.machine.lines(), captures["pattern"])))


def _running_interfaces(shell: Shell, captures: Captures) -> Result:
    return Result("\n".join(sections(shell.box.machine.lines(), f"^interface {captures['interface']}$")))


def _running_diffs(shell: Shell, _: Captures) -> Result:
    machine = shell.box.machine
    saved = machine.lines(machine.load(machine.startup))
    lines = difflib.unified_diff(saved, machine.lines(), "flash:/startup-config", "system:/running-config", lineterm="")
    return Result("\n".join(lines))


def _configuration(box: Box, command: str, lines: list[str]) -> Result:
    text = box.text(command, lines)
    cut = box.faults.truncate_config
    if cut is not None:
        text = text.encode()[:cut].decode(errors="ignore")
    return Result(text, configuration_model(text))


def _startup(shell: Shell, _: Captures) -> Result:
    if not shell.box.machine.startup:
        return refused("% Error displaying startup-config (No such file or directory)")
    saved = shell.box.machine.startup.split("\n")
    body = [line for line in saved if not line.startswith(("! Command:", "! Startup-config last modified"))]
    when = time.strftime("%a %b %e %H:%M:%S %Y", time.gmtime(shell.box.identity.booted))
    head = ["! Command: show startup-config", f"! Startup-config last modified at {when} by admin"]
    text = "\n".join([*head, *body])
    return Result(text, configuration_model(text))


def _sessions(shell: Shell, captures: Captures) -> Result:
    return _list_sessions(shell.box, detailed=bool(captures.get("detail")))


def _list_sessions(box: Box, *, detailed: bool) -> Result:
    sessions = box.sessions_of
    old_form = box.identity.numbers < (4, 32)
    rows: dict[str, Json] = {name: _session_row("pending", "cvpadmin") for name in sessions.others()}
    for name, session in sessions.named.items():
        rows[name] = _session_row(_state(session, old_form=old_form), session.user, session.completed_at)
    model: dict[str, Json] = {
        "sessions": rows,
        "maxSavedSessions": MOST_SAVED,
        "maxOpenSessions": MOST_PENDING,
        "mergeOnCommit": False,
        "saveToStartupConfigOnCommit": False,
    }
    waiting = sessions.waiting
    if waiting is not None:
        expires = waiting.timer.due - box.identity.booted  # the box counts in seconds since its boot
        if old_form:
            row = rows[waiting.session.name]
            rows[waiting.session.name] = {**(row if isinstance(row, dict) else {}), "commitBy": expires}
        else:
            model["commitTimerSessionName"] = waiting.session.name
            model["commitTimerExpireTime"] = expires
    return Result(_session_table(model, detailed=detailed), model)


def _state(session: Session, *, old_form: bool) -> str:
    """Releases before 4.32 name the timer as the state; later ones call such a session committed."""
    if session.state is State.TIMER and not old_form:
        return "committed"
    return session.state.value


def _session_row(state: str, user: str, completed: float | None = None) -> Model:
    row: dict[str, Json] = {"state": state, "commitUser": user, "description": "", "instances": {}}
    return row if completed is None else {**row, "completedTime": completed}


def _session_table(model: Model, *, detailed: bool) -> str:
    rows = model["sessions"]
    assert isinstance(rows, dict)
    head = [
        f"Maximum number of completed sessions: {model['maxSavedSessions']}",
        f"Maximum number of pending sessions: {model['maxOpenSessions']}",
    ]
    if "commitTimerSessionName" in model:
        head.append(f"Commit timer session: {model['commitTimerSessionName']}")
    lines = [
        f"  {name:20} {row['state']:20} {row['commitUser'] if detailed else ''}".rstrip() for name, row in rows.items()
    ]
    return "\n".join([*head, "", f"  {'Name':20} {'State':20} {'User' if detailed else ''}".rstrip(), *lines])


def _session_config(shell: Shell, captures: Captures) -> Result:
    session = _named(shell, captures)
    return session if isinstance(session, Result) else Result(
        shell.box.text("show session-config", shell.box.machine.lines(session.root))
    )  # fmt: skip


def _session_diffs(shell: Shell, captures: Captures) -> Result:
    session = _named(shell, captures)
    return session if isinstance(session, Result) else Result(shell.box.sessions_of.diff(session))


def _named(shell: Shell, captures: Captures) -> Session | Result:
    if "session" not in captures:
        return shell.session or refused("% Not currently in a session")
    named = shell.box.sessions_of.named.get(captures["session"])
    return named or refused(f"% Session {captures['session']} does not exist")


def _interfaces(shell: Shell, captures: Captures) -> Result:
    nodes = shell.box.machine.running.all("interface")
    wanted = captures.get("interface")
    names = sorted((n.key[-1] for n in nodes if wanted in (None, n.key[-1])), key=interface_order)
    if not names:
        return refused("% Interface does not exist")
    models = {name: interface_model(shell.box.machine.running, shell.box.identity, name) for name in names}
    text = "\n".join(
        f"{name} is {model['interfaceStatus']}, line protocol is {model['lineProtocolStatus']}\n"
        f"  Description: {model['description']}"
        for name, model in models.items()
    )
    return Result(text, {"interfaces": models})


def _lldp(_: Shell, captures: Captures) -> Result:
    del captures
    empty: Model = {"lldpNeighbors": [], "tablesInserts": 0, "tablesDeletes": 0, "tablesDrops": 0, "tablesAgeOuts": 0}
    return Result("Port          Neighbor Device ID       Neighbor Port ID    TTL", empty)


def _lldp_detail(_: Shell, captures: Captures) -> Result:
    del captures
    return Result("", {"lldpNeighbors": {}})


def _poe(shell: Shell, _: Captures) -> Result:
    model = poe_model(shell.box.machine)
    ports = model["poePorts"]
    assert isinstance(ports, dict)
    rows = [
        f"{name:12} {port['portPriority']:10} {port['portLimit']:>8}  {port['portState']}"
        for name, port in ports.items()
    ]
    return Result("\n".join(["Port         Priority    Limit(W)  State", *rows]), model)


def _vlans(shell: Shell, _: Captures) -> Result:
    nodes = {node.key[-1]: node for node in shell.box.machine.running.all("vlan")}
    names = {
        "1": "default",
        **{vid: node.value("name", "name") or f"VLAN{int(vid):04d}" for vid, node in nodes.items()},
    }
    vlans: dict[str, Json] = {
        vid: {"name": name, "status": "active", "dynamic": False, "interfaces": {}} for vid, name in names.items()
    }
    text = "\n".join(["VLAN  Name", *(f"{vid:5} {name}" for vid, name in names.items())])
    return Result(text, {"vlans": vlans, "sourceDetail": "", "range": folded(int(vid) for vid in names)})


def _access_lists(shell: Shell, captures: Captures) -> Result:
    wanted = captures.get("acl")
    pattern = f"^ip access-list {wanted}$" if wanted else "^ip access-list "
    return Result("\n".join(sections(shell.box.machine.lines(), pattern)))


def _clock(shell: Shell, _: Captures) -> Result:
    now = shell.box.clock.now()
    model: Model = {"utcTime": now, "timezone": "UTC"}
    return Result(time.strftime("%a %b %e %H:%M:%S %Y\nTimezone: UTC", time.gmtime(now)), model)


def _pending(shell: Shell, _: Captures) -> Result:
    return _group_change(shell, 1)


def _active(shell: Shell, _: Captures) -> Result:
    return _group_change(shell, 0)


def _group_change(shell: Shell, which: int) -> Result:
    both = shell.group_change()
    if both is None:
        return refused("% Not in a mode whose changes are pending")
    root = root_node()
    node = both[which]
    if node is not None:
        root.put(node)
    return Result("\n".join(shell.box.machine.lines(root)))


COMMANDS: tuple[tuple[str, Command], ...] = (
    ("show version", _version),
    ("show hostname", _hostname),
    ("show running-config", _running),
    ("show running-config all", _running_all),
    ("show running-config sanitized", _running_sanitized),
    ("show running-config all sanitized", _running_sanitized),
    ("show running-config diffs", _running_diffs),
    ("show running-config section <pattern:rest>", _running_section),
    ("show running-config interfaces <interface:interface>", _running_interfaces),
    ("show startup-config", _startup),
    ("show configuration sessions [<detail:detail>]", _sessions),
    ("show session-config [named <session:name>] [sanitized]", _session_config),
    ("show session-config [named <session:name>] diffs", _session_diffs),
    ("show interfaces [<interface:interface>]", _interfaces),
    ("show lldp neighbors", _lldp),
    ("show lldp neighbors [<interface:interface>] detail", _lldp_detail),
    ("show poe", _poe),
    ("show vlan", _vlans),
    ("show ip access-lists [<acl:name>]", _access_lists),
    ("show clock", _clock),
    ("show pending", _pending),
    ("show active", _active),
)
