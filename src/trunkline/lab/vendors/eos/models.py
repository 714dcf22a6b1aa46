"""The JSON models of eAPI that NAPALM's getters read (keys as EOS names them)."""

from __future__ import annotations

import re
import uuid

from trunkline.lab.vendors.eos.hardware import Switch
from trunkline.lab.vendors.eos.identity import Identity
from trunkline.lab.vendors.eos.kinds import interface_order
from trunkline.lab.vendors.eos.result import Json, Model
from trunkline.lab.vendors.tree import Node

SPEEDS = {"Ethernet": 5_000_000_000, "Management": 1_000_000_000, "Port-Channel": 10_000_000_000}


def version_model(identity: Identity, now: float) -> Model:
    """`show version`."""
    return {
        "mfgName": "Arista",
        "modelName": identity.model,
        "hardwareRevision": "11.02",
        "serialNumber": identity.serial,
        "systemMacAddress": identity.mac,
        "hwMacAddress": identity.mac,
        "configMacAddress": "00:00:00:00:00:00",
        "version": identity.version,
        "architecture": "i686",
        "internalVersion": identity.internal,
        "internalBuildId": str(uuid.uuid5(uuid.NAMESPACE_OID, identity.internal)),
        "imageFormatVersion": "3.0",
        "imageOptimization": "Strata-4GB",
        "bootupTimestamp": identity.booted,
        "uptime": now - identity.booted,
        "memTotal": 3982336,
        "memFree": 2417576,
        "isIntlVersion": False,
    }


def interface_model(root: Node, identity: Identity, name: str) -> Model:
    """One interface of `show interfaces`; nothing is plugged into the ports."""
    node = root.get("interface", name)
    assert node is not None
    shut = node.get("shutdown") is not None
    kind = name.rstrip("0123456789/")
    virtual = kind in ("Vlan", "Loopback")
    number = int(re.sub(r"/.*", "", name.removeprefix(kind)))
    up = virtual and not shut
    counters: Model = dict.fromkeys(("inOctets", "outOctets", "inUcastPkts", "outUcastPkts"), 0)
    return {
        "name": name,
        "interfaceStatus": "disabled" if shut else "connected" if up else "notconnect",
        "lineProtocolStatus": "up" if up else "down",
        "description": node.value("description", "text") or "",
        "hardware": "vlan" if kind == "Vlan" else "loopback" if kind == "Loopback" else "ethernet",
        "mtu": int(node.value("mtu", "bytes") or 1500),
        "bandwidth": SPEEDS.get(kind, 0),
        "physicalAddress": identity.port_mac(number % 256 if kind == "Ethernet" else 0),
        "lastStatusChangeTimestamp": identity.booted,
        "interfaceCounters": counters,
    }


def poe_model(machine: Switch) -> Model:
    """`show poe`: what each copper port may give; nothing draws power."""
    ports: dict[str, Json] = {}
    for node in sorted(machine.running.all("interface"), key=lambda each: interface_order(each.key[-1])):
        name = node.key[-1]
        if not name.startswith("Ethernet") or not machine.feeds(name):
            continue
        priority = node.get("poe_priority")
        off = node.get("poe_disabled") is not None
        ports[name] = {
            "portState": "disabled" if off else "searching",
            "portPriority": priority.text.split()[-1] if priority is not None else "low",
            "portLimit": node.value("poe_limit", "watts") or "60.00",
            "power": 0.0,
        }
    return {"poePorts": ports}


def configuration_model(text: str) -> Model:
    """`show running-config` as JSON: commands with their sub-commands, by indentation."""
    header = [line for line in text.split("\n")[:2] if line.startswith("!")]
    lines = [line for line in text.split("\n") if line.strip() not in ("", "!", "end") and not line.startswith("!")]
    return {"header": header, "comments": [], "cmds": _nested(lines, 0)}


def _nested(lines: list[str], indent: int) -> dict[str, Json]:
    found: dict[str, Json] = {}
    at = 0
    while at < len(lines):
        end = at + 1
        while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
            end += 1
        inner = lines[at + 1 : end]
        deeper = len(inner[0]) - len(inner[0].lstrip()) if inner else 0
        found[lines[at].strip()] = {"comments": [], "cmds": _nested(inner, deeper)} if inner else None
        at = end
    return found
