"""A box with another certificate than the recorded one gets no byte of a request, credentials least of all."""

from __future__ import annotations

import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pydantic import SecretStr

from trunkline.devices.certificates import printed
from trunkline.devices.errors import DeviceError, HostKeyChanged, HostKeyUnknown, NoCommonAlgorithm
from trunkline.devices.registry import connect
from trunkline.devices.target import Target
from trunkline.lab.vendors.eos.certificate import Certificate

pytestmark = pytest.mark.filterwarnings("ignore:ssl.TLSVersion.* is deprecated")


@dataclass
class Listener:
    """A TLS server that answers nothing and remembers what came out of the tunnel."""

    certificate: Certificate
    newest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    heard: list[bytes] = field(default_factory=list)
    socket: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    def run(self) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = self.newest
        self.certificate.load(context)
        while True:
            try:
                plain, _ = self.socket.accept()
            except OSError:
                return
            plain.settimeout(1)
            try:
                with context.wrap_socket(plain, server_side=True) as tunnel:
                    self.heard.append(tunnel.recv(4096))
            except OSError:
                continue


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener(Certificate.make("sw1"))
    thread = threading.Thread(target=listening.run, daemon=True)
    thread.start()
    yield listening
    listening.socket.close()


def target(listener: Listener, folder: Path, recorded: str | None) -> Target:
    known = folder / "known_certificates.yml"
    if recorded:
        known.write_text(f"leeds-sw1: {recorded}\n")
    return Target(
        host="leeds-sw1",
        site="leeds",
        platform="eos",
        address="127.0.0.1",
        port=listener.socket.getsockname()[1],
        user="trunkline",
        password=SecretStr("Canary-7f3a9"),
        known_hosts=folder / "known_hosts",
        known_certificates=known,
    )


def test_n24_a_changed_certificate_gets_no_byte(listener: Listener, tmp_path: Path) -> None:
    other = hashlib.sha256(b"another box").hexdigest()
    with pytest.raises(HostKeyChanged) as caught:
        connect(target(listener, tmp_path, other)).__enter__()
    assert printed(other) in str(caught.value)
    assert printed(listener.certificate.fingerprint) in str(caught.value)
    assert b"".join(listener.heard) == b""


def test_n24_an_unknown_certificate_gets_no_byte(listener: Listener, tmp_path: Path) -> None:
    with pytest.raises(HostKeyUnknown) as caught:
        connect(target(listener, tmp_path, None)).__enter__()
    assert printed(listener.certificate.fingerprint) in str(caught.value)
    assert b"".join(listener.heard) == b""


@pytest.mark.parametrize("form", ["{}", "sha256:{}", "SHA256={}"])
def test_the_recorded_certificate_is_taken_however_it_is_written(listener: Listener, tmp_path: Path, form: str) -> None:
    with pytest.raises(DeviceError) as caught:  # it answers nothing
        connect(target(listener, tmp_path, form.format(listener.certificate.fingerprint))).__enter__()
    assert not isinstance(caught.value, HostKeyChanged | HostKeyUnknown)
    assert b"POST /command-api" in b"".join(listener.heard)


def test_n25_an_old_tls_version_is_named(tmp_path: Path) -> None:
    old = Listener(Certificate.make("sw1"), newest=ssl.TLSVersion.TLSv1_1)
    threading.Thread(target=old.run, daemon=True).start()
    with pytest.raises(NoCommonAlgorithm, match="TLS version"):
        connect(target(old, tmp_path, old.certificate.fingerprint)).__enter__()
    old.socket.close()
