"""The vault opens with its password only, and prints nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from trunkline.model.fields import SecretRef
from trunkline.model.vault import Vault, VaultError

CANARY = "Canary-7f3a9"


@pytest.fixture
def estate(tmp_path: Path) -> Path:
    (tmp_path / "vault").mkdir()
    seal(tmp_path, f"device_password: {CANARY}\n")
    (tmp_path / "password").write_text("open sesame\n")
    return tmp_path


def seal(estate: Path, plain: str) -> None:
    library = VaultLib([("default", VaultSecret(b"open sesame"))])
    (estate / "vault" / "secrets.yml").write_bytes(library.encrypt(plain))


def refusal(estate: Path, password_file: Path | None) -> str:
    with pytest.raises(VaultError) as refused:
        Vault.open(estate, password_file)
    said = str(refused.value)
    assert "\n" not in said
    return said.replace(f"{estate}/", "")


def test_secret_is_read_by_reference(estate: Path) -> None:
    vault = Vault.open(estate, estate / "password")
    assert vault.secret("vault:device_password").get_secret_value() == CANARY
    assert vault.secret(SecretRef("device_password")).get_secret_value() == CANARY


def test_nothing_prints_a_secret(estate: Path) -> None:
    vault = Vault.open(estate, estate / "password")
    secret = vault.secret("vault:device_password")
    assert CANARY not in f"{vault!r} {vault} {secret!r} {secret}"


def test_wrong_password(estate: Path) -> None:
    (estate / "password").write_text("open barley\n")
    assert refusal(estate, estate / "password") == (
        "the password does not open vault/secrets.yml: "
        "name its file with --vault-password-file or ANSIBLE_VAULT_PASSWORD_FILE"
    )


def test_no_password_file_named(estate: Path) -> None:
    assert refusal(estate, None) == (
        "vault/secrets.yml needs its password: name its file with --vault-password-file or ANSIBLE_VAULT_PASSWORD_FILE"
    )


def test_password_file_missing(estate: Path) -> None:
    assert refusal(estate, estate / "nowhere") == (
        "the password of vault/secrets.yml cannot be read: there is no file nowhere"
    )


def test_password_file_empty(estate: Path) -> None:
    (estate / "password").write_text("\n")
    assert refusal(estate, estate / "password").startswith("password gives no password for vault/secrets.yml: ")


def test_password_comes_from_a_script_as_with_ansible(estate: Path) -> None:
    script = estate / "password.sh"
    script.write_text("#!/bin/sh\necho open sesame\n")
    script.chmod(0o700)
    assert Vault.open(estate, script).secret("vault:device_password").get_secret_value() == CANARY


def test_vault_missing(estate: Path) -> None:
    (estate / "vault" / "secrets.yml").unlink()
    assert refusal(estate, estate / "password") == (
        "the estate has no vault: make vault/secrets.yml with `ansible-vault create vault/secrets.yml`"
    )


def test_vault_in_clear(estate: Path) -> None:
    (estate / "vault" / "secrets.yml").write_text(f"device_password: {CANARY}\n")
    assert refusal(estate, estate / "password") == (
        "vault/secrets.yml is not encrypted: run `ansible-vault encrypt vault/secrets.yml`, and change its secrets"
    )


@pytest.mark.parametrize("cut", [20, 60, 200])
def test_vault_cut_short(estate: Path, cut: int) -> None:
    path = estate / "vault" / "secrets.yml"
    path.write_bytes(path.read_bytes()[:cut])
    assert "vault/secrets.yml" in refusal(estate, estate / "password")


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("- a\n", "vault/secrets.yml has to hold key: value lines: `ansible-vault edit vault/secrets.yml`"),
        ("a: [\n", "what vault/secrets.yml holds is not YAML: `ansible-vault edit vault/secrets.yml`"),
        (
            "pin: 1234\n",
            "pin in vault/secrets.yml is not text: write it in quotes with `ansible-vault edit vault/secrets.yml`",
        ),
    ],
)
def test_vault_that_holds_something_else(estate: Path, plain: str, said: str) -> None:
    seal(estate, plain)
    assert refusal(estate, estate / "password") == said


def test_key_that_is_not_in_the_vault(estate: Path) -> None:
    vault = Vault.open(estate, estate / "password")
    with pytest.raises(VaultError, match=r"secrets\.yml has no zen_sip: add it with `ansible-vault edit"):
        vault.secret("vault:zen_sip")


def test_reference_that_is_a_secret_is_not_repeated(estate: Path) -> None:
    vault = Vault.open(estate, estate / "password")
    with pytest.raises(VaultError) as refused:
        vault.secret(CANARY)
    assert str(refused.value) == "a reference to a secret is written vault:<key>"
