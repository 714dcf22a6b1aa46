"""What the box is: model, serial number, addresses, version."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from trunkline.lab.vendors.eos.hardware import DEFAULT_MODEL

VERSION = "4.32.2F"
BUILDS: Mapping[str, str] = {"4.32.2F": "38195967", "4.31.3M": "36737551"}
_HEADER = re.compile(r"^! device: \S+ \((?P<model>[^,]+), EOS-(?P<version>[\d.]+\w*)", re.MULTILINE)


@dataclass(frozen=True)
class Identity:
    """Model, version, serial number, address of the chassis, moment of the last boot (seconds since 1970)."""

    model: str
    version: str
    serial: str
    mac: str
    booted: float

    @classmethod
    def of(cls, name: str, config: str, now: float) -> Identity:
        """The identity of a box: model and version as its configuration's header has them, the rest by name."""
        found = _HEADER.search(config)
        digest = hashlib.sha256(name.encode()).hexdigest()
        return cls(
            model=found["model"] if found else DEFAULT_MODEL,
            version=found["version"] if found else VERSION,
            serial=f"JPE2{int(digest[:6], 16) % 10_000_000:07d}",
            mac=":".join(["00", "1c", "73", digest[6:8], digest[8:10], "00"]),
            booted=now - 600.0,
        )

    @property
    def numbers(self) -> tuple[int, int]:
        """The release as numbers, e.g. (4, 32)."""
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)

    @property
    def internal(self) -> str:
        """The version with the number of the build."""
        build = BUILDS.get(self.version, "37000000")
        return f"{self.version}-{build}.{self.version.replace('.', '')}"

    @property
    def boot_line(self) -> str:
        """The comment that names the image."""
        return f"! boot system flash:/EOS-{self.version}.swi"

    def header(self, hostname: str) -> str:
        """The comment that names the box."""
        return f"! device: {hostname} ({self.model}, EOS-{self.version})"

    def port_mac(self, number: int) -> str:
        """The address of a port."""
        return f"{self.mac[:-2]}{number:02x}"
