"""The flash and the other file systems: dir, more, verify, copy, delete."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from trunkline.lab.vendors.ios_xe.shell import Dialogue, Shell

if TYPE_CHECKING:
    from trunkline.lab.vendors.ios_xe.box import Box

TOTAL = 2908606464
FREE = 880939008
NVRAM_FULL = "startup-config file open failed (Not enough space)"
DISKS = ("flash:", "bootflash:")
_RUNNING = ("running-config", "system:running-config", "system:/running-config")
_STARTUP = ("startup-config", "nvram:startup-config", "nvram:/startup-config")


def flash_name(path: str) -> str | None:
    """Return the name of a file on the flash; None if the path is somewhere else."""
    disk, colon, name = path.partition(":")
    if f"{disk}{colon}" in DISKS:
        return name.lstrip("/")
    return None if colon else path


def read_path(box: Box, path: str) -> bytes | None:
    """Return what is in a file, also the configurations; None if there is no such file."""
    if path in _RUNNING:
        return box.body().encode()
    if path in _STARTUP:
        return box.startup().encode() if box.startup() else None
    if path.rstrip(":/") == "null":
        return b""
    name = flash_name(path)
    return None if name is None else box.machine.files.get(name)


def free_space(box: Box) -> int:
    """Return the bytes that fit on the flash."""
    if box.faults.full_flash:
        return 0
    return FREE - sum(len(content) for content in box.machine.files.values())


def write_flash(box: Box, path: str, content: bytes) -> str:
    """Write a file to the flash; return "" or the box's refusal."""
    name = flash_name(path)
    if not name:
        return f"%Error opening {path} (Invalid argument)"
    if len(content) > free_space(box) or box.faults.full_flash:
        return f"%Error writing {path} (No space left on device)"
    box.machine.write_file(name, content)
    return ""


def missing(path: str) -> str:
    """Return the words for a file that is not there."""
    return f"%Error opening {path} (No such file or directory)"


def directory(shell: Shell, path: str) -> str:
    """List the flash, or one file of it."""
    box = shell.box
    name = flash_name(path)
    if name is None:
        return f"%Error opening {path} (No such device)"
    disk = path.partition(":")[0] if ":" in path else "bootflash"
    names = sorted(box.machine.files) if not name else [name]
    if name and name not in box.machine.files:
        return missing(path)
    moment = time.strftime("%b %-d %Y %H:%M:%S +00:00", time.gmtime(box.clock.now()))
    rows = [
        f"{33 + index:5}  -rw-  {len(box.machine.files[each]):15}  {moment}  {each}" for index, each in enumerate(names)
    ]
    end = f"{TOTAL} bytes total ({free_space(box)} bytes free)"
    return "\n".join([f"Directory of {disk}:/{name}", "", *rows, "", end])


def more(shell: Shell, path: str) -> str:
    """Print a file."""
    content = read_path(shell.box, path)
    return missing(path) if content is None else content.decode(errors="replace").rstrip("\n")


def verify_md5(shell: Shell, path: str) -> str:
    """Print the MD5 sum of a file."""
    content = read_path(shell.box, path)
    if content is None:
        return missing(path)
    digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return f".Done!\nverify /md5 ({path}) = {digest}\n"


def delete(shell: Shell, path: str) -> Dialogue:
    """Delete a file after two questions, or none with `file prompt quiet`."""
    name = flash_name(path)
    if name is None or name not in shell.box.machine.files:
        return f"%Error deleting {path} (No such file or directory)"
    if not quiet(shell.box):
        name = (yield f"Delete filename [{name}]? ").strip() or name
        if (yield f"Delete {path}? [confirm]").strip().lower() not in ("", "y"):
            return "Delete of file aborted!"
    shell.box.machine.delete_file(name)
    return ""


def quiet(box: Box) -> bool:
    """Say whether `file prompt quiet` is configured."""
    prompt = box.machine.running.get("file_prompt")
    return prompt is not None and prompt.text.endswith("quiet")


def copy(shell: Shell, source: str, target: str) -> Dialogue:
    """Copy between the configurations and the flash; into the running configuration it merges."""
    box = shell.box
    asked = target.partition(":")[2].lstrip("/") if ":" in target else target
    if not quiet(box):
        reply = (yield f"Destination filename [{asked or source}]? ").strip()
        if reply and reply != asked:
            target = f"{target.partition(':')[0]}:{reply}" if ":" in target else reply
    content = read_path(box, source)
    if content is None:
        return missing(source)
    if target in _RUNNING:
        said = yield from merge(shell, content.decode(errors="replace"))
        return "\n".join(filter(None, [said, _copied(len(content))]))
    if target in _STARTUP:
        return _save(shell, source, content)
    if flash_name(target) in box.machine.files and not quiet(box):
        warning = "%Warning:There is a file already existing with this name \nDo you want to over write? [confirm]"
        if (yield warning).strip().lower() not in ("", "y"):
            return ""
    return write_flash(box, target, content) or _copied(len(content))


def _save(shell: Shell, source: str, content: bytes) -> str:
    if shell.box.faults.full_flash:
        return NVRAM_FULL
    if source in _RUNNING:
        shell.box.save(shell.user)
        return "Building configuration...\n[OK]"
    shell.box.machine.save(content.decode(errors="replace"))
    return f"[OK]\n{_copied(len(content))}"


def agreed(question: str, reply: str) -> bool:
    """Say whether a reply lets the box go on; [confirm] takes Enter for yes, [no] for no."""
    return (reply.strip().lower() or ("y" if question.endswith("[confirm]") else "n")).startswith("y")


def _copied(size: int) -> str:
    return f"{size} bytes copied in 0.416 secs ({int(size / 0.416)} bytes/sec)"


def merge(shell: Shell, text: str) -> Dialogue:
    """Type a file into the running configuration; refusals are printed with their line, and it goes on."""
    typist = shell.box.machine.typist()
    said: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if typist.ended:
            break
        question = shell.box.question(typist, line)
        if question is not None and not agreed(question, (yield question)):
            continue
        answer = typist.type(line)
        if answer.text:
            said.append(answer.text if answer.accepted else f"{line}\n{answer.text}")
    shell.box.note_change(shell.user)
    return "\n".join(said)
