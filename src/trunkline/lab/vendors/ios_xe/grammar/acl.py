"""Access lists: standard and extended, named and numbered, with sequence numbers and remarks."""

from __future__ import annotations

from trunkline.lab.vendors.grammar import Captures, Entry, Mode, Rule, action, block, entry
from trunkline.lab.vendors.ios_xe.ace import Misfit, canonical
from trunkline.lab.vendors.tree import Node
from trunkline.lab.vendors.typist import Typist

STEP = 10
DUPLICATE_NUMBER = "% Duplicate sequence number"


def is_extended(name: str) -> bool | None:
    """Return the kind that the number of a numbered list has; None for a name."""
    if not name.isdigit():
        return None
    number = int(name)
    if 100 <= number <= 199 or 2000 <= number <= 2699:
        return True
    return False if 1 <= number <= 99 or 1300 <= number <= 1999 else None


def _extended_block(node: Node) -> bool:
    return node.key[0] == "access_list_extended"


def _entry_text(line: Entry) -> str | Misfit:
    action = line.captures["action"]
    if action == "remark":
        return f"remark {line.captures['body']}"
    return canonical(action, line.captures.get("body", ""), extended=_extended_block(line.block))


def _check(line: Entry) -> str | None:
    """Refuse what does not parse, a number that is taken, an entry that is there already."""
    if line.negative and "action" not in line.captures:
        return None
    text = _entry_text(line)
    if isinstance(text, Misfit):
        return line.misfit(text.index + (2 if "sequence" in line.captures else 1), text.reason)
    return None if line.negative else _taken(line, text)


def _taken(line: Entry, text: str) -> str | None:
    sequence = line.captures.get("sequence")
    present = None if sequence is None else line.block.get("ace", sequence)
    if present is not None:
        return None if present.captures["entry"] == text else DUPLICATE_NUMBER
    remark = line.captures["action"] == "remark"
    if not remark and any(each.captures["entry"] == text for each in line.block.all("ace")):
        return f"% Duplicate {line.captures['action']} statement ignored"
    return None


def _number(line: Entry) -> Captures:
    if line.negative:
        return line.captures
    text = _entry_text(line)
    sequence = line.captures.get("sequence")
    if sequence is None:
        last = max((int(each.captures["sequence"]) for each in line.block.all("ace")), default=0)
        sequence = str((last // STEP + 1) * STEP)
    typed = f"{line.captures['action']} {line.captures['body']}"
    return {"sequence": sequence, "entry": typed if isinstance(text, Misfit) else text}


def _means(line: Entry, node: Node) -> bool:
    """Decide whether `no 10`, or `no permit …`, means an entry; both together must agree."""
    wanted = line.captures.get("sequence")
    if wanted is not None and node.captures["sequence"] != wanted:
        return False
    if "action" not in line.captures:
        return True
    return node.captures["entry"] == _entry_text(line)


ACE = entry(
    "ace",
    "[<sequence:1-2147483647>] <action:ace_action> <body:rest>",
    key=("sequence",),
    no=("<sequence:1-2147483647>", "[<sequence:1-2147483647>] <action:ace_action> <body:rest>"),
    fill=_number,
    show="{sequence} {entry}",
    sort=lambda node: (int(node.captures["sequence"]),),
    before=(_check,),
    matches=_means,
)


def _kind_fits(line: Entry) -> str | None:
    name = line.captures["name"]
    extended = line.rule.name == "access_list_extended"
    numbered = is_extended(name)
    if name.isdigit() and numbered is not extended:
        return line.misfit(3)
    other = "access_list_standard" if extended else "access_list_extended"
    if not line.negative and line.root.get(other, name):
        return f"% A named {'standard' if extended else 'extended'} IP access list with this name already exists"
    return None


def _list(name: str, word: str, mode: str) -> Rule:
    return block(
        name,
        f"ip access-list {word} <name:name>",
        key=("name",),
        before=(_kind_fits,),
        enters=mode,
        bang="after",
        defines="access_list",
    )


def _resequence(line: Entry) -> str | None:
    for place in ("access_list_standard", "access_list_extended"):
        found = line.root.get(place, line.captures["name"])
        if found is not None:
            _renumber(found, int(line.captures["start"]), int(line.captures["step"]))
            return None
    return None


def _renumber(found: Node, start: int, step: int) -> None:
    nodes = sorted(found.all("ace"), key=lambda node: int(node.captures["sequence"]))
    for node in nodes:
        found.remove(node.key)
    for index, node in enumerate(nodes):
        sequence = str(start + index * step)
        node.captures = {**node.captures, "sequence": sequence}
        node.key = ("ace", sequence)
        node.text = f"{sequence} {node.captures['entry']}"
        found.put(node)


def _numbered(line: Entry) -> str | None:
    """Check an entry typed as `access-list 10 permit …`."""
    if line.negative:
        return None
    extended = is_extended(line.captures["number"])
    if extended is None:
        return line.misfit(1)
    if line.captures["action"] == "remark":
        return None
    text = canonical(line.captures["action"], line.captures["body"], extended=extended)
    return line.misfit(text.index + 3, text.reason) if isinstance(text, Misfit) else None


def _into_list(line: Entry) -> str | None:
    """Put it into the list of that number, which is how the box prints it."""
    number = line.captures["number"]
    word = "extended" if is_extended(number) else "standard"
    hand = Typist(line.machine, line.root, loading=True)
    if line.negative:
        line.root.remove((f"access_list_{word}", number))
        return None
    hand.type(f"ip access-list {word} {number}")
    hand.type(f"{line.captures['action']} {line.captures['body']}")
    return None


RULES = (
    action(
        "access_list_numbered",
        "access-list <number:1-2699> <action:ace_action> <body:rest>",
        no=("access-list <number:1-2699> [<_:rest>]",),
        before=(_numbered,),
        after=(_into_list,),
    ),
    _list("access_list_standard", "standard", "acl_standard"),
    _list("access_list_extended", "extended", "acl_extended"),
    action(
        "resequence",
        "ip access-list resequence <name:name> <start:1-2147483647> <step:1-2147483647>",
        after=(_resequence,),
    ),
)
MODES = (
    Mode("acl_standard", "config-std-nacl", (ACE,)),
    Mode("acl_extended", "config-ext-nacl", (ACE,)),
)
