"""Phones and groups: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "phone on an uplink": (
        'port: "sw1:Ethernet5"',
        'port: "sw1:Ethernet24"',
        [
            (
                "sites/leeds.yml:49:96: phones[5].port: sw1:Ethernet24 is no desk port but uplink to edge1; plug "
                "the phone into a desk port"
            ),
        ],
    ),
    "phone on an undeclared port": (
        'port: "sw1:Ethernet5"',
        'port: "sw1:Ethernet23"',
        [
            (
                "sites/leeds.yml:49:96: phones[5].port: sw1:Ethernet23 is not among the ports of sw1; write "
                "ports: sw1: {Ethernet23: desk}, or another port"
            ),
        ],
    ),
    "phone on an unknown device": (
        'port: "sw1:Ethernet5"',
        'port: "sw2:Ethernet5"',
        [
            ("sites/leeds.yml:49:96: phones[5].port: there is no device sw2; declared devices: edge1, sbc1, sbc2, sw1"),
        ],
    ),
    "phone port without a device": (
        'port: "sw1:Ethernet5"',
        'port: "Ethernet5"',
        [
            (
                "sites/leeds.yml:49:96: phones[5].port: 'Ethernet5' is not an interface of a device; write "
                '"device:interface"'
            ),
        ],
    ),
    "doubled phone port": (
        'port: "sw1:Ethernet5"',
        'port: "sw1:Ethernet4"',
        [
            (
                "sites/leeds.yml:49:96: phones[5].port: sw1:Ethernet4 belongs to Dev Chaudhary (phones[4]) "
                "already; give each its own port"
            ),
        ],
    ),
    "doubled extension": (
        'extension: "205"',
        'extension: "204"',
        [
            (
                "sites/leeds.yml:49:17: phones[5].extension: 204 belongs to Dev Chaudhary (phones[4]) already; "
                "give each its own extension"
            ),
        ],
    ),
    "extension of a group": (
        'extension: "600"',
        'extension: "208"',
        [
            (
                "sites/leeds.yml:55:17: groups[1].extension: 208 belongs to Lobby (phones[8]) already; give each "
                "its own extension"
            ),
        ],
    ),
    "doubled MAC in another spelling": (
        '"64:16:7f:00:02:06"',
        '"6416.7F00.0205"',
        [
            (
                "sites/leeds.yml:50:69: phones[6].mac: 64:16:7f:00:02:05 belongs to Elin Sørby (phones[5]) "
                "already; give each its own mac"
            ),
        ],
    ),
    "MAC that is none": (
        '"64:16:7f:00:02:06"',
        '"64:16:7f:00:02"',
        [
            (
                "sites/leeds.yml:50:69: phones[6].mac: '64:16:7f:00:02' is not a MAC address; write twelve "
                'hexadecimal digits, "80:5e:c0:00:02:01"'
            ),
        ],
    ),
    "group MAC": (
        '"64:16:7f:00:02:06"',
        '"65:16:7f:00:02:06"',
        [
            (
                "sites/leeds.yml:50:69: phones[6].mac: '65:16:7f:00:02:06' is a group address, no phone has it; "
                "copy it from the phone's label"
            ),
        ],
    ),
    "doubled number": (
        'port: "sw1:Ethernet5"}',
        (
            'port: "sw1:Ethernet5", number: "+441134960205"}\n'
            '  - {extension: "209", person: Gil, model: poly_vvx250, mac: "64:16:7f:00:02:09", number: '
            '"+441134960205"}'
        ),
        [
            (
                "sites/leeds.yml:50:91: phones[6].number: +441134960205 belongs to Elin Sørby (phones[5]) "
                "already; give each its own number"
            ),
        ],
    ),
    "unknown phone model": (
        "model: yealink_t31p",
        "model: yealink_t31",
        [
            (
                "sites/leeds.yml:52:46: phones[8].model: 'yealink_t31' is not a known phone model; did you mean "
                "yealink_t31p?"
            ),
        ],
    ),
    "unknown class of service": (
        "class_of_service: lobby",
        "class_of_service: loby",
        [
            (
                "sites/leeds.yml:52:127: phones[8].class_of_service: the policy has no class of service loby; did "
                "you mean lobby?"
            ),
        ],
    ),
    "extension out of the plan": (
        'extension: "208"',
        'extension: "308"',
        [
            ("sites/leeds.yml:52:17: phones[8].extension: 308 is not of the form 2xx; follow dial_plan.internal"),
        ],
    ),
    "extension behind the outside prefix": (
        'extension: "208"',
        'extension: "908"',
        [
            (
                "sites/leeds.yml:52:17: phones[8].extension: 908 begins with 9, which leads outside; take another "
                "extension"
            ),
        ],
    ),
    "extension like an emergency number": (
        'extension: "600"',
        'extension: "112"',
        [
            (
                "sites/leeds.yml:55:17: groups[1].extension: 112 cannot be told from the emergency number 112; "
                "take another extension"
            ),
        ],
    ),
    "group member doubled": (
        'members: ["201", "202"]',
        'members: ["201", "202", "201"]',
        [
            ("sites/leeds.yml:55:77: groups[1].members[3]: 201 is named already, in line 55 column 63; name it once"),
        ],
    ),
    "group member undefined": (
        'members: ["201", "202"]',
        'members: ["201", "299"]',
        [
            ("sites/leeds.yml:55:70: groups[1].members[2]: 299 is no phone of this site; name extensions of phones"),
        ],
    ),
    "group leads nowhere": (
        "then: voicemail",
        'then: "299"',
        [
            (
                "sites/leeds.yml:55:99: groups[1].then: 299 is neither a phone nor a group; write voicemail, "
                "hang_up or an extension of this site"
            ),
        ],
    ),
    "group comes back": (
        "then: voicemail",
        'then: "600"',
        [
            (
                "sites/leeds.yml:55:99: groups[1].then: a call that nobody takes comes back to 600; end the chain "
                "with voicemail or hang_up"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
