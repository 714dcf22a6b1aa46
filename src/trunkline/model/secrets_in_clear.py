"""Secrets that stand in a file in clear, told by the name of their field or by their look; never printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from math import log2

from trunkline.model.mistakes import FieldPath

WHAT = "a secret in clear"
RIGHT = "put it into vault/secrets.yml, write vault:<its key> here, and change it: it has been seen"

_SECRET_WORDS = {"password", "passwd", "secret", "auth", "key", "community", "psk", "token", "passphrase"}
_NO_SECRETS = {"address", "none"}
# Forms that are secrets wherever they stand: private keys, crypt(3) hashes, type 7/8/9 of IOS, JSON Web Tokens.
_FORMS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\$(?:[156789]|y|2[aby])\$|eyJ[A-Za-z0-9_-]{10,}\.")
_REFERENCE = re.compile(r"vault:[A-Za-z0-9_][A-Za-z0-9_.-]*")
_SHORTEST = 14  # a type 7 or crypt hash with its mark
_KEY_LIKE = re.compile(r"[A-Za-z0-9+/=_-]{24,}")
_HEX_KEY = re.compile(r"[0-9A-Fa-f]{32,}")
_LEAST_BITS_PER_CHARACTER = 3.7  # English words joined by hyphens stay below, base64 of 24 random bytes is above


def find_secrets(content: object, path: FieldPath = (), field: str = "") -> Iterator[FieldPath]:
    """Yield the path of each value that seems to be a secret; `field` is the name of the innermost key."""
    if isinstance(content, str):
        if _is_secret(field, content):
            yield path
    elif isinstance(content, Mapping):
        for key, value in content.items():
            yield from find_secrets(value, (*path, key), key)
    elif isinstance(content, tuple):
        for index, value in enumerate(content):
            yield from find_secrets(value, (*path, index), field)
    elif isinstance(content, int | float) and not isinstance(content, bool) and _names_a_secret(field):
        yield path


def _is_secret(field: str, text: str) -> bool:
    if _names_a_secret(field):
        return bool(text) and text not in _NO_SECRETS and not _REFERENCE.fullmatch(text)
    return _looks_like_one(text)


@cache
def _names_a_secret(field: str) -> bool:
    return not _SECRET_WORDS.isdisjoint(re.split(r"[_\W]+", field.lower()))


def _looks_like_one(text: str) -> bool:
    if len(text) < _SHORTEST:
        return False
    if _FORMS.search(text) or _HEX_KEY.fullmatch(text):
        return True
    mixed = re.search(r"[a-z]", text) and re.search(r"[A-Z]", text) and re.search(r"[0-9]", text)
    return bool(mixed and _KEY_LIKE.fullmatch(text) and _bits_per_character(text) >= _LEAST_BITS_PER_CHARACTER)


def _bits_per_character(text: str) -> float:
    return -sum(n / len(text) * log2(n / len(text)) for n in Counter(text).values())
