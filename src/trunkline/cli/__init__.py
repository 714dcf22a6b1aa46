"""The command line: each module of this folder is one command, found by its file name.

A module offers a function `command` (a typer signature; its docstring is the help) or, for a command with commands
of its own, `app: typer.Typer`. Only the module that is asked for is imported.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import typer
from typer._click.exceptions import ClickException  # typer has no public name for a mistake in the arguments

from trunkline.errors import TrunklineError, file_trouble

_FOLDER = Path(__file__).parent
_INTERRUPTED = 130  # 128 + SIGINT, as a shell reports it
_MISUSED = 1  # not 2 as elsewhere: 2 says that drift was found


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code. What a person did wrong is one sentence, never a traceback."""
    arguments = list(arguments) or ["--help"]
    try:
        result = _application(arguments)(args=arguments, prog_name="trunkline", standalone_mode=False)
        sys.stdout.flush()
    except TrunklineError as error:
        _complain(str(error))
        return error.exit_code
    except ClickException as error:
        _complain(error.format_message())
        return _MISUSED
    except (KeyboardInterrupt, typer.Abort):
        result = _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        return 1
    except OSError as error:
        _complain(file_trouble(error))
        return 1
    if result == _INTERRUPTED:  # typer turns an interrupted command into this code, without a word
        _complain("interrupted")
    return result if isinstance(result, int) else 0


def _complain(sentence: str) -> None:
    from trunkline.console import complain

    complain(sentence)


def _application(arguments: Sequence[str]) -> typer.Typer:
    application = typer.Typer(
        name="trunkline",
        help="Voice sites as code: one file describes a branch; plan, review, apply, prove, or roll back.",
        epilog="Exit codes: 0 done, 1 error, 2 drift found, 130 interrupted.",
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    application.callback()(_no_command_of_its_own)
    for name, path in _commands():
        if arguments and arguments[0] == name:
            _add(application, name, path.stem)
        else:
            application.command(name)(_stand_in(path))
    return application


def _no_command_of_its_own() -> None:
    """Keep the names of commands even where there is one only."""


def _commands() -> Iterator[tuple[str, Path]]:
    for path in sorted(_FOLDER.glob("*.py")):
        if not path.stem.startswith("_") and _offers(path):
            yield path.stem.replace("_", "-"), path


def _offers(path: Path) -> ast.stmt | None:
    """Return the definition of `command` or `app` in a module, without running it."""
    for node in ast.parse(path.read_bytes()).body:
        targets: Sequence[ast.expr] = ()
        if isinstance(node, ast.FunctionDef) and node.name == "command":
            return node
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign):
            targets = (node.target,)
        if any(isinstance(target, ast.Name) and target.id == "app" for target in targets):
            return node
    return None


def _stand_in(path: Path) -> Callable[[], None]:
    """Return what the list of commands needs of a command that does not run now: its help."""
    node = _offers(path)
    docstring = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None

    def stand_in() -> None:
        raise AssertionError(f"{path.stem} was to be imported")

    stand_in.__doc__ = docstring or ast.get_docstring(ast.parse(path.read_bytes()))
    return stand_in


def _add(application: typer.Typer, name: str, module_name: str) -> None:
    module = import_module(f"{__name__}.{module_name}")
    group = getattr(module, "app", None)
    if isinstance(group, typer.Typer):
        application.add_typer(group, name=name)
    else:
        application.command(name)(module.command)
