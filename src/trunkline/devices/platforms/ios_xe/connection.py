"""One session on an IOS XE box: NAPALM's own ssh channel, opened strictly and always closed."""

from __future__ import annotations

import contextlib
from typing import Protocol, cast

from napalm.ios import IOSDriver  # type: ignore[import-untyped]

from trunkline.devices import ssh
from trunkline.devices.errors import CommandRefused, DeviceError, NoFreeSession
from trunkline.devices.platform import Platform
from trunkline.devices.retry import RetryPolicy
from trunkline.devices.target import Target
from trunkline.devices.terminal import ByteChannel, Terminal

_LOGIN_SECONDS = 15.0
# Wide lines and no pager: without these the box wraps and cuts what it prints.
_PREPARATION = ("terminal width 511", "terminal length 0")


class _NetmikoSession(Protocol):
    remote_conn: ByteChannel | None

    def establish_connection(self) -> None: ...

    def paramiko_cleanup(self) -> None: ...


class _Napalm(Protocol):
    device: _NetmikoSession

    def open(self) -> None: ...

    def close(self) -> None: ...


class Connection:
    """An open session; `terminal` is its command line."""

    def __init__(self, target: Target, platform: Platform, napalm: _Napalm) -> None:
        self._target = target
        self._napalm = napalm
        channel = cast(ByteChannel, napalm.device.remote_conn)
        self.terminal = Terminal(target.host, channel, platform)

    def prepare(self) -> None:
        """Wait for the prompt and make the box print whole; raises CommandRefused if it will not."""
        self.terminal.greet(_LOGIN_SECONDS)
        for command in _PREPARATION:
            answer = self.terminal.ask(command, self._target.answer_timeout)
            if self.terminal.platform.refusal(answer):
                raise CommandRefused(self._target.host, command, self._target.mask(answer))

    def close(self) -> None:
        """Give the line back; to a box that no longer answers, or waits for an answer, nothing is said."""
        channel = self._napalm.device.remote_conn
        if channel is not None and not self.terminal.broken:
            with contextlib.suppress(OSError):
                channel.settimeout(1.0)
                channel.sendall(b"end\nexit\n" if self.terminal.mode else b"exit\n")
        self._napalm.device.paramiko_cleanup()
        self._napalm.close()


def connect(target: Target, platform: Platform, retry: RetryPolicy | None = None) -> Connection:
    """Return an open, prepared session; a box without a free line is tried again a few times."""
    ssh.require_recorded(target)
    return (retry or RetryPolicy()).run(lambda: _connect_once(target, platform), NoFreeSession)


def _connect_once(target: Target, platform: Platform) -> Connection:
    sock = ssh.dial(target)
    napalm: _Napalm = IOSDriver(
        # The name, not the address: known_hosts is by name, and the socket is open already.
        target.host,
        target.user,
        target.password.get_secret_value(),
        timeout=target.connect_timeout,
        optional_args={
            "sock": sock,
            "ssh_strict": True,
            "alt_host_keys": True,
            "alt_key_file": str(target.known_hosts),
            "conn_timeout": target.connect_timeout,
            "banner_timeout": target.connect_timeout,
            "auth_timeout": target.connect_timeout,
            "force_no_enable": True,
            "disabled_algorithms": ssh.refused_algorithms(target),
            # netmiko's own preparation types Enter before it has seen a prompt, and ignores what it is told.
            "auto_connect": False,
        },
    )
    napalm.open()
    try:
        napalm.device.establish_connection()
        connection = Connection(target, platform, napalm)
        connection.prepare()
    except BaseException as error:
        napalm.device.paramiko_cleanup()
        napalm.close()
        sock.close()
        if isinstance(error, DeviceError) or not isinstance(error, Exception):
            raise
        raise ssh.in_words(target, error) from None
    return connection
