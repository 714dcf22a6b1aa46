"""What is taken for a secret, and what is not; a secret that was found is never repeated."""

from __future__ import annotations

import pytest

from tests.unit.model.written import WrittenEstate
from trunkline.model.secrets_in_clear import find_secrets


@pytest.mark.parametrize(
    "value",
    [
        "$6$rounds=5000$abcdefgh$0123456789abcdef",
        "$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM",
        "-----BEGIN RSA PRIVATE KEY-----",
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIi",
        "9f86d081884c7d659a2feaa0c55ad015",
        "wJalrXUtnFEMI7K7MDENGbPxRfiCYEXAMPLEKEY",
    ],
)
def test_value_that_looks_like_a_secret_is_found_under_any_name(value: str) -> None:
    assert list(find_secrets({"note": value})) == [("note",)]


@pytest.mark.parametrize("field", ["password", "snmp_community", "auth", "api-key", "ntp_key", "pre_shared_psk"])
def test_value_of_a_field_for_secrets_is_one(field: str) -> None:
    assert list(find_secrets({"a": ({field: "x"}, {field: 12345})})) == [("a", 0, field), ("a", 1, field)]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("auth", "vault:zen_sip"),
        ("auth", "address"),
        ("name", "Park Row, second floor, behind reception"),
        ("name", "GigabitEthernet0/0/0"),
        ("servers", "sip-trunk-gateway-one.north.provider.example"),
        ("keypad", "x"),
        ("mac", "80:5e:c0:00:02:01"),
        ("name", "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"),
    ],
)
def test_ordinary_value_is_none(field: str, value: str) -> None:
    assert list(find_secrets({field: value})) == []


@pytest.mark.parametrize(
    ("old", "new", "file"),
    [
        ('auth: "vault:zen_sip"', "auth: Canary-7f3a9", "policy.yml"),
        ('"vault:device_password"', "[Canary-7f3a9]", "policy.yml"),
        ("user: trunkline", "user: trunkline, secret: Canary-7f3a9", "policy.yml"),
        ("provider: vode,", "provider: wJalrXUtnFEMI7K7MDENGbPxRfiCYCanary-7f3a9,", "sites/leeds.yml"),
    ],
)
def test_secret_is_told_and_not_repeated(written: WrittenEstate, old: str, new: str, file: str) -> None:
    written.change(old, new, file)
    said = "\n".join(written.mistakes())
    assert "a secret in clear" in said
    assert "Canary" not in said
