"""The SCP server: `scp -t` puts a file on the flash, `scp -f` fetches one (the old protocol over an exec channel)."""

from __future__ import annotations

from typing import Protocol

from trunkline.lab.vendors.ios_xe.box import Box
from trunkline.lab.vendors.ios_xe.files import missing, read_path, write_flash


class Channel(Protocol):
    """The two ends of the exec channel."""

    async def line(self) -> bytes:
        """Return the next line, with its end; empty when the client is gone."""
        ...

    async def exactly(self, size: int) -> bytes:
        """Return so many bytes."""
        ...

    def send(self, raw: bytes) -> None:
        """Send bytes."""
        ...


async def serve_scp(box: Box, command: str, channel: Channel) -> int:
    """Serve one copy; return the exit status."""
    words = command.split()
    path = words[-1].strip("'\"")
    if box.machine.running.get("scp_server") is None:
        channel.send(b"Administratively disabled.\n")
        return 1
    if "-t" in words:
        return await _take(box, path, channel)
    if "-f" in words:
        return await _give(box, path, channel)
    channel.send(b"\x01scp: unknown option\n")
    return 1


async def _take(box: Box, path: str, channel: Channel) -> int:
    channel.send(b"\0")
    while True:
        head = await channel.line()
        if not head:
            return 0
        if head[:1] in b"TE":  # times, or the end of a folder: nothing to keep
            channel.send(b"\0")
            continue
        try:
            size = int(head.split(b" ", 2)[1])
        except (IndexError, ValueError):
            channel.send(b"\x01scp: protocol error\n")
            return 1
        if refused := write_flash(box, path, b"\0" * size) if box.faults.full_flash else "":
            channel.send(b"\x01" + refused.encode() + b"\n")
            return 1
        channel.send(b"\0")
        content = await channel.exactly(size)
        await channel.exactly(1)
        refused = write_flash(box, path, content)
        if refused:
            channel.send(b"\x01" + refused.encode() + b"\n")
            return 1
        channel.send(b"\0")


async def _give(box: Box, path: str, channel: Channel) -> int:
    await channel.exactly(1)
    content = read_path(box, path)
    if content is None:
        channel.send(b"\x01" + missing(path).encode() + b"\n")
        return 1
    channel.send(f"C0644 {len(content)} {path.rsplit('/', 1)[-1].rpartition(':')[2]}\n".encode())
    await channel.exactly(1)
    channel.send(content + b"\0")
    await channel.exactly(1)
    return 0
