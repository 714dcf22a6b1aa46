"""How the box stores secrets that are typed in clear: type 9 is scrypt, type 7 only hides from a glance."""

from __future__ import annotations

import hashlib
import secrets

_ALPHABET = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The key of type 7, as long known to the public.
_TYPE_7 = b"dsfd;kfoA,.iyewrkldJKDHSUBsgvca69834ncxv9873254k;fg87"


def type_9(clear: str, salt: str | None = None) -> str:
    """Return a type 9 hash: scrypt with N=16384, r=1, p=1, 32 bytes, in the box's own base64."""
    salt = salt or "".join(secrets.choice(_ALPHABET) for _ in range(14))
    digest = hashlib.scrypt(clear.encode(), salt=salt.encode(), n=16384, r=1, p=1, dklen=32)
    return f"$9${salt}${_base64(digest)}"


def matches_type_9(clear: str, stored: str) -> bool:
    """Say whether a stored type 9 hash is that of a password."""
    _, _, salt, _ = stored.split("$")
    return type_9(clear, salt) == stored


def type_7(clear: str, start: int = 2) -> str:
    """Return the type 7 form of a password."""
    hidden = (byte ^ _TYPE_7[(start + index) % len(_TYPE_7)] for index, byte in enumerate(clear.encode()))
    return f"{start:02d}" + "".join(f"{byte:02X}" for byte in hidden)


def _base64(raw: bytes) -> str:
    out = ""
    for at in range(0, len(raw), 3):
        chunk = raw[at : at + 3]
        bits = int.from_bytes(chunk.ljust(3, b"\0"), "big")
        digits = [_ALPHABET[bits >> shift & 63] for shift in (18, 12, 6, 0)]
        out += "".join(digits[: len(chunk) + 1])
    return out
