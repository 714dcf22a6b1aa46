"""Access list entries: what IOS XE takes, and how it prints it again (names for ports, padding, bits zeroed)."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address

from trunkline.lab.vendors.ios_xe.kinds import dscp, ipv4
from trunkline.lab.vendors.syntax import Reason

# Numbers that print as names, by protocol; 22, 443, 5060, 5061, 8443 and both ends of ranges stay numbers.
_TCP = {
    "20": "ftp-data", "21": "ftp", "23": "telnet", "25": "smtp", "43": "whois", "49": "tacacs", "53": "domain",
    "70": "gopher", "79": "finger", "80": "www", "109": "pop2", "110": "pop3", "113": "ident", "119": "nntp",
    "179": "bgp", "194": "irc", "514": "cmd", "515": "lpd", "543": "klogin", "544": "kshell",
}  # fmt: skip
_UDP = {
    "37": "time", "49": "tacacs", "53": "domain", "67": "bootps", "68": "bootpc", "69": "tftp", "123": "ntp",
    "137": "netbios-ns", "138": "netbios-dgm", "139": "netbios-ss", "161": "snmp", "162": "snmptrap",
    "500": "isakmp", "514": "syslog", "520": "rip", "4500": "non500-isakmp",
}  # fmt: skip
_PORT_NAMES = {"tcp": _TCP, "udp": _UDP}
_PROTOCOLS = {
    "ahp": "51", "eigrp": "88", "esp": "50", "gre": "47", "icmp": "1", "igmp": "2", "ip": "", "ipinip": "94",
    "nos": "", "ospf": "89", "pcp": "108", "pim": "103", "tcp": "6", "udp": "17",
}  # fmt: skip
_PROTOCOL_BY_NUMBER = {value: key for key, value in _PROTOCOLS.items() if value}
_OPERATORS = ("eq", "neq", "gt", "lt")
_ICMP = (
    "administratively-prohibited", "echo", "echo-reply", "host-unreachable", "net-unreachable", "packet-too-big",
    "port-unreachable", "time-exceeded", "ttl-exceeded", "unreachable",
)  # fmt: skip
_OPTIONS = ("log", "log-input", "established", "fragments")


@dataclass(frozen=True)
class Misfit:
    """The word that does not fit (index from the first word given), and why."""

    index: int
    reason: Reason = Reason.INVALID


class _Stop(Exception):
    def __init__(self, misfit: Misfit) -> None:
        super().__init__()
        self.misfit = misfit


class _Reader:
    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.at = 0
        self.out: list[str] = []

    def more(self) -> bool:
        return self.at < len(self.words)

    def peek(self) -> str:
        if not self.more():
            raise _Stop(Misfit(self.at, Reason.INCOMPLETE))
        return self.words[self.at].lower()

    def take(self) -> str:
        word = self.peek()
        self.at += 1
        return word

    def refuse(self, back: int = 1) -> _Stop:
        return _Stop(Misfit(self.at - back))


def canonical(action: str, body: str, *, extended: bool) -> str | Misfit:
    """Return an entry as it prints, from `permit`/`deny` (`deny   ` is padded), or the word that does not fit.

    >>> canonical("permit", "udp 10.20.30.4 0.0.0.0 any eq 161", extended=True)
    'permit udp host 10.20.30.4 any eq snmp'
    >>> canonical("deny", "10.1.2.3 0.0.0.255", extended=False)
    'deny   10.1.2.0 0.0.0.255'
    """
    reader = _Reader(body.split())
    try:
        if extended:
            _extended(reader)
        else:
            _standard(reader)
    except _Stop as stop:
        return stop.misfit
    return f"{action:<6} {' '.join(reader.out)}" if action == "deny" else f"{action} {' '.join(reader.out)}"


def _standard(reader: _Reader) -> None:
    word = reader.take()
    if word == "any":
        reader.out.append("any")
    elif word == "host":
        reader.out.append(_address(reader))
    else:
        address = ipv4(word)
        if address is None:
            raise reader.refuse()
        reader.out += _standard_source(reader, address)
    _options(reader, ("log",))


def _standard_source(reader: _Reader, address: str) -> list[str]:
    if not reader.more() or reader.peek() == "log":
        return [address]
    first, bits = _wildcard(reader, address)
    if bits == "255.255.255.255":
        return ["any"]
    return [first] if bits == "0.0.0.0" else [first, bits]


def _extended(reader: _Reader) -> None:
    protocol = _protocol(reader)
    reader.out.append(protocol)
    _endpoint(reader)
    _ports(reader, protocol)
    _endpoint(reader)
    _ports(reader, protocol)
    if protocol == "icmp" and reader.more() and reader.peek() in _ICMP:
        reader.out.append(reader.take())
    while reader.more() and reader.peek() in ("dscp", "precedence", "tos", "time-range"):
        _qualifier(reader)
    _options(reader, _OPTIONS)


def _protocol(reader: _Reader) -> str:
    word = reader.take()
    fitting = [name for name in _PROTOCOLS if name == word] or [n for n in _PROTOCOLS if n.startswith(word)]
    if len(fitting) == 1:
        return fitting[0]
    if word.isdigit() and int(word) <= 255:
        return _PROTOCOL_BY_NUMBER.get(str(int(word)), str(int(word)))
    raise reader.refuse()


def _address(reader: _Reader) -> str:
    address = ipv4(reader.take())
    if address is None:
        raise reader.refuse()
    return address


def _wildcard(reader: _Reader, address: str) -> list[str]:
    bits = int(IPv4Address(_address(reader)))
    kept = str(IPv4Address(int(IPv4Address(address)) & ~bits & 0xFFFFFFFF))
    return [kept, str(IPv4Address(bits))]


def _endpoint(reader: _Reader) -> None:
    word = reader.take()
    if word == "any":
        reader.out.append("any")
    elif word == "host":
        reader.out += ["host", _address(reader)]
    elif word in ("object-group", "addrgroup"):
        if not reader.more():
            raise _Stop(Misfit(reader.at, Reason.INCOMPLETE))
        reader.out += ["object-group", reader.words[reader.at]]
        reader.at += 1
    else:
        address = ipv4(word)
        if address is None:
            raise reader.refuse()
        first, bits = _wildcard(reader, address)
        if bits == "255.255.255.255":
            reader.out.append("any")
        else:
            reader.out += ["host", first] if bits == "0.0.0.0" else [first, bits]


def _ports(reader: _Reader, protocol: str) -> None:
    if protocol not in _PORT_NAMES or not reader.more():
        return
    word = reader.peek()
    if word == "range":
        reader.take()
        low, high = _port(reader, protocol), _port(reader, protocol)
        reader.out += ["range", low, high]
    elif word in _OPERATORS:
        reader.take()
        reader.out += [word, _named(_port(reader, protocol), protocol)]
        while word in ("eq", "neq") and reader.more() and _port_number(reader.peek(), protocol) is not None:
            reader.out.append(_named(_port(reader, protocol), protocol))


def _port_number(word: str, protocol: str) -> str | None:
    if word.isascii() and word.isdigit() and int(word) <= 65535:
        return str(int(word))
    return next((number for number, name in _PORT_NAMES[protocol].items() if name == word), None)


def _port(reader: _Reader, protocol: str) -> str:
    found = _port_number(reader.take(), protocol)
    if found is None:
        raise reader.refuse()
    return found


def _named(port: str, protocol: str) -> str:
    return _PORT_NAMES[protocol].get(port, port)


def _qualifier(reader: _Reader) -> None:
    word = reader.take()
    value = reader.take()
    stored = dscp(value) if word == "dscp" else value
    if stored is None:
        raise reader.refuse()
    reader.out += [word, stored]


def _options(reader: _Reader, known: tuple[str, ...]) -> None:
    while reader.more():
        word = reader.take()
        if word not in known:
            raise reader.refuse()
        reader.out.append(word)
