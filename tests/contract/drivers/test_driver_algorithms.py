"""N25: a box and we without a common ssh algorithm: the missing one is named, without a traceback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
import pytest
from pydantic import SecretStr

from trunkline.devices import trust
from trunkline.devices.errors import LoginRefused, NoCommonAlgorithm
from trunkline.devices.registry import connect
from trunkline.devices.target import Target

WEAK = [
    ("key exchange", "diffie-hellman-group14-sha1", {"kex_algs": ["diffie-hellman-group14-sha1"]}),
    ("cipher", "chacha20-poly1305@openssh.com", {"encryption_algs": ["chacha20-poly1305@openssh.com"]}),
    (
        "message authentication",
        "umac-64@openssh.com",
        {"mac_algs": ["umac-64@openssh.com"], "encryption_algs": ["aes128-ctr"]},
    ),
]


@contextmanager
def server(folder: Path, algorithms: dict[str, list[str]], *, old_ssh: bool = False) -> Iterator[Target]:
    """An old box: a server that offers nothing else than these algorithms."""
    loop = asyncio.new_event_loop()
    key = asyncssh.generate_private_key("ssh-rsa")
    listening = loop.run_until_complete(
        asyncssh.create_server(asyncssh.SSHServer, "127.0.0.1", 0, server_host_keys=[key], **algorithms)
    )
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    known = folder / "known_hosts"
    known.write_text(f"leeds-edge1 {' '.join(key.export_public_key().decode().split()[:2])}\n")
    try:
        yield Target(
            host="leeds-edge1",
            site="leeds",
            platform="ios_xe",
            address="127.0.0.1",
            port=listening.get_port(),
            user="trunkline",
            password=SecretStr("unused"),
            known_hosts=known,
            known_certificates=folder / "known_certificates.yml",
            old_ssh=old_ssh,
        )
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)


@pytest.mark.parametrize(("kind", "offered", "algorithms"), WEAK, ids=[kind for kind, _, _ in WEAK])
def test_n25_the_missing_algorithm_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str, offered: str, algorithms: dict[str, list[str]]
) -> None:
    with server(tmp_path, algorithms) as target:
        for verb in (trust.look, lambda target: connect(target).__enter__()):
            with pytest.raises(NoCommonAlgorithm, match=rf"no common {kind}: the box offers {offered}; we speak \S"):
                verb(target)
    assert "Traceback" not in capfd.readouterr().err


OLD = [
    ("cipher", {"encryption_algs": ["aes128-cbc", "3des-cbc"]}),
    ("message authentication", {"mac_algs": ["hmac-sha1", "hmac-md5"], "encryption_algs": ["aes128-ctr"]}),
]


@pytest.mark.parametrize(("kind", "algorithms"), OLD, ids=[kind for kind, _ in OLD])
def test_n25_weak_algorithms_are_for_boxes_that_are_named_only(
    tmp_path: Path, kind: str, algorithms: dict[str, list[str]]
) -> None:
    with server(tmp_path, algorithms) as target:
        for verb in (trust.look, lambda target: connect(target).__enter__()):
            with pytest.raises(NoCommonAlgorithm, match=rf"no common {kind}: .*, or allow weak ones .*`old_ssh: true`"):
                verb(target)
    with server(tmp_path, algorithms, old_ssh=True) as target:
        assert trust.look(target).kind == "ssh host key"
        with pytest.raises(LoginRefused):  # the server takes nobody; that it asks for a password is enough
            connect(target).__enter__()
