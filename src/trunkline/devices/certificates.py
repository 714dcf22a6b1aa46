"""Who an eAPI server says it is: recorded and shown certificate fingerprints, and a connection that insists."""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trunkline.devices.errors import DeviceError, HostKeyChanged, HostKeyUnknown, NoCommonAlgorithm, Unreachable
from trunkline.devices.target import Target

KIND = "eAPI certificate"


def printed(fingerprint: str) -> str:
    """Return a fingerprint in the form of `openssl x509 -fingerprint -sha256`, however it was written.

    >>> printed("sha256:ab01")
    'AB:01'
    """
    digits = fingerprint.lower().removeprefix("sha256").lstrip(":= ").replace(":", "")
    return ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)).upper()


def recorded_fingerprint(file: Path, host: str) -> str | None:
    """Return the fingerprint that known_certificates.yml holds for a box, by its name in the estate."""
    if not file.exists():
        return None
    try:
        table = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
    except YAMLError as error:
        raise DeviceError(host, f"{file} is no YAML: {error}") from None
    entry = table.get(host) if isinstance(table, dict) else None
    return printed(entry) if isinstance(entry, str) else None


def require_recorded(target: Target) -> str:
    """Return the recorded fingerprint; raises HostKeyUnknown, with what the box shows, if there is none."""
    recorded = recorded_fingerprint(target.known_certificates, target.host)
    if recorded is None:
        raise HostKeyUnknown(target.host, target.site, KIND, shown_fingerprint(target))
    return recorded


def shown_fingerprint(target: Target) -> str:
    """Return the fingerprint of the certificate that the box shows; no credential is sent."""
    connection = _Connection(target)
    try:
        return connection.handshake()
    finally:
        connection.close()


class _Connection(http.client.HTTPSConnection):
    """HTTPS to one box. There is no authority to ask: the box's own certificate, or none."""

    def __init__(self, target: Target) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        super().__init__(target.address, target.port, timeout=target.connect_timeout, context=context)
        self._target = target

    def handshake(self) -> str:
        """Connect, and return the fingerprint that the box shows; nothing has been asked yet."""
        try:
            super().connect()
        except ssl.SSLError as error:
            if isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
                raise self._unreachable("the box closed the connection during the TLS handshake") from None
            raise NoCommonAlgorithm(
                self._target.host, f"TLS version or cipher ({error.reason})", (), ("TLS 1.2", "TLS 1.3")
            ) from None
        except OSError as error:
            late = isinstance(error, TimeoutError)
            raise self._unreachable("no answer" if late else (error.strerror or str(error)).lower()) from None
        certificate = self.sock.getpeercert(binary_form=True) if isinstance(self.sock, ssl.SSLSocket) else None
        return printed(hashlib.sha256(certificate or b"").hexdigest())

    def _unreachable(self, reason: str) -> Unreachable:
        return Unreachable(self._target.host, self._target.address, self._target.port, reason)


class PinnedConnection(_Connection):
    """HTTPS that sends nothing, credentials least of all, to a box with another certificate than recorded."""

    def __init__(self, target: Target, answer_timeout: float) -> None:
        super().__init__(target)
        self._recorded = require_recorded(target)
        self._answer_timeout = answer_timeout

    def connect(self) -> None:
        """Connect; raises HostKeyChanged after the TLS handshake, before the first byte of a request."""
        shown = self.handshake()
        if shown != self._recorded:
            self.close()
            raise HostKeyChanged(self._target.host, self._target.site, KIND, self._recorded, shown)
        sock: socket.socket = self.sock
        sock.settimeout(self._answer_timeout)
