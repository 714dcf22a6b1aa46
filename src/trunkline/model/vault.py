"""The estate's vault: ansible-vault's `vault/secrets.yml`, opened with its password, read by reference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import SecretStr

from trunkline.errors import TrunklineError
from trunkline.model.fields import SecretRef

_PASSWORD_HELP = "name its file with --vault-password-file or ANSIBLE_VAULT_PASSWORD_FILE"


class VaultError(TrunklineError):
    """The vault cannot be opened, or lacks a secret."""


class Vault:
    """Secrets in memory; nothing prints them."""

    def __init__(self, path: Path, secrets: Mapping[str, SecretStr]) -> None:
        self._path = path
        self._secrets = secrets

    @classmethod
    def open(cls, estate_path: Path, password_file: Path | None) -> Vault:
        """Decrypt `vault/secrets.yml` of an estate; raise `VaultError` with one sentence where that fails."""
        path = estate_path / "vault" / "secrets.yml"
        if not path.is_file():
            raise VaultError(f"the estate has no vault: make {path} with `ansible-vault create {path}`")
        sealed = path.read_bytes()
        if not sealed.startswith(b"$ANSIBLE_VAULT;"):
            raise VaultError(f"{path} is not encrypted: run `ansible-vault encrypt {path}`, and change its secrets")
        plain = _decrypt(path, sealed, _password(path, password_file))
        return cls.holding(path, plain)

    @classmethod
    def holding(cls, path: Path, plain: bytes) -> Vault:
        """Return what somebody else has decrypted; raise `VaultError` where it is not flat."""
        return cls(path, _flat(path, plain))

    def secret(self, reference: SecretRef | str) -> SecretStr:
        """Return the secret that `vault:key` refers to."""
        text = str(reference)
        key = text.removeprefix("vault:")
        if key == text or not key:
            raise VaultError("a reference to a secret is written vault:<key>")  # never print what may be one
        found = self._secrets.get(key)
        if found is None:
            raise VaultError(f"{self._path} has no {key}: add it with `ansible-vault edit {self._path}`")
        return found

    def __repr__(self) -> str:
        return f"Vault({self._path}, {len(self._secrets)} secrets)"


def _password(path: Path, password_file: Path | None) -> bytes:
    """Read the password as Ansible does: from a file, or from what an executable file prints."""
    from ansible.errors import AnsibleError  # type: ignore[import-untyped]
    from ansible.parsing.dataloader import DataLoader  # type: ignore[import-untyped]
    from ansible.parsing.vault import get_file_vault_secret  # type: ignore[import-untyped]

    if password_file is None:
        raise VaultError(f"{path} needs its password: {_PASSWORD_HELP}")
    if not password_file.is_file():
        raise VaultError(f"the password of {path} cannot be read: there is no file {password_file}")
    try:
        secret = get_file_vault_secret(str(password_file), loader=DataLoader())
        secret.load()
    except (AnsibleError, OSError):
        raise VaultError(f"{password_file} gives no password for {path}: {_PASSWORD_HELP}") from None
    return bytes(secret.bytes)


def _decrypt(path: Path, sealed: bytes, password: bytes) -> bytes:
    from ansible.errors import AnsibleError
    from ansible.parsing.vault import VaultLib, VaultSecret

    library = VaultLib([("default", VaultSecret(password))])
    try:
        return bytes(library.decrypt(sealed))
    except (AnsibleError, ValueError):
        raise VaultError(f"the password does not open {path}: {_PASSWORD_HELP}") from None


def _flat(path: Path, plain: bytes) -> Mapping[str, SecretStr]:
    try:
        content = yaml.safe_load(plain)
    except yaml.YAMLError:
        raise VaultError(f"what {path} holds is not YAML: `ansible-vault edit {path}`") from None
    if not isinstance(content, dict):
        raise VaultError(f"{path} has to hold key: value lines: `ansible-vault edit {path}`")
    for key, value in content.items():
        if not isinstance(key, str) or not isinstance(value, str):
            raise VaultError(f"{key} in {path} is not text: write it in quotes with `ansible-vault edit {path}`")
    return {key: SecretStr(value) for key, value in content.items()}
