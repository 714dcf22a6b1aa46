"""Files that are not the YAML that is read here: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "tab": (
        "  voice: {vlan: 20",
        "\tvoice: {vlan: 20",
        [
            "sites/leeds.yml:13:1: YAML: a tab in the indentation; indent with blanks",
        ],
    ),
    "colon in a value": (
        "name: Leeds, Park Row",
        "name: Leeds: Park Row",
        [
            (
                "sites/leeds.yml:3:12: YAML: mapping values are not allowed in this context; put a value that "
                "holds ': ' in quotes, or compare the indentation with the line above"
            ),
        ],
    ),
    "unclosed quote": (
        'area_code: "113"',
        'area_code: "113',
        [
            "sites/leeds.yml:8:12: YAML: a quote that is not closed; close it",
        ],
    ),
    "alias": (
        "trunks: [zen_sip, backup_sip]",
        "x: &a [1]\ntrunks: *a",
        [
            (
                "sites/leeds.yml:57:1: x: is not a known key; known keys: area_code, call_control, country, "
                "devices, emergency, groups, hosted, language, name, narrow, networks, people, phones, ports, "
                "sbc, site, timezone, trunks, wan"
            ),
            "sites/leeds.yml:57:4: trunks: an alias (*name) of a list or mapping is not read; write it out",
        ],
    ),
    "tag": (
        'area_code: "113"',
        'area_code: !vault "113"',
        [
            (
                "sites/leeds.yml:8:12: area_code: the tag !vault is not read; write the plain value, or "
                "vault:<key> for a secret"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
