"""What a platform's table makes of answers and configurations."""

from __future__ import annotations

import pytest

from trunkline.devices.errors import UnknownPlatform
from trunkline.devices.platform import AnswerRow, Incomplete, QuestionRow
from trunkline.devices.registry import platform, platforms

IOS = platform("ios_xe")
EOS = platform("eos")


def rows(kind: str) -> list[object]:
    return [
        pytest.param(name, row, id=f"{name}: {row.example}")
        for name in platforms()
        for row in getattr(platform(name), kind)
    ]


def test_platforms_are_folders() -> None:
    assert platforms() == ("eos", "ios_xe")


def test_unknown_platform_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownPlatform, match="no platform is called 'nxos'; there are: eos, ios_xe"):
        platform("nxos")


@pytest.mark.parametrize("name", platforms())
def test_n02_each_platform_knows_at_least_twelve_refusals(name: str) -> None:
    assert len(platform(name).refusals) >= 12


@pytest.mark.parametrize(("name", "row"), rows("refusals"))
def test_n02_each_text_of_the_table_is_a_refusal(name: str, row: AnswerRow) -> None:
    assert row.regex.search(row.example), "the row does not match its own example"
    assert platform(name).refusal(f"                ^\n{row.example}\n\n")


@pytest.mark.parametrize(("name", "row"), rows("harmless"))
def test_warnings_and_log_messages_are_no_refusal(name: str, row: AnswerRow) -> None:
    assert row.regex.search(row.example), "the row does not match its own example"
    assert not platform(name).refusal(row.example)


@pytest.mark.parametrize(("name", "row"), rows("failures"))
def test_n18_abort_texts_of_a_replacement_are_failures(name: str, row: AnswerRow) -> None:
    assert platform(name).failure(f"{row.example}\nnegotiation auto\n")


def test_n18_an_aborted_rollback_is_no_refusal_of_a_line_but_a_failure_of_the_rollback() -> None:
    answer = "Rollback aborted after 5 passes\nThe following commands are failed to apply to the IOS image.\n"
    assert not IOS.refusal(answer)
    assert IOS.failure(answer)


@pytest.mark.parametrize("name", platforms())
@pytest.mark.parametrize("answer", ["", "\n", "Enter configuration commands, one per line.  End with CNTL/Z.\n"])
def test_silence_and_notices_are_no_refusal(name: str, answer: str) -> None:
    assert not platform(name).refusal(answer)


@pytest.mark.parametrize("name", platforms())
def test_a_percent_text_that_nobody_has_seen_is_a_refusal(name: str) -> None:
    assert platform(name).refusal("% The moon is in the wrong house")


@pytest.mark.parametrize(("name", "row"), rows("questions"))
def test_n46_known_questions_have_an_answer(name: str, row: QuestionRow) -> None:
    assert platform(name).answer_to(row.example) == row.answer


@pytest.mark.parametrize("question", ["Press any key to continue", "Proceed with reload? [confirm]", "Password: "])
def test_n46_a_question_outside_the_table_has_no_answer(question: str) -> None:
    assert IOS.answer_to(question) is None


HEADER = """Building configuration...

Current configuration : 5592 bytes
!
! Last configuration change at 10:00:01 UTC Wed Nov 4 2026 by ops
!
"""
BODY = "version 17.9\nhostname r1\nntp clock-period 17179870\nend\n"


def test_n05_two_reads_that_differ_in_times_are_equal() -> None:
    later = (HEADER + BODY).replace("10:00:01", "10:05:44").replace("17179870", "17179866")
    assert IOS.reading(HEADER + BODY).sha256 == IOS.reading(later).sha256


def test_n05_what_was_stripped_is_counted_and_the_raw_text_kept() -> None:
    reading = IOS.reading(HEADER + BODY)
    assert sum(reading.stripped.values()) == 4
    assert reading.stripped[r"^ntp clock-period \d+"] == 1
    assert reading.raw == HEADER + BODY


def test_n05_nothing_else_is_stripped() -> None:
    assert IOS.reading(HEADER + BODY).text == "version 17.9\nhostname r1\nend\n"


def test_n05_a_header_that_grows_after_a_change_makes_no_difference() -> None:
    fresh = "Building configuration...\n\nCurrent configuration : 1 bytes\n!\nversion 17.9\n!\nend\n"
    changed = fresh.replace(
        "!\nversion", "!\n! Last configuration change at 10:00:01 UTC Wed Nov 4 2026 by ops\n!\nversion"
    )
    assert IOS.reading(fresh).text == IOS.reading(changed).text == "version 17.9\n!\nend\n"


def test_n05_the_switch_says_what_it_was_asked() -> None:
    text = "hostname sw1\n!\nend\n"
    assert EOS.reading(f"! Command: show running-config\n! device: sw1 (CCS, EOS-4.32.1F)\n!\n{text}").text == (
        f"! device: sw1 (CCS, EOS-4.32.1F)\n!\n{text}"
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r\r\n", "\n"])
def test_n54_line_ends_are_alike(ends: str) -> None:
    assert IOS.reading(BODY.replace("\n", ends)).text == IOS.reading(BODY).text


def test_n54_a_byte_that_is_no_utf8_is_kept() -> None:
    raw = b"description B\xfcro\nend\n".decode("utf-8", "surrogateescape")
    assert IOS.reading(raw).text.encode("utf-8", "surrogateescape") == b"description B\xfcro\nend\n"


def test_n54_trailing_spaces_and_blank_lines_inside_are_kept() -> None:
    text = "class-map match-any VOICE\n match ip dscp ef \n\nbanner motd ^C\n\n^C\nend\n"
    assert IOS.reading(text).text == text


@pytest.mark.parametrize("cut", ["hostname r1\ninterface Gi1/0/1\n descr", "", "\n", "% Invalid input detected"])
@pytest.mark.parametrize("name", platforms())
def test_n21_half_a_configuration_is_never_a_reading(name: str, cut: str) -> None:
    with pytest.raises(Incomplete, match="its last line is not 'end'"):
        platform(name).reading(cut)


def test_n21_an_end_inside_does_not_make_it_whole() -> None:
    with pytest.raises(Incomplete):
        IOS.reading("hostname r1\nend\ninterface Gi1/0/1\n")


def test_n20_a_configuration_with_pager_text_is_never_a_reading() -> None:
    paged = " description phone\n --More-- \b\b\b\b\b\b\b\b\b switchport voice vlan 20\nend\n"
    with pytest.raises(Incomplete, match="pager"):
        IOS.reading(paged)


def test_a_saved_configuration_names_certificates_by_file_and_still_counts_as_saved() -> None:
    running = IOS.reading(
        "crypto pki certificate chain CA\n certificate self-signed 01\n"
        "  30820330 30820218 A0030201 02020101 300D0609 2A864886 F70D0101 05050030 \n"
        "  310E\n  \tquit\nhostname r1\nend\n"
    )
    startup = IOS.reading(
        "Using 1234 out of 33554432 bytes\ncrypto pki certificate chain CA\n"
        " certificate self-signed 01 nvram:IOS-Self-Sig#1.cer\nhostname r1\nend\n"
    )
    assert IOS.saved_form(running) == IOS.saved_form(startup)


def test_a_difference_is_told_by_its_place_without_what_may_be_secret() -> None:
    before = IOS.reading("hostname r1\nusername ops secret 9 $9$abc\nend\n")
    after = IOS.reading("hostname r1\nusername ops secret 9 $9$def\nend\n")
    assert before.difference(after) == "from line 2 on, `username …`"
    assert before.difference(before) == ""
