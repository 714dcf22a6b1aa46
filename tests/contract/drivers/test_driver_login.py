"""Connecting: who the box is, who we are, whether there is a way, whether there is a line."""

from __future__ import annotations

import logging
import socket
import threading
import time
from dataclasses import replace

import pytest
from pydantic import SecretStr

from trunkline.devices import trust
from trunkline.devices.errors import HostKeyChanged, HostKeyUnknown, LoginRefused, NoFreeSession, Unreachable
from trunkline.devices.trust import Standing

from .bench import Bench


def connect(bench: Bench) -> None:
    with bench.connect():
        pass


def test_a_box_is_opened_and_its_session_is_given_back(bench: Bench) -> None:
    with bench.connect() as box:
        box.read()
    time.sleep(0.3)
    assert bench.state().sessions == 0


def test_n45_the_session_is_given_back_after_a_failure_too(bench: Bench) -> None:
    with pytest.raises(RuntimeError), bench.connect():
        raise RuntimeError
    time.sleep(0.3)
    assert bench.state().sessions == 0


def test_n24_an_unknown_box_is_refused_with_its_fingerprint_and_the_command(bench: Bench) -> None:
    shown = trust.look(bench.target).shown
    bench.target.known_hosts.unlink(missing_ok=True)
    bench.target.known_certificates.unlink(missing_ok=True)
    with pytest.raises(HostKeyUnknown) as caught:
        connect(bench)
    assert shown in str(caught.value)
    assert "`trunkline trust leeds`" in str(caught.value)


def test_n24_a_changed_box_is_refused_with_both_fingerprints(bench: Bench) -> None:
    before = trust.look(bench.target).shown
    bench.control.new_host_key(bench.name)
    after = trust.look(bench.target)
    assert after.standing is Standing.CHANGED
    with pytest.raises(HostKeyChanged) as caught:
        connect(bench)
    assert before in str(caught.value)
    assert after.shown in str(caught.value)
    assert f"`trunkline trust leeds --replace {bench.name}`" in str(caught.value)


def test_n24_a_changed_box_that_was_recorded_again_is_opened(bench: Bench) -> None:
    bench.control.new_host_key(bench.name)
    trust.record(bench.target, trust.look(bench.target))
    connect(bench)


def test_a_wrong_password_is_refused_by_name_of_the_user(bench: Bench) -> None:
    wrong = replace(bench, target=replace(bench.target, password=SecretStr("wrong")))
    with pytest.raises(LoginRefused, match="refuses the login of user 'trunkline'"):
        connect(wrong)


def test_a_refused_login_is_told(bench: Bench) -> None:
    bench.control.refuse_login(bench.name)
    with pytest.raises(LoginRefused):
        connect(bench)


def test_n22_the_password_is_in_no_message_and_no_log(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with bench.connect() as box:
        box.read()
    bench.control.refuse_login(bench.name)
    with pytest.raises(LoginRefused) as caught:
        connect(bench)
    password = bench.target.password.get_secret_value()
    assert password not in caplog.text
    assert password not in repr(caught.value) + str(caught.value) + repr(bench.target)


def test_nothing_listens_there(bench: Bench) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = replace(bench, target=replace(bench.target, port=unused.getsockname()[1]))
        with pytest.raises(Unreachable, match="connection refused"):
            connect(nowhere)


def test_a_box_that_does_not_speak_is_given_up_in_time(bench: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        target = replace(bench.target, port=silent.getsockname()[1], connect_timeout=1)
        started = time.monotonic()
        with pytest.raises(Unreachable):
            connect(replace(bench, target=target))
        assert time.monotonic() - started < 6


def test_n45_a_router_without_a_free_line_is_tried_again_then_named(router: Bench) -> None:
    router.control.vty_in_use(router.name, 99)
    started = time.monotonic()
    with pytest.raises(NoFreeSession, match="close a session"):
        connect(router)
    assert time.monotonic() - started > 5


def test_n45_a_line_that_becomes_free_meanwhile_is_taken(router: Bench) -> None:
    router.control.vty_in_use(router.name, 99)
    freeing = threading.Timer(1.5, router.control.clear, [router.name])
    freeing.start()
    connect(router)
    freeing.join()
