"""What `show` prints about the box: version, configuration, interfaces, users, power, lists."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from trunkline.lab.vendors.ios_xe.hooks import interface_name, routed
from trunkline.lab.vendors.ios_xe.interface_names import SWITCH_INTERFACES
from trunkline.lab.vendors.ios_xe.shell import Shell
from trunkline.lab.vendors.tree import Node

if TYPE_CHECKING:
    from trunkline.lab.vendors.ios_xe.box import Box

VERSION = "17.9.4a"
SERIAL = "FGL2601L0AB"


def filtered(text: str, pipe: str) -> str:
    """Apply `| include X` and its like."""
    word, _, pattern = pipe.strip().partition(" ")
    lines = text.split("\n")
    try:
        wanted = re.compile(pattern.strip())
    except re.error:
        return "% Failed to compile regular expression"
    for name, select in _FILTERS.items():
        if name.startswith(word):
            return "\n".join(select(lines, wanted))
    return text


def _include(lines: list[str], wanted: re.Pattern[str]) -> list[str]:
    return [line for line in lines if wanted.search(line)]


def _exclude(lines: list[str], wanted: re.Pattern[str]) -> list[str]:
    return [line for line in lines if not wanted.search(line)]


def _begin(lines: list[str], wanted: re.Pattern[str]) -> list[str]:
    return lines[next((index for index, line in enumerate(lines) if wanted.search(line)), len(lines)) :]


def _count(lines: list[str], wanted: re.Pattern[str]) -> list[str]:
    return [f"Number of lines which match regexp = {len(_include(lines, wanted))}"]


def _sections(lines: list[str], wanted: re.Pattern[str]) -> list[str]:
    kept: list[str] = []
    inside = False
    for line in lines:
        if line.startswith(" ") and inside:
            kept.append(line)
            continue
        inside = bool(wanted.search(line))
        if inside:
            kept.append(line)
    return kept


_FILTERS = {"include": _include, "exclude": _exclude, "begin": _begin, "section": _sections, "count": _count}


def running_config(shell: Shell, *, full: bool = False) -> str:
    """Print the running configuration."""
    box = shell.box
    text = box.running()
    if full:
        body = box.body(full=True)
        head = f"Current configuration with default configurations exposed : {len(body)} bytes"
        text = f"Building configuration...\n\n{head}\n\n{body}"
    cut = box.faults.truncate_config
    return text if cut is None else text[:cut]


def running_part(shell: Shell, start: str) -> str:
    """Print one block of the running configuration."""
    lines = _sections(shell.box.body().split("\n"), re.compile(f"^{re.escape(start)}$"))
    body = "\n".join([*lines, "end"])
    return f"Building configuration...\n\nCurrent configuration : {len(body)} bytes\n!\n{body}\n"


def startup_config(shell: Shell) -> str:
    """Print the startup configuration."""
    text = shell.box.startup()
    if not text:
        return "startup-config is not present"
    return f"Using {len(text)} out of 33554432 bytes\n{text.rstrip()}\n"


def version(shell: Shell) -> str:
    """Tell hardware, software and how long it has been up."""
    box = shell.box
    return (
        f"Cisco IOS XE Software, Version {VERSION.replace('17.9.4', '17.09.04')}\n"
        f"Cisco IOS Software [Cupertino], c1100 Software (ARMV8EL_LINUX_IOSD-UNIVERSALK9_IAS-M), Version {VERSION}, "
        "RELEASE SOFTWARE (fc3)\n"
        "Technical Support: http://www.cisco.com/techsupport\n"
        "Copyright (c) 1986-2023 by Cisco Systems, Inc.\n\n"
        "ROM: 17.6(1r)s\n\n"
        f"{box.hostname} uptime is {_uptime(box)}\n"
        f"Uptime for this control processor is {_uptime(box)}\n"
        "System returned to ROM by PowerOn\n"
        f'System image file is "bootflash:c1100-universalk9_ias.{VERSION}.SPA.bin"\n'
        "Last reload reason: PowerOn\n\n"
        "cisco C1111-8P (1RU) processor with 1441801K/6147K bytes of memory.\n"
        f"Processor board ID {SERIAL}\n"
        "Router operating mode: Autonomous\n"
        "1 Virtual Ethernet interface\n10 Gigabit Ethernet interfaces\n"
        "32768K bytes of non-volatile configuration memory.\n"
        "4194304K bytes of physical memory.\n"
        "2863103K bytes of flash memory at bootflash:.\n\n"
        "Configuration register is 0x2102\n"
    )


def _uptime(box: Box) -> str:
    minutes = int(box.clock.now() - box.booted) // 60
    days, minutes = divmod(minutes, 1440)
    hours, minutes = divmod(minutes, 60)
    parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
    return ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in parts if n or word == "minute")


def hosts(shell: Shell) -> str:
    """Tell the default domain."""
    domain = shell.box.machine.running.value("ip_domain_name", "name")
    default = f"Default domain is {domain}\n" if domain else ""
    return f"Name lookup view: Global\n{default}Name/address lookup uses domain service\n"


def clock(shell: Shell) -> str:
    """Tell the time."""
    return time.strftime("%H:%M:%S.000 UTC %a %b %-d %Y", time.gmtime(shell.box.clock.now()))


def users(shell: Shell) -> str:
    """Tell who is on which line."""
    rows = [f"*{index:>4} {each.line:<10} {each.user:<10} idle                 00:00:00 127.0.0.1" for index, each in
            enumerate(shell.box.shells, 434)]  # fmt: skip
    return "\n".join(["    Line       User       Host(s)              Idle       Location", *rows, ""])


def ip_interface_brief(shell: Shell) -> str:
    """List the interfaces with their addresses."""
    rows = ["Interface              IP-Address      OK? Method Status                Protocol"]
    for node in sorted(shell.box.machine.running.all("interface"), key=interface_name):
        rows.append(_brief(node))
    return "\n".join(rows)


def _brief(node: Node) -> str:
    found = node.get("ip_address")
    address = found.captures.get("address", "unassigned") if found is not None and routed(node) else "unassigned"
    down = node.get("shutdown") is not None
    status = "administratively down" if down else "up"
    method = "unset" if address == "unassigned" else "NVRAM"
    return f"{interface_name(node):<22} {address:<15} YES {method:<6} {status:<21} {'down' if down else 'up'}"


def power_inline(shell: Shell) -> str:
    """Tell what each port gives to the device at it."""
    rows = [
        "Available:50.0(w)  Used:0.0(w)  Remaining:50.0(w)",
        "",
        "Interface Admin  Oper       Power   Device              Class Max",
        "                            (Watts)",
        "--------- ------ ---------- ------- ------------------- ----- ----",
    ]
    for name in SWITCH_INTERFACES:
        node = shell.box.machine.running.get("interface", name)
        mode = (node.value("poe_mode", "mode") if node is not None else None) or "auto"
        limit = int((node.value("poe_mode", "limit") if node is not None else None) or 30000) / 1000
        short = name.replace("GigabitEthernet", "Gi")
        rows.append(
            f"{short:<9} {mode if mode != 'never' else 'off':<6} off        0.0     n/a                 n/a   {limit}"
        )
    return "\n".join(rows)


def access_lists(shell: Shell, name: str | None) -> str:
    """Print access lists as they work."""
    rows: list[str] = []
    for kind, word in (("access_list_standard", "Standard"), ("access_list_extended", "Extended")):
        for node in shell.box.machine.running.all(kind):
            if name in (None, node.captures["name"]):
                rows.append(f"{word} IP access list {node.captures['name']}")
                ordered = sorted(node.all("ace"), key=lambda ace: int(ace.captures["sequence"]))
                rows += [f"    {ace.text}" for ace in ordered if not ace.captures["entry"].startswith("remark")]
    return "\n".join(rows)


def snmp_users(shell: Shell) -> str:
    """Tell SNMPv3 users, which no configuration shows."""
    rows: list[str] = []
    for node in shell.box.machine.running.all("snmp_user"):
        rows += [
            f"User name: {node.captures['name']}",
            "Engine ID: 800000090300A0F849000000",
            "storage-type: nonvolatile        active",
            f"Authentication Protocol: {node.captures.get('hash', 'None').upper()}",
            f"Privacy Protocol: {'AES128' if 'priv' in node.captures else 'None'}",
            f"Group-name: {node.captures['group']}",
            "",
        ]
    return "\n".join(rows)


def policy_map(shell: Shell, name: str | None) -> str:
    """Print policy-maps."""
    rows: list[str] = []
    for node in shell.box.machine.running.all("policy_map"):
        if name in (None, node.captures["name"]):
            rows.append(f"  Policy Map {node.captures['name']}")
            for each in node.all("class"):
                rows.append(f"    Class {each.captures['name']}")
                rows += [f"      {child.text.strip()}" for child in each.children.values()]
    return "\n".join(rows)


def vlan_brief(shell: Shell) -> str:
    """List the VLANs."""
    rows = ["VLAN Name                             Status    Ports", "---- ------------- ---------- ------"]
    rows.append("1    default                          active")
    for node in sorted(shell.box.machine.running.all("vlan"), key=lambda each: int(each.captures["vlan"])):
        number = node.captures["vlan"]
        named = node.value("name", "text") or f"VLAN{int(number):04}"
        rows.append(f"{number:<4} {named:<32} active")
    return "\n".join(rows)
