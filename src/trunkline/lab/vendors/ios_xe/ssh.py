"""The SSH server of a box: login, terminals, SCP, and a host key that stays."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import asyncssh

from trunkline.lab.vendors.ios_xe.box import Box
from trunkline.lab.vendors.ios_xe.scp import serve_scp
from trunkline.lab.vendors.ios_xe.shell import Shell
from trunkline.lab.vendors.ios_xe.terminal import Terminal

KEY_FILE = "ssh_host_key"


class _Server(asyncssh.SSHServer):
    """One connection: who may log in, and whether there is a line free."""

    def __init__(self, box: Box, connections: set[asyncssh.SSHServerConnection]) -> None:
        self._box = box
        self._connections = connections
        self._connection: asyncssh.SSHServerConnection | None = None

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._connection = conn
        self._connections.add(conn)
        if self._box.free_lines() <= 0:
            conn.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        del exc
        if self._connection is not None:
            self._connections.discard(self._connection)

    def begin_auth(self, username: str) -> bool:
        del username
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return self._box.admits(username, password)


class _ScpChannel:
    def __init__(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        self._process = process

    async def line(self) -> bytes:
        return await self._process.stdin.readline()

    async def exactly(self, size: int) -> bytes:
        return await self._process.stdin.readexactly(size) if size else b""

    def send(self, raw: bytes) -> None:
        self._process.stdout.write(raw)


class SshListening:
    """A box that answers on a port."""

    def __init__(self, box: Box, host: str, port: int) -> None:
        self.box = box
        self.host = host
        self.port = port
        self._key = _host_key(box.machine.state)
        self._acceptor: asyncssh.SSHAcceptor | None = None
        self._connections: set[asyncssh.SSHServerConnection] = set()

    @property
    def identity(self) -> dict[str, str]:
        """The public host key, as it stands in a known_hosts file."""
        words = self._key.export_public_key().decode().split()
        return {"host_key": " ".join(words[:2])}

    async def start(self) -> None:
        """Listen."""
        self._acceptor = await asyncssh.create_server(
            lambda: _Server(self.box, self._connections),
            self.host,
            self.port,
            server_host_keys=[self._key],
            process_factory=self._session,
            encoding=None,
            line_editor=False,
            server_version="Cisco-1.25",
        )
        self.port = self._acceptor.get_port()

    async def renew_identity(self) -> None:
        """Make a new host key, as a replaced box has."""
        await self.close()
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        _keep(self.box.machine.state, self._key)
        await self.start()

    async def close(self) -> None:
        """Stop listening and end every session."""
        for connection in list(self._connections):
            connection.abort()
        if self._acceptor is not None:
            self._acceptor.close()
            await self._acceptor.wait_closed()

    async def _session(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        status = 0
        with contextlib.suppress(asyncssh.Error, ConnectionError, asyncio.IncompleteReadError):
            if process.command is not None:
                status = await self._command(process, process.command)
            else:
                await self._terminal(process)
        with contextlib.suppress(OSError, asyncssh.Error):
            process.exit(status)

    async def _command(self, process: asyncssh.SSHServerProcess[bytes], command: str) -> int:
        if command.split(maxsplit=1)[0] == "scp":
            return await serve_scp(self.box, command, _ScpChannel(process))
        shell = Shell(self.box, self._user(process), "vty 0")
        process.stdout.write(f"\r\n{shell.enter(command)}\r\n".replace("\n", "\r\n").encode())
        return 0

    def _user(self, process: asyncssh.SSHServerProcess[bytes]) -> str:
        return str(process.get_extra_info("username"))

    async def _terminal(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        user = self._user(process)
        shell = Shell(self.box, user, f"vty {len(self.box.shells)}", privileged=_privileged(self.box, user))
        self.box.shells.append(shell)
        try:
            await self._talk(process, Terminal(shell), shell)
        finally:
            self.box.shells.remove(shell)
            if shell.typist is not None:
                self.box.note_change(user)

    async def _talk(self, process: asyncssh.SSHServerProcess[bytes], terminal: Terminal, shell: Shell) -> None:
        process.stdout.write(terminal.greeting(_banner(self.box)).encode())
        while not shell.closed:
            if shell.hung:
                await _until_gone(process)
                return
            raw = await process.stdin.read(65536)
            if not raw:
                return
            process.stdout.write(terminal.receive(raw.decode("utf-8", errors="surrogateescape")).encode(
                "utf-8", errors="surrogateescape"))  # fmt: skip
        if shell.dropped:
            process.channel.get_connection().abort()


async def _until_gone(process: asyncssh.SSHServerProcess[bytes]) -> None:
    """Say nothing until the client gives up."""
    while await process.stdin.read(65536):
        pass


def _privileged(box: Box, user: str) -> bool:
    """A user without a line of his own is let in by the lab, privileged."""
    node = box.machine.running.get("username", user)
    return node is None or node.captures.get("privilege") == "15"


def _banner(box: Box) -> str:
    texts = [box.machine.running.value("banner", "text", which) for which in ("motd", "exec")]
    return "\n".join(text for text in texts if text)


def _host_key(state: Path | None) -> asyncssh.SSHKey:
    """Return the key of the state directory, or a new one that is kept there."""
    if state is not None and (state / KEY_FILE).exists():
        return asyncssh.read_private_key(state / KEY_FILE)
    key = asyncssh.generate_private_key("ssh-ed25519")
    _keep(state, key)
    return key


def _keep(state: Path | None, key: asyncssh.SSHKey) -> None:
    if state is not None:
        state.mkdir(parents=True, exist_ok=True)
        key.write_private_key(state / KEY_FILE)


async def serve(box: Box, host: str, port: int) -> SshListening:
    """Make a box reachable over SSH."""
    listening = SshListening(box, host, port)
    await listening.start()
    return listening
