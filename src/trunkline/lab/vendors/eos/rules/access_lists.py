"""IPv4 access lists: numbered rules and remarks, prefixes with a length, names for well-known ports."""

from __future__ import annotations

from collections.abc import Mapping

from trunkline.lab.vendors.eos.kinds import DSCP_NAMES, address, network, network_of
from trunkline.lab.vendors.eos.rules.shared import by_key
from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, block, entry, flag
from trunkline.lab.vendors.syntax import Reason
from trunkline.lab.vendors.tree import Node

STEP = 10
LARGEST = 4294967295
DUPLICATE = "% Error: Duplicate sequence number"  # arista.eos issue 284
NO_NUMBER = "% Error: Sequence number out of range"
PROTOCOLS: Mapping[str, str] = {
    "ip": "ip", "tcp": "tcp", "udp": "udp", "icmp": "icmp", "igmp": "igmp", "ospf": "ospf", "pim": "pim",
    "vrrp": "vrrp", "gre": "gre", "esp": "esp", "ahp": "ahp", "1": "icmp", "6": "tcp", "17": "udp", "47": "gre",
    "89": "ospf", "112": "vrrp",
}  # fmt: skip
# Names that EOS puts in place of numbers (arista.eos issue 512 and public configurations).
TCP_PORTS: Mapping[int, str] = {
    20: "ftp-data", 21: "ftp", 22: "ssh", 23: "telnet", 25: "smtp", 49: "tacacs", 53: "domain", 80: "www",
    110: "pop3", 143: "imap", 179: "bgp", 389: "ldap", 443: "https", 514: "cmd", 636: "ldaps",
}  # fmt: skip
UDP_PORTS: Mapping[int, str] = {
    53: "domain", 67: "bootps", 68: "bootpc", 69: "tftp", 123: "ntp", 161: "snmp", 162: "snmptrap",
    500: "isakmp", 514: "syslog", 520: "rip", 4500: "non500-isakmp",
}  # fmt: skip
PORTS: Mapping[str, Mapping[int, str]] = {"tcp": TCP_PORTS, "udp": UDP_PORTS}
ICMP_TYPES = ("echo", "echo-reply", "unreachable", "ttl-exceeded", "time-exceeded", "redirect", "traceroute")
DSCP_BY_NUMBER: Mapping[int, str] = {number: name for name, number in DSCP_NAMES.items() if name != "cs0"}


class MisfitError(Exception):
    """A word of a rule that does not fit: how many words stand before it, and why it does not."""

    def __init__(self, index: int, reason: Reason = Reason.INVALID) -> None:
        super().__init__(index, reason)
        self.index = index
        self.reason = reason


