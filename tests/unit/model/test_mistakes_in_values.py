"""Values: types, units and words of a site's file: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "missing unit of a rate": (
        "down: 100M",
        "down: 100",
        [
            "sites/leeds.yml:22:11: wan[1].down: the unit of '100' is missing; write 20M or 512k",
        ],
    ),
    "unknown unit": (
        "down: 100M",
        "down: 100Mb",
        [
            (
                "sites/leeds.yml:22:11: wan[1].down: 'Mb' is not a unit of rate; write 20M or 512k (units: k, M, "
                "G, kbit/s, Mbit/s, Gbit/s)"
            ),
        ],
    ),
    "zero rate": (
        "down: 100M",
        "down: 0M",
        [
            "sites/leeds.yml:22:11: wan[1].down: a rate of '0M' carries nothing; write 20M or 512k",
        ],
    ),
    "missing unit of a power": (
        "poe_budget: 600W",
        "poe_budget: 600",
        [
            ("sites/leeds.yml:30:104: devices.sw1.poe_budget: the unit of '600' is missing; write 600W or 15.4W"),
        ],
    ),
    "number for text": (
        'extension: "206"',
        "extension: 206",
        [
            ('sites/leeds.yml:50:17: phones[6].extension: the number 206 is not text; write digits in quotes, "201"'),
        ],
    ),
    "text for number": (
        "busy_hour_calls: 42",
        "busy_hour_calls: many",
        [
            (
                "sites/leeds.yml:10:27: people.busy_hour_calls: 'many' is not right here; write a whole number "
                "without quotes"
            ),
        ],
    ),
    "negative number": (
        "busy_hour_calls: 42",
        "busy_hour_calls: -1",
        [
            "sites/leeds.yml:10:27: people.busy_hour_calls: -1 is not right here; write a number from 0",
        ],
    ),
    "list for mapping": (
        "people: {busy_hour_calls: 42, mean_call_s: 180}",
        "people: [42, 180]",
        [
            "sites/leeds.yml:10:9: people: a list is not right here; write a mapping, key: value",
        ],
    ),
    "mapping for list": (
        "trunks: [zen_sip, backup_sip]",
        "trunks: {zen_sip: 1}",
        [
            "sites/leeds.yml:57:9: trunks: a mapping is not right here; write a list, [a, b]",
        ],
    ),
    "empty list": (
        'members: ["201", "202"]',
        "members: []",
        [
            "sites/leeds.yml:55:62: groups[1].members: is empty; write at least one",
        ],
    ),
    "word that is not known": (
        "call_control: pair",
        "call_control: pear",
        [
            "sites/leeds.yml:4:15: call_control: 'pear' is not known here; did you mean pair?",
        ],
    ),
    "no value": (
        "name: Leeds, Park Row",
        "name:",
        [
            "sites/leeds.yml:3:6: name: nothing is not text; write text; in quotes where it is digits",
        ],
    ),
    "time zone": (
        "timezone: Europe/London",
        "timezone: Europe/Londn",
        [
            "sites/leeds.yml:5:11: timezone: 'Europe/Londn' is not a time zone; did you mean Europe/London?",
        ],
    ),
    "country code": (
        "country: GB",
        "country: gb",
        [
            ("sites/leeds.yml:6:10: country: 'gb' is not a country code; write two capitals of ISO 3166-1, such as GB"),
        ],
    ),
    "callback": (
        '"+441134960100"',
        '"01134960100"',
        [
            (
                "sites/leeds.yml:9:61: emergency.callback: '01134960100' is not a full number; write + and the "
                'country code, "+441134960100"'
            ),
        ],
    ),
    "file named otherwise": (
        "site: leeds",
        "site: leedz",
        [
            ("sites/leeds.yml:2:7: site: 'leedz' is not the name of the file; write site: leeds, or rename the file"),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
