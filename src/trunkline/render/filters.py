"""How the platforms spell a value: each filter turns one typed value into the words that the box prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Network

from trunkline.model.fields import PortRange
from trunkline.units import Dscp, Milliwatts, Vlan, format_dscp

# IOS prints a number where a name exists for the other protocol only, so the two maps stay apart.
_IOS_PORT_NAMES: Mapping[str, Mapping[int, str]] = {
    "udp": {
        53: "domain",
        67: "bootps",
        68: "bootpc",
        69: "tftp",
        123: "ntp",
        161: "snmp",
        162: "snmptrap",
        500: "isakmp",
        514: "syslog",
        4500: "non500-isakmp",
    },
    "tcp": {
        21: "ftp",
        23: "telnet",
        25: "smtp",
        49: "tacacs",
        53: "domain",
        80: "www",
        110: "pop3",
        179: "bgp",
        514: "cmd",
    },
}
_HIGHEST_PORT = 65535


def ios_dscp(dscp: Dscp) -> str:
    """Print a code point as IOS does: 0 is `default`, and it has no names for RFC 5865 and RFC 8622.

    >>> ios_dscp(Dscp(46)), ios_dscp(Dscp(0)), ios_dscp(Dscp(44)), ios_dscp(Dscp(7))
    ('ef', 'default', '44', '7')
    """
    if dscp == 0:
        return "default"
    name = format_dscp(dscp)
    return str(dscp) if name in {"va", "le"} else name


def ios_prefix(prefix: IPv4Network | str | None) -> str:
    """Print addresses as an IOS access list does; None is any.

    >>> ios_prefix(IPv4Network("198.51.100.0/24")), ios_prefix("203.0.113.40/32"), ios_prefix(None)
    ('198.51.100.0 0.0.0.255', 'host 203.0.113.40', 'any')
    """
    if prefix is None:
        return "any"
    network = IPv4Network(str(prefix))
    if network.prefixlen == network.max_prefixlen:
        return f"host {network.network_address}"
    return f"{network.network_address} {network.hostmask}"


def ios_ports(ports: PortRange | str | None, protocol: str) -> str:
    """Print ports as an IOS access list of that protocol does, with the blank before them; None is nothing.

    >>> ios_ports("20000-23999", "udp"), ios_ports("53-53", "udp"), ios_ports("1024-65535", "udp")
    (' range 20000 23999', ' eq domain', ' gt 1023')
    >>> ios_ports("123-123", "tcp"), ios_ports(None, "icmp")
    (' eq 123', '')
    """
    if ports is None:
        return ""
    first, last = (int(port) for port in str(ports).split("-"))
    names = _IOS_PORT_NAMES.get(protocol, {})
    if first == last:
        return f" eq {names.get(first, first)}"
    if last == _HIGHEST_PORT:
        return f" gt {names.get(first - 1, first - 1)}"
    return f" range {names.get(first, first)} {names.get(last, last)}"


def vlan_list(vlans: Sequence[Vlan]) -> str:
    """Print VLANs as a trunk's allowed list: ascending, runs joined by a hyphen.

    >>> vlan_list([Vlan(30), Vlan(10), Vlan(11), Vlan(12), Vlan(99)])
    '10-12,30,99'
    """
    runs: list[list[int]] = []
    for vlan in sorted(set(vlans)):
        if runs and vlan == runs[-1][-1] + 1:
            runs[-1].append(vlan)
        else:
            runs.append([vlan])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def watts(power: Milliwatts) -> str:
    """Print a power limit as EOS does, in watts with two decimals.

    >>> watts(Milliwatts(15_400))
    '15.40'
    """
    return f"{power / 1000:.2f}"


FILTERS: Mapping[str, Callable[..., str]] = {
    function.__name__: function for function in (ios_dscp, ios_prefix, ios_ports, vlan_list, watts)
}
