"""The box's own commit safety: archive, revert timer, configure replace, confirm and revert."""

from __future__ import annotations

from trunkline.lab.vendors.ios_xe.files import missing, read_path
from trunkline.lab.vendors.ios_xe.replace import Replaced, replace
from trunkline.lab.vendors.ios_xe.shell import Dialogue, Shell
from trunkline.lab.vendors.ios_xe.text_diff import contextual, incremental

ARCHIVE_OFF = "%Please turn config archive on before using this feature"
NOTHING_PENDING = "%No Rollback Confirmed Change pending"
ALREADY_PENDING = "%Rollback Confirmed Change already pending"
NO_BACKUP = "Rollback Confirmed Change: backing up the current running config failed"
ENTER = "Enter configuration commands, one per line.  End with CNTL/Z."
_SURE = (
    "This will apply all necessary additions and deletions\n"
    "to replace the current running configuration with the\n"
    "contents of the specified configuration file, which is\n"
    "assumed to be a complete configuration, not a partial\n"
    "configuration. Enter Y if you are sure you want to proceed. ? [no]: "
)
_DONE = "\nTotal number of passes: {passes}\nRollback Done\n"


def configure_terminal(shell: Shell, minutes: int | None) -> str:
    """Enter configuration mode, with a revert timer or without."""
    if minutes is None:
        shell.start_configuration()
        return ENTER
    if shell.box.archive_path() is None:
        return ARCHIVE_OFF
    if shell.box.pending:
        return ALREADY_PENDING
    if shell.box.faults.full_flash:
        return f"%Error opening {shell.box.archive_path()} (No space left on device)\n{NO_BACKUP}"
    backup = shell.box.arm(shell.user, minutes)
    shell.start_configuration()
    return f"Rollback Confirmed Change: Backing up current running config to {backup}\n\n{ENTER}"


def configure_confirm(shell: Shell) -> str:
    """Keep a pending change."""
    if not shell.box.pending:
        return NOTHING_PENDING
    shell.box.confirm()
    return ""


def configure_revert(shell: Shell, minutes: int | None) -> str:
    """Take a pending change back now, or set its timer anew."""
    pending = shell.box.commit
    if pending is None:
        return NOTHING_PENDING
    if minutes is not None:
        shell.box.rearm(minutes)
        return ""
    shell.box.revert()
    return f"Rollback Confirmed Change: Rolling to: {pending.backup}\n{_DONE.format(passes=1)}"


def configure_replace(shell: Shell, path: str, options: str) -> Dialogue:
    """Replace the running configuration by a file."""
    words = options.split()
    refused = _not_replaceable(shell, path, words)
    if refused:
        return refused
    if "force" not in words and (yield _SURE).strip().lower() not in ("y", "yes"):
        return ""
    text = (read_path(shell.box, path) or b"").decode(errors="replace")
    timer = int(words[words.index("timer") + 1]) if "timer" in words else None
    before = shell.box.machine.running.copy()
    backup = shell.box.arm(shell.user, timer) if timer is not None else ""
    done = replace(shell.box.machine, text)
    shell.box.note_change(shell.user)
    if done.failed and "trigger" in words:
        shell.box.machine.running = before
        if timer is not None:
            shell.box.confirm()
        return _restored(done, backup or path)
    head = f"Rollback Confirmed Change: Backing up current running config to {backup}\n" if backup else ""
    return head + (_aborted(done) if done.failed else _DONE.format(passes=done.passes))


def _not_replaceable(shell: Shell, path: str, words: list[str]) -> str:
    """Return why a replace cannot start, or ""."""
    if ("timer" in words or "trigger" in words) and shell.box.archive_path() is None:
        return ARCHIVE_OFF
    if "timer" in words and shell.box.pending:
        return ALREADY_PENDING
    content = read_path(shell.box, path)
    if content is None:
        return missing(path)
    if not any(line.strip() == b"end" for line in content.splitlines()):
        return f"%The input file {path} is not a valid config file."
    return ""


def _restored(done: Replaced, backup: str) -> str:
    return (
        f"Failed to apply command {done.failed[0]}\nAborting Rollback.\n\n"
        f"Rollback failed.Reverting back to the original configuration: {backup} \n\n"
        "The original configuration has been successfully restored.\n"
    )


def _aborted(done: Replaced) -> str:
    stars = "*" * 8
    return (
        "The rollback configlet from the last pass is listed below:\n"
        f"{stars}\n!List of Rollback Commands:\n" + "\n".join(done.failed) + f"\nend\n{stars}\n\n\n"
        f"Rollback aborted after {done.passes} passes\n"
        "The following commands are failed to apply to the IOS image.\n"
        f"{stars}\n" + "\n".join(done.failed) + f"\n{stars}\n"
    )


def show_archive(shell: Shell) -> str:
    """List the archive."""
    path = shell.box.archive_path()
    if path is None:
        return " Archive feature not enabled"
    files = shell.box.archive_files()
    rows = [f"   {index:<10} {path.partition(':')[0]}:{name}" for index, name in enumerate(files[-10:], 1)]
    return "\n".join(
        [
            "The maximum archive configurations allowed is 10.",
            f"There are currently {len(files)} archive configurations saved.",
            f"The next archive file will be named {path}-<timestamp>-{shell.box.archived}",
            " Archive #  Name",
            *rows,
        ]
    )


def show_timer(shell: Shell) -> str:
    """Tell about the pending change."""
    pending = shell.box.commit
    if pending is None:
        return NOTHING_PENDING
    return (
        f"Time configured(or reconfigured): {shell.box.stamp(pending.moment)}\n"
        f"Timer type: absolute timer\nTimer value: {pending.minutes} min\nUser: {pending.user}\n"
    )


def show_differences(shell: Shell, base: str, other: str) -> str:
    """Compare two files as a replace would see them."""
    contents = [read_path(shell.box, path) for path in (base, other)]
    for path, content in zip((base, other), contents, strict=True):
        if content is None:
            return missing(path)
    old, new = (content.decode(errors="replace") for content in contents if content is not None)
    return contextual(old, new)


def show_incremental(shell: Shell, path: str) -> str:
    """Tell what a merge of a file would add."""
    content = read_path(shell.box, path)
    if content is None:
        return missing(path)
    return incremental(shell.box.body(), content.decode(errors="replace"))
