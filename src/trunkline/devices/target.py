"""One box as the controller reaches it: address, user, and what is recorded of its identity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from trunkline.units import Seconds

CONNECT_TIMEOUT = Seconds(10)
ANSWER_TIMEOUT = Seconds(30)


@dataclass(frozen=True)
class Target:
    """A box to connect to. `address` and `port` are the way there, `host` is its name in the estate.

    Identities are recorded by the box's name, not by address, so that a port forward changes nothing:
    `known_hosts` holds ssh host keys, `known_certificates` the fingerprints of eAPI certificates.
    `old_ssh` allows weak algorithms.
    """

    host: str
    site: str
    platform: str
    address: str
    port: int
    user: str
    password: SecretStr
    known_hosts: Path
    known_certificates: Path
    connect_timeout: Seconds = CONNECT_TIMEOUT
    answer_timeout: Seconds = ANSWER_TIMEOUT
    old_ssh: bool = False

    def mask(self, text: str) -> str:
        """Return the text without our password, wherever a box or a library has put it."""
        secret = self.password.get_secret_value()
        return text.replace(secret, "**********") if secret else text
