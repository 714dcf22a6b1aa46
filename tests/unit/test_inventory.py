"""The dynamic inventory: hosts, groups and variables, and no secret in clear."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret

from tests.unit.model.written import WrittenEstate

ROOT = Path(__file__).parents[2]
CANARY = "Canary-7f3a9"
# As in ansible.cfg: of the files of an estate only trunkline.yml is an inventory.
IGNORED = r"^(policy|access|known_certificates)\.yml$, ^known_hosts$, ^sites$, ^vault$"


def ansible(program: str, *arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "ANSIBLE_INVENTORY_PLUGINS": str(ROOT / "plugins" / "inventory"),
        "ANSIBLE_INVENTORY_ENABLED": "trunkline",
        "ANSIBLE_INVENTORY_IGNORE_REGEX": IGNORED,
    }
    command = [str(Path(sys.executable).parent / program), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)


@pytest.fixture(scope="module")
def estate(tmp_path_factory: pytest.TempPathFactory) -> WrittenEstate:
    written = WrittenEstate(tmp_path_factory.mktemp("inventory"))
    written.write("trunkline.yml", "plugin: trunkline\n")
    written.write("access.yml", "leeds-edge1: {host: 127.0.0.1, port: 2022}\n")
    (written.path / "vault").mkdir()
    sealed = VaultLib([("default", VaultSecret(b"open"))]).encrypt(f"device_password: {CANARY}\n")
    (written.path / "vault" / "secrets.yml").write_bytes(sealed)
    (written.path.parent / "password").write_text("open\n")
    return written


@pytest.fixture(scope="module")
def listed(estate: WrittenEstate) -> Mapping[str, Any]:
    password = str(estate.path.parent / "password")
    shown = ansible(
        "ansible-inventory",
        "-i",
        str(estate.path),
        "--list",
        "--vault-password-file",
        password,
        folder=estate.path.parent,
    )
    assert shown.returncode == 0, shown.stderr
    assert shown.stderr == ""
    assert CANARY not in shown.stdout
    # What a site file says is no template, whatever it holds; the listing marks such text.
    found: Mapping[str, Any] = json.loads(shown.stdout, object_hook=lambda one: one.get("__ansible_unsafe", one))
    return found


def test_every_device_is_a_host_of_its_site_role_and_platform(listed: Mapping[str, Any]) -> None:
    groups = {name: group["hosts"] for name, group in listed.items() if "hosts" in group}
    assert groups == {
        "leeds": ["leeds-edge1", "leeds-sw1", "leeds-sbc1", "leeds-sbc2"],
        "router": ["leeds-edge1"],
        "access_switch": ["leeds-sw1"],
        "sbc": ["leeds-sbc1", "leeds-sbc2"],
        "ios_xe": ["leeds-edge1"],
        "eos": ["leeds-sw1"],
        "debian": ["leeds-sbc1", "leeds-sbc2"],
    }


def test_box_is_reached_where_access_says_or_at_its_address(listed: Mapping[str, Any]) -> None:
    variables = listed["_meta"]["hostvars"]
    assert (variables["leeds-edge1"]["ansible_host"], variables["leeds-edge1"]["ansible_port"]) == ("127.0.0.1", 2022)
    assert variables["leeds-sw1"]["ansible_host"] == "10.20.99.2"
    assert "ansible_port" not in variables["leeds-sw1"]


def test_network_box_carries_its_intent_as_the_variables_of_its_roles(listed: Mapping[str, Any]) -> None:
    variables = listed["_meta"]["hostvars"]
    assert variables["leeds-edge1"]["qos"]["links"]
    assert variables["leeds-sw1"]["poe"]["ports"]
    assert "qos" not in variables["leeds-sbc1"]
    assert (variables["leeds-sw1"]["site"], variables["leeds-sw1"]["device"]) == ("leeds", "sw1")


def test_n22_network_box_carries_the_place_of_its_password_and_no_password(listed: Mapping[str, Any]) -> None:
    box = listed["_meta"]["hostvars"]["leeds-edge1"]
    assert box["management"] == {"user": "trunkline", "password": "vault:device_password"}
    assert not any("pass" in name for name in box)


def test_mistake_in_a_site_file_is_told_with_its_line(tmp_path: Path) -> None:
    written = WrittenEstate(tmp_path)
    written.write("trunkline.yml", "plugin: trunkline\n")
    written.change("down: 100M", "down: 100")
    shown = ansible("ansible-inventory", "-i", str(written.path / "trunkline.yml"), "--graph", folder=tmp_path)
    assert "sites/leeds.yml:22:11: wan[1].down: the unit of '100' is missing; write 20M or 512k" in shown.stderr
    assert "Traceback" not in shown.stderr


@pytest.mark.skipif(not (ROOT / "inventories").is_dir(), reason="only in the repository")
def test_every_estate_under_inventories_is_there_without_naming_one() -> None:
    command = [str(Path(sys.executable).parent / "ansible-inventory"), "--graph"]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    shown = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    assert shown.returncode == 0, shown.stderr
    assert {"leeds-edge1", "york-edge1"} <= set(shown.stdout.replace("|", " ").replace("--", " ").split())
