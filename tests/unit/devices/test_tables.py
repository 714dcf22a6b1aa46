"""Every row of the statement tables: one meaning a line, and commands that the table itself can read."""

from __future__ import annotations

import pytest

from trunkline.devices.statements import Definition, Pattern, load_table

SAMPLES = {
    "interface": "Vlan7",
    "word": "some-word",
    "name": "TRUNKLINE-X",
    "text": "a text",
    "words": "log",
    "secret": "s3cret",
    "int": "7",
    "decimal": "7.00",
    "vlan": "20",
    "vlan_set": "10,20",
    "number_set": "10",
    "dscp": "ef",
    "dscp_set": "ef cs3",
    "rate": "2000000",
    "percent": "30",
    "port": "5060",
    "port_match": "eq 5060",
    "address_match": "host 192.0.2.1",
    "ipv4": "192.0.2.1",
    "prefix": "192.0.2.0/24",
}

# Removals that name a place or a default, and not the statement itself.
BY_OTHER_MEANS = ("no {sequence}", "default priority")

ROWS = [
    pytest.param(definition, id=f"{platform} {path}")
    for platform in ("ios_xe", "eos")
    for path, definition in load_table(platform).definitions.items()
    if definition.row.text_until is None
]


def sample(pattern: Pattern) -> str:
    """A line of the pattern with every capture filled in."""
    values = {name: SAMPLES.get(kind.name, kind.name.split("|")[0]) for name, kind in pattern.types.items()}
    return pattern.format(values)


@pytest.mark.parametrize("definition", ROWS)
def test_n32_a_line_means_one_statement(definition: Definition):
    assert definition.parent is not None
    for pattern in definition.patterns:
        line = sample(pattern)
        meant = [child.path for child in definition.parent.children.values() if child.match(line)]
        assert meant == [definition.path], line


@pytest.mark.parametrize("definition", ROWS)
def test_n32_what_tells_two_apart_is_their_identity(definition: Definition):
    match = definition.match(sample(definition.patterns[0]))
    assert match is not None
    assert len(match.key) == 1 + len(definition.identity)
    assert set(definition.identity).isdisjoint(definition.valued)


@pytest.mark.parametrize("definition", [row for row in ROWS if not row.values[0].row.expand])
def test_removal_is_read_as_the_removal_of_the_same_statement(definition: Definition):
    line = sample(definition.patterns[0])
    match = definition.match(line)
    assert match is not None
    assert definition.parent is not None
    if definition.row.remove in BY_OTHER_MEANS:
        return
    removal = definition.removal(match.captures, line)
    read = definition.parent.read(removal)
    assert read is not None, removal
    assert (read.definition, read.negated) == (definition, True)
