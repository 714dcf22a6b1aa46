"""Power over Ethernet: the lines of a port and the global block.

Defaults (AVD schema of `poe` and `ethernet_interfaces.poe`, EOS 4.26.1F TOI 14784): power on everywhere, priority
low, a reboot takes it away, shutdown keeps it, a lost link takes it away after 5 s, LLDP negotiates.
"""

from __future__ import annotations

from collections.abc import Mapping

from trunkline.lab.vendors.eos.rules.shared import on_kind, on_power_ports, setting, unless_empty
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, block, flag

# Watts of a class as EOS stores `poe limit class N` (AVD ethernet-interfaces.j2).
CLASS_WATTS: Mapping[str, str] = {
    "0": "15.40", "1": "4.00", "2": "7.00", "3": "15.40", "4": "30.00", "5": "45.00", "6": "60.00",
}  # fmt: skip


def _limit(entry: Entry) -> Captures:
    given = entry.captures
    fixed = " fixed" if entry.line.split()[-1].lower().startswith("f") else ""
    return {"watts": given.get("watts") or CLASS_WATTS[given["class"]], "fixed": fixed}


def _delay(entry: Entry) -> Captures:
    """Power that a lost link takes away goes after five seconds unless the line says otherwise."""
    if entry.line.lower().split()[4].startswith("m"):
        return {"action": "maintain"}
    return {"action": f"power-off {entry.captures.get('seconds', '5')} seconds"}


def _port(name: str, head: str, values: str, **options: object) -> Rule:
    return setting(name, head, values, before=(on_power_ports,), applies=on_kind("Ethernet"), **options)


INTERFACE_POE = (
    _port("poe_priority", "poe priority", "{critical|high|medium|low}", default="poe priority low"),
    _port("poe_reboot", "poe reboot action", "{maintain|power-off}", default="poe reboot action power-off"),
    _port(
        "poe_link_down",
        "poe link down action",
        "{maintain|power-off [<seconds:1-86400> [seconds]]}",
        show="poe link down action {action}",
        fill=_delay,
        default="poe link down action power-off 5 seconds",
    ),
    _port("poe_shutdown", "poe shutdown action", "{maintain|power-off}", default="poe shutdown action maintain"),
    flag("poe_disabled", "poe disabled", default=False, before=(on_power_ports,), applies=on_kind("Ethernet")),
    _port(
        "poe_limit",
        "poe limit",
        "{<watts:watts> watts|class <class:0-6>} [fixed]",
        show="poe limit {watts} watts{fixed}",
        fill=_limit,
    ),
    flag(
        "poe_negotiation",
        "poe negotiation lldp disabled",
        no=("poe negotiation lldp [disabled]",),
        default=False,
        before=(on_power_ports,),
        applies=on_kind("Ethernet"),
    ),
    flag("poe_legacy", "poe legacy detect", default=False, before=(on_power_ports,), applies=on_kind("Ethernet")),
)

POE = block("poe", "poe", enters="poe", present=unless_empty, bang="between")

MODE = Mode(
    "poe",
    "config-poe",
    (
        setting("reboot", "reboot action", "{maintain|power-off}", default="reboot action power-off"),
        setting(
            "interface_shutdown",
            "interface shutdown action",
            "{maintain|power-off}",
            default="interface shutdown action maintain",
        ),
    ),
)
