"""Files that cannot be read at all are one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.model.written import WrittenEstate
from trunkline.model.estate import NoSuchEstate, NoSuchSite, load_estate


def test_empty_file(written: WrittenEstate) -> None:
    for text in ("", "# nothing\n", "~\n"):
        written.write("sites/leeds.yml", text)
        assert written.mistakes() == ["sites/leeds.yml:1:1: file: is empty; `trunkline new-site` writes one"]


def test_file_that_is_a_list(written: WrittenEstate) -> None:
    written.write("sites/leeds.yml", "- a\n- b\n")
    assert written.mistakes() == ["sites/leeds.yml:1:1: file: a list is not right here; write a mapping, key: value"]


def test_file_that_is_not_utf_8(written: WrittenEstate) -> None:
    path = written.path / "sites" / "leeds.yml"
    path.write_bytes(written.read().replace("Sørby", "S\udcf8rby").encode("utf-8", "surrogateescape"))
    assert written.mistakes() == ["sites/leeds.yml:49:38: file: is not UTF-8 text; save the file as UTF-8"]


def test_file_with_a_byte_order_mark_and_windows_lines_is_read_alike(written: WrittenEstate) -> None:
    path = written.path / "sites" / "leeds.yml"
    path.write_bytes(b"\xef\xbb\xbf" + written.read().replace("\n", "\r\n").encode())
    assert written.mistakes() == []


def test_folder_in_place_of_a_file(written: WrittenEstate) -> None:
    (written.path / "sites" / "york.yml").mkdir()
    assert written.mistakes() == ["sites/york.yml:1:1: file: cannot be read: Is a directory"]


def test_deep_nesting(written: WrittenEstate) -> None:
    written.write("sites/leeds.yml", "site: " + "[" * 500 + "]" * 500)
    assert any(
        mistake.endswith("is nested deeper than 24 levels; a site file needs no more than eight")
        for mistake in written.mistakes()
    )


def test_endless_alias(written: WrittenEstate) -> None:
    written.write("sites/leeds.yml", "site: &a [*a]\n")
    assert any("an alias (*name) of a list or mapping is not read" in mistake for mistake in written.mistakes())


def test_folder_that_is_no_estate(tmp_path: Path) -> None:
    with pytest.raises(NoSuchEstate, match=r"is no estate: there is no .*policy\.yml"):
        load_estate(tmp_path)


def test_site_that_is_not_there(written: WrittenEstate) -> None:
    with pytest.raises(NoSuchSite, match=r"has no site york: there is no .*york\.yml"):
        load_estate(written.path, ["york"])
