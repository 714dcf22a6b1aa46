"""`trunkline trust`: a person compares, then it is recorded; a changed box needs to be named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from trunkline.cli import run
from trunkline.devices.registry import connect
from trunkline.devices.targets import NoSuchHost, targets
from trunkline.lab.branch import Branch
from trunkline.model.estate import load_estate
from trunkline.model.vault import Vault

LAB = Path(__file__).parents[3] / "inventories" / "lab"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Branch]:
    with Branch(LAB, tmp_path_factory.mktemp("branch")) as branch:
        yield branch


@pytest.fixture
def branch(served: Branch) -> Branch:
    """A branch that knows none of its boxes yet."""
    for name in ("known_hosts", "known_certificates.yml"):
        (served.estate_path / name).unlink(missing_ok=True)
    return served


def trust(branch: Branch, *arguments: str) -> int:
    return run(["trust", "leeds", "--estate", str(branch.estate_path), *arguments])


def test_both_boxes_are_recorded_by_name_and_can_be_opened(branch: Branch) -> None:
    assert trust(branch, "--yes") == 0
    assert (branch.estate_path / "known_hosts").read_text().startswith("leeds-edge1 ssh-ed25519 AAAA")
    assert (branch.estate_path / "known_certificates.yml").read_text().startswith("leeds-sw1: ")
    estate = load_estate(branch.estate_path)
    boxes = targets(estate, Vault.open(estate.path, branch.vault_password_file), ["leeds-edge1", "leeds-sw1"])
    for target in boxes.values():
        with connect(target) as box:
            assert box.read().text.endswith("\nend\n")


def test_a_second_time_nothing_changes(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    trust(branch, "--yes")
    before = (branch.estate_path / "known_hosts").read_text()
    assert trust(branch) == 0
    assert (branch.estate_path / "known_hosts").read_text() == before
    assert capsys.readouterr().out.count("is recorded already") == 2


def test_without_a_yes_nothing_is_recorded(branch: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("typer.confirm", lambda _: False)
    assert trust(branch) == 1
    assert not (branch.estate_path / "known_hosts").exists()


def test_n24_a_changed_box_is_recorded_only_when_it_is_named(
    branch: Branch, capsys: pytest.CaptureFixture[str]
) -> None:
    trust(branch, "--yes")
    before = (branch.estate_path / "known_hosts").read_text()
    branch.control.new_host_key("leeds-edge1")
    assert trust(branch, "--yes") == 1
    assert (branch.estate_path / "known_hosts").read_text() == before
    assert "`trunkline trust leeds --replace leeds-edge1`" in capsys.readouterr().err
    assert trust(branch, "--yes", "--replace", "leeds-edge1") == 0
    after = (branch.estate_path / "known_hosts").read_text()
    assert after != before
    assert after.count("leeds-edge1") == 1


def test_other_lines_of_the_files_stay(branch: Branch) -> None:
    (branch.estate_path / "known_hosts").write_text("# ours\nyork-edge1 ssh-ed25519 AAAA\n")
    (branch.estate_path / "known_certificates.yml").write_text("# ours\nyork-sw1: AB:CD\n")
    assert trust(branch, "--yes") in (0, 1)  # AAAA is no key
    assert (
        (branch.estate_path / "known_certificates.yml").read_text().startswith("# ours\nyork-sw1: AB:CD\nleeds-sw1: ")
    )


def test_a_box_that_the_site_does_not_have_is_told(branch: Branch, capsys: pytest.CaptureFixture[str]) -> None:
    assert trust(branch, "--replace", "leeds-edge9") == 1
    assert "leeds has no box leeds-edge9; there are leeds-edge1, leeds-sw1" in capsys.readouterr().err


def test_targets_take_user_way_and_password_from_the_estate(branch: Branch) -> None:
    estate = load_estate(branch.estate_path)
    vault = Vault.open(estate.path, branch.vault_password_file)
    found = targets(estate, vault, ["leeds-edge1"])["leeds-edge1"]
    assert (found.site, found.platform, found.user, found.address) == ("leeds", "ios_xe", "trunkline", "127.0.0.1")
    assert found.port == estate.access["leeds-edge1"].port
    assert isinstance(found.password, SecretStr)
    assert found.password.get_secret_value()
    with pytest.raises(NoSuchHost, match="has no box leeds-edge9; there are"):
        targets(estate, vault, ["leeds-edge9"])
