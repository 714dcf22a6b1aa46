"""Recording who a box is: its ssh host key or its eAPI certificate, looked at by a person first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ruamel.yaml import YAML

from trunkline.devices import certificates, ssh
from trunkline.devices.registry import platform
from trunkline.devices.target import Target


class Standing(Enum):
    """How what a box shows stands to what is recorded of it."""

    UNKNOWN = "unknown"
    SAME = "same"
    CHANGED = "changed"


@dataclass(frozen=True)
class Identity:
    """What a box shows of itself, beside what is recorded (empty: nothing).

    `entry` is what `record` will write: a public key or a fingerprint.
    """

    host: str
    kind: str
    shown: str
    recorded: str
    entry: str

    @property
    def standing(self) -> Standing:
        """How the two stand to each other."""
        if not self.recorded:
            return Standing.UNKNOWN
        return Standing.SAME if self.shown in self.recorded.split(", ") else Standing.CHANGED


def look(target: Target) -> Identity:
    """Return what a box shows of itself; no credential is sent."""
    if platform(target.platform).wire.protocol == "ssh":
        key = ssh.shown_key(target)
        recorded = ", ".join(map(str, ssh.recorded_keys(target.known_hosts, target.host)))
        return Identity(target.host, ssh.KIND, str(key), recorded, f"{key.kind} {key.encoded}")
    shown = certificates.shown_fingerprint(target)
    known = certificates.recorded_fingerprint(target.known_certificates, target.host) or ""
    return Identity(target.host, certificates.KIND, shown, known, shown)


def record(target: Target, identity: Identity) -> None:
    """Write what a box has shown into the estate, in place of what stood there for it."""
    if platform(target.platform).wire.protocol == "ssh":
        _record_key(target, identity.entry)
    else:
        _record_fingerprint(target, identity.entry)


def _record_key(target: Target, entry: str) -> None:
    file = target.known_hosts
    kept = [line for line in _lines(target) if not _is_of(line, target.host)]
    file.write_text("".join(f"{line}\n" for line in [*kept, f"{target.host} {entry}"]), encoding="utf-8")


def _lines(target: Target) -> list[str]:
    file = target.known_hosts
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _is_of(line: str, host: str) -> bool:
    names, _, _ = line.partition(" ")
    return host in names.split(",")


def _record_fingerprint(target: Target, fingerprint: str) -> None:
    yaml = YAML()
    file = target.known_certificates
    table = (yaml.load(file.read_text(encoding="utf-8")) if file.exists() else None) or {}
    table[target.host] = fingerprint
    with file.open("w", encoding="utf-8") as stream:
        yaml.dump(table, stream)
