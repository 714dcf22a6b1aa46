"""The command line: commands by folder, exit codes, one sentence for a mistake."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.model.written import WrittenEstate
from trunkline import cli, console
from trunkline.cli import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def fresh_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Consoles keep the stream that they first saw; each test has its own."""
    console.out.cache_clear()
    console.err.cache_clear()
    monkeypatch.delenv("TRUNKLINE_ESTATE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def written(tmp_path: Path) -> WrittenEstate:
    return WrittenEstate(tmp_path)


@pytest.fixture
def commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of commands, in place of the real one."""
    folder = tmp_path / "commands"
    folder.mkdir()
    monkeypatch.setattr(cli, "_FOLDER", folder)
    monkeypatch.setattr(cli, "__path__", [str(folder)])
    for name in [name for name in sys.modules if name.startswith("trunkline.cli.")]:
        monkeypatch.delitem(sys.modules, name)
    return folder


def test_every_command_stands_in_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    for command in ("validate", "schema", "new-site"):
        assert command in said
    assert "Exit codes: 0 done, 1 error, 2 drift found, 130 interrupted." in said


def test_no_arguments_show_the_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 0
    assert "validate" in capsys.readouterr().out


def test_every_command_has_a_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("validate", "schema", "new-site"):
        assert run([command, "--help"]) == 0
        assert "Example: trunkline" in capsys.readouterr().out


def test_help_comes_at_once() -> None:
    def seconds_of_work() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", "from trunkline.cli import run; run(['--help'])"]
        subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    assert min(seconds_of_work() for _ in range(3)) < 0.4


def test_help_imports_no_command() -> None:
    code = (
        "import sys; from trunkline.cli import run; run(['--help']); print([m for m in sys.modules if 'pydantic' in m])"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_module_becomes_a_command_by_its_file_name(commands: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (commands / "say_hello.py").write_text('def command() -> None:\n    """Say hello."""\n    print("hello")\n')
    (commands / "options.py").write_text("ESTATE = 1\n")
    assert run(["--help"]) == 0
    said = capsys.readouterr().out
    assert "say-hello" in said
    assert "Say hello." in said
    assert "options" not in said.lower().split("commands")[1]
    assert run(["say-hello"]) == 0
    assert capsys.readouterr().out == "hello\n"


def test_module_with_an_app_becomes_a_group(commands: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (commands / "lab.py").write_text(
        '"""The lab."""\n'
        "import typer\n"
        "app = typer.Typer(help='The lab.')\n"
        "@app.command()\n"
        "def up() -> None:\n    print('up')\n"
        "@app.command()\n"
        "def down() -> None:\n    print('down')\n"
    )
    assert run(["--help"]) == 0
    assert "The lab." in capsys.readouterr().out
    assert run(["lab", "down"]) == 0
    assert capsys.readouterr().out == "down\n"


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("raise typer.Exit(2)", 2, ""),
        ("raise TrunklineError('the box says [no]')", 1, "the box says [no]\n"),
        ("raise KeyboardInterrupt", 130, "interrupted\n"),
        ("return", 0, ""),
    ],
)
def test_end_of_a_command_becomes_its_exit_code(
    commands: Path, capsys: pytest.CaptureFixture[str], body: str, code: int, said: str
) -> None:
    source = "import typer\nfrom trunkline.errors import TrunklineError\ndef command() -> None:\n    "
    (commands / "act.py").write_text(source + body + "\n")
    assert run(["act"]) == code
    assert capsys.readouterr().err.lstrip("\n") == said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["validat"], "No such command 'validat'. Did you mean 'validate'?"),
        (["validate", "--jsn"], "No such option: --jsn"),
        (["schema", "phone"], "'phone' is not one of 'site', 'policy'"),
    ],
)
def test_misuse_is_exit_code_1_because_2_means_drift(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert run(arguments) == 1
    assert said in capsys.readouterr().err


def test_closed_pipe_is_no_traceback() -> None:
    shown = subprocess.run(
        f"{sys.executable} -c \"from trunkline.cli import main; main()\" schema | head -c 1; echo ${{PIPESTATUS[0]}}",
        check=False, shell=True, executable="/bin/bash", capture_output=True, text=True,
    )  # fmt: skip
    assert shown.stderr == ""


def test_valid_estate_is_exit_code_0(written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "-e", str(written.path)]) == 0
    assert capsys.readouterr().out == f"{written.path}: policy and 1 site are right\n"


def test_mistakes_are_printed_and_exit_code_1(written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
    written.change("down: 100M", "down: 100")
    written.change("share: 40%", "share: 40", "policy.yml")
    assert run(["validate", "leeds", "--estate", str(written.path)]) == 1
    assert capsys.readouterr().out.replace(f"{written.path}/", "").splitlines() == [
        "policy.yml:5:35: classes.business.share: the unit of '40' is missing; write 40%",
        "sites/leeds.yml:22:11: wan[1].down: the unit of '100' is missing; write 20M or 512k",
        "2 mistakes in 2 files",
    ]


def test_mistakes_as_json(written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
    written.change("down: 100M", "down: 100")
    assert run(["validate", "-e", str(written.path), "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["valid"] is False
    assert shown["problems"] == [
        {
            "file": str(written.path / "sites" / "leeds.yml"),
            "line": 22,
            "column": 11,
            "field": "wan[1].down",
            "what": "the unit of '100' is missing",
            "right": "write 20M or 512k",
        }
    ]


def test_unknown_site_is_one_sentence(written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "york", "-e", str(written.path)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    assert "has no site york" in shown.err


def test_schema_is_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for kind, field in (("site", "networks"), ("policy", "classes")):
        assert run(["schema", kind]) == 0
        schema = json.loads(capsys.readouterr().out)
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert field in schema["properties"]


class TestWhichEstate:
    """Without --estate."""

    @pytest.fixture
    def house(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        (tmp_path / "inventories").mkdir()
        WrittenEstate(tmp_path).path.rename(tmp_path / "inventories" / "one")
        monkeypatch.chdir(tmp_path)
        return tmp_path / "inventories"

    def second(self, house: Path, site: str) -> None:
        WrittenEstate(house.parent).path.rename(house / "two")
        path = house / "two" / "sites" / "leeds.yml"
        path.rename(path.with_name(f"{site}.yml"))
        path = path.with_name(f"{site}.yml")
        path.write_text(path.read_text().replace("site: leeds", f"site: {site}"))

    def test_only_estate_is_meant(self, house: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(["validate"]) == 0
        assert capsys.readouterr().out == "inventories/one: policy and 1 site are right\n"

    def test_estate_that_has_the_site_is_meant(self, house: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.second(house, "york")
        assert run(["validate", "york"]) == 0
        assert capsys.readouterr().out == "inventories/two: policy and 1 site are right\n"

    def test_all_estates_are_checked_where_no_site_is_named(
        self, house: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.second(house, "york")
        assert run(["validate"]) == 0
        assert len(capsys.readouterr().out.splitlines()) == 2

    def test_environment_names_the_estate(
        self, house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.second(house, "york")
        monkeypatch.setenv("TRUNKLINE_ESTATE", "inventories/two")
        assert run(["validate"]) == 0
        assert capsys.readouterr().out == "inventories/two: policy and 1 site are right\n"

    @pytest.mark.parametrize(
        ("site", "said"),
        [
            ("leeds", "several estates could be meant: inventories/one, inventories/two; choose with --estate"),
            ("hull", "no estate has the site hull; there are inventories/one, inventories/two"),
        ],
    )
    def test_estate_that_cannot_be_told_is_asked_for(
        self, house: Path, capsys: pytest.CaptureFixture[str], site: str, said: str
    ) -> None:
        self.second(house, "leeds")
        assert run(["validate", site]) == 1
        assert said in capsys.readouterr().err

    def test_no_estate_at_all(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        assert run(["validate"]) == 1
        assert "there is no estate under inventories/" in capsys.readouterr().err


NEW = ["--name", "York", "--call-control", "pair", "--address", "1 Foss", "--callback", "+441632960400"]
LINE = ["--provider", "zen", "--wan-address", "198.51.100.2/30", "--gateway", "198.51.100.1", "--phones", "60"]


class TestNewSite:
    """`trunkline new-site`, away from a terminal."""

    def new(self, written: WrittenEstate, *options: str) -> int:
        return run(["new-site", "york", "-e", str(written.path), *options])

    def test_file_is_written_and_right(self, written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.new(written, *NEW, *LINE) == 0
        assert capsys.readouterr().out.endswith("add its phones, then `trunkline validate york`\n")
        assert written.mistakes() == []
        assert written.load().sites["york"].timezone == "Europe/London"

    def test_file_that_exists_is_left_alone(self, written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
        before = written.read()
        assert run(["new-site", "leeds", "-e", str(written.path), *NEW, *LINE]) == 1
        assert "exists and was left as it is" in capsys.readouterr().err
        assert written.read() == before

    def test_what_is_missing_is_named(self, written: WrittenEstate, capsys: pytest.CaptureFixture[str]) -> None:
        assert self.new(written, *LINE, "--call-control", "pair") == 1
        assert capsys.readouterr().err == "--name is missing, and there is no terminal to ask on\n"

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (["--provider", "voda"], "the policy has no provider voda; did you mean vode?"),
            (["--callback", "01632960400"], "is not a full number"),
            (["--down", "100"], "the unit of '100' is missing"),
            (["--wan-address", "198.51.100.2"], "the prefix length of '198.51.100.2' is missing"),
            (["--timezone", "Europe/Londn"], "did you mean Europe/London?"),
            (["--wan-address", "dhcp"], "calls find a pair by an address that stays"),
        ],
    )
    def test_answer_that_is_wrong_writes_nothing(
        self, written: WrittenEstate, capsys: pytest.CaptureFixture[str], options: list[str], said: str
    ) -> None:
        assert self.new(written, *NEW, *LINE, *options) == 1
        complaint = capsys.readouterr().err
        assert said in complaint
        assert "york.yml was not written" in complaint
        assert not (written.path / "sites" / "york.yml").exists()

    @pytest.mark.parametrize("name", ["../york", "York", "york/x", "router"])
    def test_name_that_is_no_name_writes_nothing(self, written: WrittenEstate, name: str) -> None:
        before = sorted(written.path.parent.rglob("*"))
        assert run(["new-site", name, "-e", str(written.path), *NEW, *LINE]) == 1
        assert sorted(written.path.parent.rglob("*")) == before


@pytest.mark.skipif(not (ROOT / "inventories").is_dir(), reason="only in the repository")
def test_estates_of_the_project_are_right() -> None:
    environment = {**os.environ, "TRUNKLINE_ESTATE": ""}
    environment.pop("TRUNKLINE_ESTATE")
    command = [sys.executable, "-c", "from trunkline.cli import main; main()", "validate"]
    assert subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode == 0
