"""The estate's vault, opened with what Ansible was given: a password file, a vault id, or an answer to its prompt."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from ansible.errors import AnsibleError  # type: ignore[import-untyped]

from trunkline.model.vault import Vault, VaultError


class Loader(Protocol):
    """Ansible's own loader of files."""

    def get_text_file_contents(self, file_name: str) -> str:
        """Read a file, decrypted where it is a vault."""


def open_vault(estate_path: Path, loader: Loader) -> Vault:
    """Open `vault/secrets.yml` of an estate. Raises VaultError with one sentence."""
    path = estate_path / "vault" / "secrets.yml"
    if not path.is_file() or not path.read_bytes().startswith(b"$ANSIBLE_VAULT;"):
        return Vault.open(estate_path, None)  # which says what is wrong with it
    try:
        plain = loader.get_text_file_contents(str(path))
    except AnsibleError:
        raise VaultError(f"the password does not open {path}: give Ansible the right --vault-password-file") from None
    return Vault.holding(path, plain.encode())
