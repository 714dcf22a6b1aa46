"""What a site takes from the policy, or narrows of it: each mistake has its line and its sentence."""

from __future__ import annotations

import pytest

from tests.unit.model.written import LEEDS, WrittenEstate

CASES = {
    "undefined trunk": (
        "trunks: [zen_sip, backup_sip]",
        "trunks: [zen_spi, backup_sip]",
        [
            "sites/leeds.yml:57:10: trunks[1]: the policy has no trunk zen_spi; did you mean zen_sip?",
        ],
    ),
    "doubled trunk": (
        "trunks: [zen_sip, backup_sip]",
        "trunks: [zen_sip, zen_sip]",
        [
            "sites/leeds.yml:57:19: trunks[2]: zen_sip is named already, in line 57 column 10; name it once",
        ],
    ),
    "country": (
        "country: GB",
        "country: UK",
        [
            (
                "sites/leeds.yml:6:10: country: the site is in UK, its dial plan is for GB; write narrow: "
                "{dial_plan: {country: UK, ...}} with its emergency numbers"
            ),
        ],
    ),
    "narrowing what may not be": (
        "trunks: [zen_sip, backup_sip]",
        "trunks: [zen_sip, backup_sip]\nnarrow: {voice: {codecs: [pcma]}}",
        [
            (
                "sites/leeds.yml:58:26: narrow.voice.codecs: the policy does not let sites narrow voice.codecs; "
                "sites may narrow voice.blocking, voice.mos_min, dial_plan, fraud.international_per_day"
            ),
        ],
    ),
    "narrowing that widens": (
        "trunks: [zen_sip, backup_sip]",
        "trunks: [zen_sip, backup_sip]\nnarrow: {voice: {blocking: 0.05}}",
        [
            ("sites/leeds.yml:58:28: narrow.voice.blocking: is not narrower than the policy; write 0.01 or less"),
        ],
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), CASES.values(), ids=CASES)
def test_mistake_is_told_with_its_line(written: WrittenEstate, old: str, new: str, said: list[str]) -> None:
    written.change(old, new, LEEDS)
    assert written.mistakes() == said
