"""Who an ssh server says it is: recorded and shown host keys, and the words for a connection that fails."""

from __future__ import annotations

import base64
import hashlib
import logging
import socket
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import paramiko  # type: ignore[import-untyped]
from paramiko.ssh_exception import IncompatiblePeer  # type: ignore[import-untyped]

from trunkline.devices.errors import (
    DeviceError,
    HostKeyChanged,
    HostKeyUnknown,
    LoginRefused,
    NoCommonAlgorithm,
    NoFreeSession,
    Unreachable,
    one_line,
)
from trunkline.devices.target import Target

KIND = "ssh host key"
_BANNER_SECONDS = 10.0
_KEXINIT = 20  # RFC 4253 §12
# What a peer can do beside, told in the list of key exchanges (RFC 8308 §2.1, OpenSSH PROTOCOL §1.10).
_NO_ALGORITHMS = ("ext-info-", "kex-strict-")
# What the library still speaks and nobody should need; key exchange and host keys with SHA-1 it does not speak at all.
_WEAK = {
    "ciphers": ("aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"),
    "macs": ("hmac-sha1", "hmac-sha1-96", "hmac-md5", "hmac-md5-96"),
}
_LONGEST_PACKET = 35_000  # RFC 4253 §6.1

# paramiko's reader thread logs a traceback for what we raise as a DeviceError; a program may still listen.
logging.getLogger("paramiko").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class HostKey:
    """A public key: its type, and the key itself as a known_hosts file holds it."""

    kind: str
    encoded: str

    def __str__(self) -> str:
        digest = hashlib.sha256(base64.b64decode(self.encoded)).digest()
        return f"{self.kind} SHA256:{base64.b64encode(digest).decode().rstrip('=')}"


def dial(target: Target) -> socket.socket:
    """Return a TCP connection on which the server has begun to speak, within the target's time-out.

    Raises Unreachable, or NoFreeSession if the box closes it at once, as it does when no line is free.
    """
    try:
        sock = socket.create_connection((target.address, target.port), timeout=target.connect_timeout)
    except OSError as error:
        reason = "no answer" if isinstance(error, TimeoutError) else (error.strerror or str(error)).lower()
        raise Unreachable(target.host, target.address, target.port, reason) from None
    try:
        first = sock.recv(1, socket.MSG_PEEK)  # an ssh server speaks first, RFC 4253 §4.2
    except TimeoutError:
        sock.close()
        raise Unreachable(target.host, target.address, target.port, "no ssh server answers there") from None
    except OSError:
        first = b""
    if not first:
        sock.close()
        raise NoFreeSession(target.host, "the box closes the connection at once, as if no line were free")
    return sock


def refused_algorithms(target: Target) -> dict[str, Sequence[str]]:
    """Return what is not spoken to this box, as paramiko takes it."""
    return {} if target.old_ssh else dict(_WEAK)


def recorded_keys(file: Path, host: str) -> tuple[HostKey, ...]:
    """Return the host keys that a known_hosts file holds for a box, by its name in the estate."""
    if not file.exists():
        return ()
    try:
        found = paramiko.HostKeys(str(file)).lookup(host) or {}
    except paramiko.hostkeys.InvalidHostKey as error:
        raise DeviceError(host, f"{file} holds a line that is no host key: {error.line.strip()}") from None
    return tuple(HostKey(kind, key.get_base64()) for kind, key in found.items())


def shown_key(target: Target) -> HostKey:
    """Return the host key that the box shows; no credential is sent."""
    with dial(target) as sock:
        transport = paramiko.Transport(sock, disabled_algorithms=refused_algorithms(target))
        transport.banner_timeout = _BANNER_SECONDS
        try:
            transport.start_client(timeout=_BANNER_SECONDS)
            key = transport.get_remote_server_key()
        except (paramiko.SSHException, OSError, EOFError) as error:
            raise in_words(target, error) from error
        finally:
            transport.close()
    return HostKey(key.get_name(), key.get_base64())


