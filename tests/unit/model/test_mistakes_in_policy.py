"""The policy file: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import WrittenEstate

CASES = {
    "class of calls missing": (
        "  signalling: {dscp",
        "  signaling: {dscp",
        [
            "policy.yml:3:3: classes: the class signalling is missing; calls need both voice and signalling",
        ],
    ),
    "two rests": (
        "share: 5%",
        "share: rest",
        [
            ("policy.yml:3:3: classes: 2 classes have share: rest; give it to exactly one, it takes what has no mark"),
        ],
    ),
    "shares over the line": (
        "share: 40%",
        "share: 95%",
        [
            ("policy.yml:3:3: classes: 2% + 95% + 5% = 102% leave nothing for the rest; keep the sum below 100%"),
        ],
    ),
    "class without a share": (
        "business:   {dscp: af21, share: 40%}",
        "business:   {dscp: af21}",
        [
            (
                "policy.yml:5:15: classes.business: has neither queue nor share; write queue: strict, share: 10% "
                "or share: rest"
            ),
        ],
    ),
    "strict queue with a share": (
        "queue: strict}",
        "queue: strict, share: 10%}",
        [
            (
                "policy.yml:3:56: classes.voice.share: a strict queue is served first, it has no share; leave out "
                "one of the two"
            ),
        ],
    ),
    "voice not strict": (
        "queue: strict}",
        "share: 20%}",
        [
            "policy.yml:3:15: classes.voice: voice waits behind other traffic; write queue: strict",
        ],
    ),
    "DSCP twice": (
        "dscp: af21",
        'dscp: "46"',
        [
            ("policy.yml:5:22: classes.business.dscp: ef marks voice already; give each class a DSCP of its own"),
        ],
    ),
    "DSCP that is none": (
        "dscp: af21",
        "dscp: af51",
        [
            (
                "policy.yml:5:22: classes.business.dscp: 'af51' is not a DSCP; write a name (ef, cs3, af21) or a "
                "number from 0 to 63"
            ),
        ],
    ),
    "share without its unit": (
        "share: 40%",
        "share: 40",
        [
            "policy.yml:5:35: classes.business.share: the unit of '40' is missing; write 40%",
        ],
    ),
    "packet time": (
        "ptime: 20 ms",
        "ptime: 25 ms",
        [
            "policy.yml:9:54: voice.ptime: 25 ms is no packet time of a phone; write 10, 20, 30, 40 or 60 ms",
        ],
    ),
    "packet time without a unit": (
        "ptime: 20 ms",
        "ptime: 20",
        [
            "policy.yml:9:54: voice.ptime: the unit of '20' is missing; write 20 ms or 1 h",
        ],
    ),
    "unknown codec": (
        "[g722, pcma]",
        "[g722, pmca]",
        [
            "policy.yml:9:40: voice.codecs[2]: 'pmca' is not known here; did you mean pcma?",
        ],
    ),
    "doubled codec": (
        "[g722, pcma]",
        "[g722, g722]",
        [
            "policy.yml:9:40: voice.codecs[2]: g722 is named already, in line 9 column 34; name it once",
        ],
    ),
    "no emergency number": (
        'emergency: ["999", "112"]',
        "emergency: []",
        [
            (
                "policy.yml:11:58: dial_plan.emergency: no emergency number can be dialled; write emergency: "
                '["999", "112"]'
            ),
        ],
    ),
    "emergency number missing": (
        'emergency: ["999", "112"]',
        'emergency: ["112"]',
        [
            'policy.yml:11:58: dial_plan.emergency: 999 of GB cannot be dialled; write ["112", "999"]',
        ],
    ),
    "extensions behind the outside prefix": (
        'internal: "2xx"',
        'internal: "9xx"',
        [
            (
                "policy.yml:11:84: dial_plan.internal: 9xx begins with 9, which leads outside; let extensions "
                "begin with another digit"
            ),
            (
                "policy.yml:11:84: dial_plan.internal: 9xx covers the emergency number 999; let extensions begin "
                "with another digit"
            ),
            ("sites/leeds.yml:45:17: phones[1].extension: 201 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:46:17: phones[2].extension: 202 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:47:17: phones[3].extension: 203 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:48:17: phones[4].extension: 204 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:49:17: phones[5].extension: 205 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:50:17: phones[6].extension: 206 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:51:17: phones[7].extension: 207 is not of the form 9xx; follow dial_plan.internal"),
            ("sites/leeds.yml:52:17: phones[8].extension: 208 is not of the form 9xx; follow dial_plan.internal"),
        ],
    ),
    "extensions over an emergency number": (
        'internal: "2xx"',
        'internal: "1xx"',
        [
            (
                "policy.yml:11:84: dial_plan.internal: 1xx covers the emergency number 112; let extensions begin "
                "with another digit"
            ),
            ("sites/leeds.yml:45:17: phones[1].extension: 201 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:46:17: phones[2].extension: 202 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:47:17: phones[3].extension: 203 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:48:17: phones[4].extension: 204 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:49:17: phones[5].extension: 205 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:50:17: phones[6].extension: 206 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:51:17: phones[7].extension: 207 is not of the form 1xx; follow dial_plan.internal"),
            ("sites/leeds.yml:52:17: phones[8].extension: 208 is not of the form 1xx; follow dial_plan.internal"),
        ],
    ),
    "default class of service missing": (
        "  desk: [",
        "  desc: [",
        [
            (
                "policy.yml:14:3: classes_of_service: the class desk is missing; it is what a phone without "
                "class_of_service gets; write desk: [national, mobile]"
            ),
        ],
    ),
    "unknown destination": (
        "lobby: [internal, emergency]",
        "lobby: [internal, emergncy]",
        [
            ("policy.yml:15:21: classes_of_service.lobby[2]: 'emergncy' is not known here; did you mean emergency?"),
        ],
    ),
    "trunk of an unknown provider": (
        "    provider: vode",
        "    provider: voda",
        [
            ("policy.yml:34:15: trunks.backup_sip.provider: the policy has no provider voda; did you mean vode?"),
        ],
    ),
    "keys in clear on the way": (
        "transport: tls",
        "transport: tcp",
        [
            (
                "policy.yml:27:16: trunks.zen_sip.transport: over tcp everybody on the way reads the keys of "
                "srtp; write transport: tls, or media: rtp"
            ),
        ],
    ),
    "secret in clear": (
        'auth: "vault:zen_sip"',
        "auth: hunter2",
        [
            (
                "policy.yml:29:11: trunks.zen_sip.auth: a secret in clear; put it into vault/secrets.yml, write "
                "vault:<its key> here, and change it: it has been seen"
            ),
        ],
    ),
    "management password in clear": (
        '"vault:device_password"',
        "hunter2",
        [
            (
                "policy.yml:51:41: management.password: a secret in clear; put it into vault/secrets.yml, write "
                "vault:<its key> here, and change it: it has been seen"
            ),
        ],
    ),
    "trusting all": (
        "trusted: [10.20.99.0/24]",
        "trusted: [0.0.0.0/0]",
        [
            ("policy.yml:44:67: security.trusted[1]: 0.0.0.0/0 trusts half the Internet; name your own prefixes"),
        ],
    ),
    "approvals incomplete": (
        ", outage: 2",
        "",
        [
            "policy.yml:47:14: change.approvals: says nothing of outage; write a number for each risk",
        ],
    ),
    "window": (
        '"Mon-Thu 20:00-23:00"',
        '"Mon-Thu 20-23"',
        [
            ("policy.yml:48:13: change.windows[1]: 'Mon-Thu 20-23' is not a window; write \"Mon-Thu 20:00-23:00\""),
        ],
    ),
    "freeze": (
        "freeze: []",
        "freeze: [Christmas]",
        [
            (
                "policy.yml:49:12: change.freeze[1]: 'Christmas' is not a span of days; write \"2026-12-18 to "
                '2027-01-04"'
            ),
        ],
    ),
    "nothing that can be narrowed": (
        "[voice.blocking,",
        "[voice.bloking,",
        [
            ("policy.yml:53:20: sites_may_narrow[1]: 'voice.bloking' is not known here; did you mean voice.blocking?"),
        ],
    ),
    "doubled address of a trunk": (
        "servers: [203.0.113.40]",
        "servers: [203.0.113.40, 203.0.113.41, 203.0.113.40]",
        [
            (
                "policy.yml:35:43: trunks.backup_sip.servers[3]: 203.0.113.40 is named already, in line 35 column "
                "15; name it once"
            ),
        ],
    ),
    "doubled trusted prefix": (
        "trusted: [10.20.99.0/24]",
        "trusted: [10.20.99.0/24, 10.20.99.0/24]",
        [
            (
                "policy.yml:44:82: security.trusted[2]: 10.20.99.0/24 is named already, in line 44 column 67; "
                "name it once"
            ),
        ],
    ),
    "doubled destination": (
        "lobby: [internal, emergency]",
        "lobby: [internal, internal]",
        [
            (
                "policy.yml:15:21: classes_of_service.lobby[2]: internal is named already, in line 15 column 11; "
                "name it once"
            ),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, "policy.yml")
    assert written.mistakes() == said
