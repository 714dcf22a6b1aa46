"""What the boxes say about pending commits, in the forms that releases have."""

from __future__ import annotations

import pytest

from trunkline.devices.platforms.eos.sessions import Session, UnknownForm, sessions
from trunkline.devices.platforms.ios_xe import answers

PENDING = """Time configured(or reconfigured): 22:50:48 UTC Sat Feb 21 2009
Timer type: absolute timer
Timer value: 2 min
User: napalm
"""


def test_a_revert_timer_is_read_with_its_owner() -> None:
    assert answers.revert_timer(PENDING) == answers.RevertTimer("napalm", "2 min", "22:50:48 UTC Sat Feb 21 2009")


@pytest.mark.parametrize("answer", ["%No Rollback Confirmed Change pending\n", " Archive feature not enabled\n"])
def test_no_revert_timer_is_understood(answer: str) -> None:
    assert answers.revert_timer(answer) is None


@pytest.mark.parametrize("answer", ["", "Rollback timer: 2 min, user napalm\n", "User: napalm\n"])
def test_n14_another_form_of_the_revert_timer_is_not_guessed_at(answer: str) -> None:
    with pytest.raises(answers.NotUnderstood):
        answers.revert_timer(answer)


def test_the_archive_says_where_it_stands() -> None:
    answer = "The maximum archive configurations allowed is 10.\nThe next archive file will be named flash:before-3\n"
    assert answers.archive_file_system(answer) == "flash:"
    assert answers.archive_file_system(" Archive feature not enabled\n") is None


def test_the_privilege_is_read() -> None:
    assert answers.privilege("Current privilege level is 15\n") == 15
    assert answers.privilege("% Invalid input detected at '^' marker.") is None


def test_n14_a_pending_commit_is_seen_in_the_form_up_to_4_31() -> None:
    found = sessions({"sessions": {"trunkline-1": {"state": "pendingCommitTimer", "commitBy": 522.1, "instances": {}}}})
    assert found.waiting == "trunkline-1"
    assert found.open == ()


def test_n14_a_pending_commit_is_seen_in_the_form_from_4_32_on() -> None:
    found = sessions(
        {
            "sessions": {"trunkline-1": {"state": "committed", "instances": {}}},
            "commitTimerSessionName": "trunkline-1",
            "commitTimerExpireTime": 522.1,
        }
    )
    assert found.waiting == "trunkline-1"


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"sessions": []},
        {"sessions": {"a": {"state": "pendingConfirm"}}},
        {"sessions": {"a": {}}},
        {"sessions": {}, "commitTimerExpireTime": 5},
        {"sessions": {}, "commitTimerSessionName": 5},
    ],
)
def test_n14_another_form_of_sessions_is_not_guessed_at(answer: dict[str, object]) -> None:
    with pytest.raises(UnknownForm):
        sessions(answer)


def test_n17_open_sessions_are_told_apart_by_name_with_who_is_in_them() -> None:
    found = sessions(
        {
            "sessions": {
                "trunkline-0a1b": {"state": "pending", "instances": {}},
                "napalm_123": {"state": "pending", "instances": {}},
                "work": {"state": "pending", "instances": {"4711": {"user": "ops", "terminal": "vty5"}}},
                "old": {"state": "completed", "instances": {}},
            }
        }
    )
    assert [each for each in found.open if each.ours] == [Session("trunkline-0a1b", "")]
    assert [str(each) for each in found.open if not each.ours] == ["napalm_123", "work (ops)"]