def require_recorded(target: Target) -> None:
    """Raise HostKeyUnknown, with what the box shows, if nothing is recorded for it."""
    if not recorded_keys(target.known_hosts, target.host):
        raise HostKeyUnknown(target.host, target.site, KIND, str(shown_key(target)))


def in_words(target: Target, error: BaseException) -> DeviceError:
    """Return what went wrong at connecting, out of the chain of exceptions that the libraries leave."""
    meanings = (_meaning(target, cause) for cause in _causes(error))
    known = next((meaning for meaning in meanings if meaning is not None), None)
    return known or Unreachable(target.host, target.address, target.port, one_line(str(error)) or "no answer")


def _meaning(target: Target, cause: BaseException) -> DeviceError | None:
    meaning: DeviceError | None = None
    match cause:
        case DeviceError():
            meaning = cause
        case paramiko.BadHostKeyException():
            recorded, shown = (HostKey(key.get_name(), key.get_base64()) for key in (cause.expected_key, cause.key))
            meaning = HostKeyChanged(target.host, target.site, KIND, str(recorded), str(shown))
        case IncompatiblePeer():
            meaning = no_common_algorithm(target, str(cause))
        case paramiko.ChannelException():
            meaning = NoFreeSession(target.host, f"the box opens no further session ({cause.text})")
        case paramiko.AuthenticationException() if "transport shut down" not in str(cause):
            meaning = LoginRefused(target.host, target.user)
        case paramiko.AuthenticationException() | EOFError() | ConnectionResetError():
            meaning = NoFreeSession(target.host, "the box closed the connection during the login")
    return meaning


def no_common_algorithm(target: Target, reason: str) -> DeviceError:
    """Return the error that names the missing algorithm, by what the box offers."""
    try:
        with dial(target) as sock:
            offered = read_offer(sock)
            spoken = paramiko.Transport(sock, disabled_algorithms=refused_algorithms(target))
    except (OSError, EOFError, DeviceError, struct.error):
        return NoCommonAlgorithm(target.host, reason, (), ())
    pairs: Sequence[tuple[str, Sequence[str], Sequence[str]]] = (
        ("key exchange", offered[0], spoken.preferred_kex),
        ("host key type", offered[1], spoken.preferred_keys),
        ("cipher", offered[2], spoken.preferred_ciphers),
        ("message authentication", offered[4], spoken.preferred_macs),
    )
    weak = {name for names in refused_algorithms(target).values() for name in names}
    for kind, theirs, ours in pairs:
        if not set(theirs) & set(ours):
            return NoCommonAlgorithm(target.host, kind, theirs, tuple(ours), weak=bool(weak & set(theirs)))
    return NoCommonAlgorithm(target.host, reason, (), ())


def read_offer(sock: socket.socket) -> tuple[tuple[str, ...], ...]:
    """Return the name lists of the server's SSH_MSG_KEXINIT, in the order of RFC 4253 §7.1."""
    sock.settimeout(_BANNER_SECONDS)
    stream = sock.makefile("rb")
    while not stream.readline(_LONGEST_PACKET).startswith(b"SSH-"):
        if stream.peek(1) == b"":
            raise EOFError
    sock.sendall(b"SSH-2.0-trunkline\r\n")
    length, padding = struct.unpack(">IB", stream.read(5))
    payload = stream.read(min(length, _LONGEST_PACKET) - 1)[:-padding]
    if payload[0] != _KEXINIT:
        raise EOFError
    lists, at = [], 17  # after the message number and the cookie
    for _ in range(10):
        (size,) = struct.unpack_from(">I", payload, at)
        names = payload[at + 4 : at + 4 + size].decode("ascii", "replace").split(",")
        lists.append(tuple(name for name in names if not name.startswith(_NO_ALGORITHMS)))
        at += 4 + size
    return tuple(lists)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception and what it came from, the newest first."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