class _Reader:
    """Reads the words of a rule behind `permit` or `deny` and collects them as the box prints them."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.at = 0
        self.shown: list[str] = []

    def next(self) -> str:
        """Take one word."""
        if self.at >= len(self.words):
            raise MisfitError(self.at, Reason.INCOMPLETE)
        self.at += 1
        return self.words[self.at - 1].lower()

    def peek(self) -> str:
        """Look at the next word; empty at the end."""
        return self.words[self.at].lower() if self.at < len(self.words) else ""

    def refuse(self) -> MisfitError:
        """The last word taken does not fit."""
        return MisfitError(self.at - 1)

    def protocol(self) -> str:
        """Take the protocol."""
        word = self.next()
        if word not in PROTOCOLS and not (word.isdigit() and int(word) < 256):
            raise self.refuse()
        name = PROTOCOLS.get(word, word)
        self.shown.append(name)
        return name

    def endpoint(self) -> None:
        """Take `any`, `host A`, a prefix, or an address with a wildcard."""
        word = self.next()
        if word == "any":
            self.shown.append("any")
        elif word == "host":
            single = address(self.next())
            if single is None:
                raise self.refuse()
            self.shown.append(f"host {single}")
        elif "/" in word:
            prefix = network(word)
            if prefix is None:
                raise self.refuse()
            self._prefix(prefix)
        elif address(word) is not None:
            prefix = network_of(word, self.next())  # a mask or a wildcard, both are read
            if prefix is None:
                raise self.refuse()
            self._prefix(prefix)
        else:
            raise self.refuse()

    def _prefix(self, prefix: str) -> None:
        if prefix == "0.0.0.0/0":
            self.shown.append("any")
        else:
            self.shown.append(f"host {prefix[:-3]}" if prefix.endswith("/32") else prefix)

    def ports(self, protocol: str) -> None:
        """Take `eq`, `range` and so on, if they stand here."""
        operator = self.peek()
        if protocol not in PORTS or operator not in ("eq", "neq", "lt", "gt", "range"):
            return
        self.next()
        self.shown += [operator, self._port(protocol)]
        if operator == "range":
            self.shown.append(self._port(protocol))
        elif operator in ("eq", "neq"):
            while self.peek() and self._number(self.peek(), protocol) is not None:
                self.shown.append(self._port(protocol))

    def _port(self, protocol: str) -> str:
        number = self._number(self.next(), protocol)
        if number is None:
            raise self.refuse()
        return PORTS[protocol].get(number, str(number))

    def _number(self, word: str, protocol: str) -> int | None:
        by_name = {name: number for number, name in PORTS[protocol].items()}
        if word in by_name:
            return by_name[word]
        return int(word) if word.isdigit() and int(word) < 65536 else None

    def options(self, protocol: str) -> None:
        """Take what may stand at the end."""
        while self.peek():
            word = self.next()
            if word == "dscp":
                value = self.next()
                number = DSCP_NAMES.get(value, int(value) if value.isdigit() else 64)
                if number > 63:
                    raise self.refuse()
                self.shown += ["dscp", DSCP_BY_NUMBER.get(number, str(number))]
            elif word == "ttl":
                operator = self.next()
                value = self.next()
                if operator not in ("eq", "gt", "lt", "neq") or not (value.isdigit() and int(value) < 256):
                    raise self.refuse()
                self.shown += ["ttl", operator, value]
            elif self._is_flag(word, protocol):
                self.shown.append(word)
            else:
                raise self.refuse()

    @staticmethod
    def _is_flag(word: str, protocol: str) -> bool:
        if word == "established":
            return protocol == "tcp"
        if word in ICMP_TYPES or word.isdigit():
            return protocol == "icmp" and (not word.isdigit() or int(word) < 256)
        return word in ("log", "fragments", "tracked")


def written_out(rule: str) -> str:
    """A rule behind `permit` or `deny` as the box prints it; raises MisfitError.

    >>> written_out("udp 10.20.30.4/32 any eq 53")
    'udp host 10.20.30.4 any eq domain'
    >>> written_out("tcp 10.1.2.3 0.0.0.255 any range 20000 23999 established")
    'tcp 10.1.2.0/24 any range 20000 23999 established'
    """
    reader = _Reader(rule.split())
    protocol = reader.protocol()
    reader.endpoint()
    reader.ports(protocol)
    reader.endpoint()
    reader.ports(protocol)
    reader.options(protocol)
    return " ".join(reader.shown)


def _action(entry: Entry) -> str:
    words = entry.line.lower().split()
    return "deny" if any(word and "deny".startswith(word) for word in words[:3]) else "permit"


def _words_before(entry: Entry) -> int:
    """How many words stand before the protocol, without `no`."""
    return 1 + int("seq" in entry.captures)


def _fits(entry: Entry) -> str | None:
    if "rest" not in entry.captures:
        return None
    try:
        written_out(entry.captures["rest"])
    except MisfitError as misfit:
        return entry.misfit(misfit.index + _words_before(entry), misfit.reason)
    return None


def _free(entry: Entry) -> str | None:
    """Refuse a number that another rule has, and one rule more than there are numbers."""
    if entry.negative:
        return None
    completed = _complete(entry)
    if int(completed["seq"]) > LARGEST:
        return NO_NUMBER
    other = entry.block.get("rule", completed["seq"])
    return None if other is None or other.captures["line"] == completed["line"] else DUPLICATE


def _enough_numbers(entry: Entry) -> str | None:
    number, step = _sequence(entry)
    return NO_NUMBER if number + step * (len(entry.block.all("rule")) - 1) > LARGEST else None


def _sequence(entry: Entry) -> tuple[int, int]:
    return int(entry.captures.get("start", STEP)), int(entry.captures.get("step", STEP))


def _complete(entry: Entry) -> Captures:
    """Write the rule out and give it a number: that of the same rule, if there is one, else the next ten."""
    given = entry.captures
    if "text" in given:
        line = f"remark {given['text']}"
    elif "rest" in given:
        try:
            line = f"{_action(entry)} {written_out(given['rest'])}"
        except MisfitError:  # only a start file gets here, and is kept as it is
            line = f"{_action(entry)} {given['rest']}"
    else:
        line = ""
    if "seq" in given:
        return {"seq": given["seq"], "line": line}
    rules = entry.block.all("rule")
    same = [node.captures["seq"] for node in rules if node.captures["line"] == line]
    if same and line.startswith(("permit", "deny")):
        return {"seq": same[0], "line": line}
    last = max((int(node.captures["seq"]) for node in rules), default=0)
    return {"seq": str((last // STEP + 1) * STEP), "line": line}


def _meant(entry: Entry, node: Node) -> bool:
    """`no 10` means the number, `no permit …` the rule, `no 10 permit …` both."""
    typed = entry.line.split()[1:]
    number = typed[0] if typed[0].isdigit() else None
    if number is not None and number != node.captures["seq"]:
        return False
    return not entry.captures["line"] or entry.captures["line"] == node.captures["line"]


def _resequence(entry: Entry) -> None:
    number, step = _sequence(entry)
    rules = sorted(entry.block.all("rule"), key=lambda node: int(node.captures["seq"]))
    for node in rules:
        entry.block.remove(node.key)
    for node in rules:
        captures = {**node.captures, "seq": str(number)}
        text = f"{number} {captures['line']}"
        entry.block.put(Node(("rule", str(number)), node.rule, captures, text, node.rank))
        number += step
    entry.block.remove(("resequence",))


ACCESS_LIST = block(
    "access_list",
    "ip access-list <name:name>",
    key=("name",),
    enters="access_list",
    sort=by_key,
    bang="between",
)


def _numbered(name: str, *patterns: str, **options: object) -> Rule:
    return entry(
        name,
        *patterns,
        key=("seq",),
        store="rule",
        group="rules",
        sort=by_key,
        show="{seq} {line}",
        fill=_complete,
        matches=_meant,
        **options,
    )


_SEQ = f"<seq:1-{LARGEST}>"
MODE = Mode(
    "access_list",
    "config-acl",
    (
        flag("counters", "counters per-entry", default=False),
        flag(
            "statistics", "statistics per-entry", store="counters", default=False, show=lambda _: "counters per-entry"
        ),
        _numbered(
            "rule",
            f"[{_SEQ}] {{permit|deny}} <rest:rest>",
            no=(f"[{_SEQ}] {{permit|deny}} <rest:rest>", _SEQ),
            before=(_fits, _free),
        ),
        _numbered("remark", f"[{_SEQ}] remark <text:rest>", before=(_free,)),
        flag(
            "resequence",
            f"resequence [<start:1-{LARGEST}> [<step:1-{LARGEST}>]]",
            no=(),
            default=False,
            before=(_enough_numbers,),
            after=(_resequence,),
        ),
    ),
)
