"""What no committed file may hold: paths and hosts of one machine, or work that was left for later."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pip._internal.models.index import PyPI

ROOT = Path(__file__).parents[2]
LEFT_FOR_LATER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
PLACES_OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:/-])(?:/(?:root|home|Users|work|workspace|builds)/\w"
    rf"|{re.escape(str(ROOT))}\b|{re.escape(str(Path.home()))}/)"
)


def committed() -> Iterator[tuple[str, int, str]]:
    """Yield each line of each committed text file: path, number, line."""
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("not a git work tree")
    for name in filter(None, listing.stdout.split("\0")):
        file = ROOT / name
        if not file.is_file():
            continue  # removed, and the removal is not committed yet
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            yield name, number, line


def package_hosts() -> set[str]:
    """Return where this machine gets packages from: what pip and apt are set to, and pip's own default."""
    settings = subprocess.run(["pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    apt = [*Path("/etc/apt").glob("sources.list"), *Path("/etc/apt/sources.list.d").glob("*")]
    settings += "\n".join(file.read_text() for file in apt)
    hosts = {urlsplit(url).hostname or "" for url in re.findall(r"https?://[^\s'\"]+", settings)}
    return {host for host in hosts | {PyPI.netloc, PyPI.file_storage_domain} if "." in host}


def found(pattern: re.Pattern[str]) -> list[str]:
    return [f"{name}:{number}: {line.strip()}" for name, number, line in committed() if pattern.search(line)]


def test_no_file_names_a_place_of_one_machine() -> None:
    assert found(PLACES_OF_ONE_MACHINE) == []


def test_no_file_names_a_host_that_packages_come_from() -> None:
    hosts = re.compile("|".join(re.escape(host) for host in sorted(package_hosts())))
    assert found(hosts) == []


def test_nothing_is_left_for_later() -> None:
    assert found(LEFT_FOR_LATER) == []
