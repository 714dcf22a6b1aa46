"""A branch of virtual devices on this machine, with an estate folder of its own that any command can use."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ansible.parsing.vault import VaultLib, VaultSecret  # type: ignore[import-untyped]
from pydantic import BaseModel
from ruamel.yaml import YAML

from trunkline.errors import TrunklineError
from trunkline.lab import vendors
from trunkline.lab.vendors.control import Control
from trunkline.lab.vendors.specification import BoxSpecification, Specification
from trunkline.model.estate import Estate, load_estate

_READY_WITHIN_S = 30.0


class Listening(BaseModel):
    """Where a box is reached."""

    host: str
    port: int


class Ready(BaseModel):
    """What the serving process writes when every box listens."""

    control: int
    boxes: dict[str, Listening]


class LabFailed(TrunklineError):
    """The lab did not start."""


@dataclass
class Served:
    """A process that serves virtual devices; inside `with` they are up, leaving ends the process."""

    folder: Path
    boxes: Sequence[BoxSpecification]

    def __enter__(self) -> Self:
        specification, ready, log = (self.folder / name for name in ("boxes.yml", "ready.json", "boxes.log"))
        specification.touch(mode=0o600)
        content = Specification(ready=ready.resolve(), boxes=tuple(self.boxes))
        YAML(typ="safe").dump(content.model_dump(mode="json", exclude_none=True), specification)
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "trunkline.lab.vendors.serve", str(specification)],
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            self.ready = self._wait(ready, log)
        except BaseException:
            self._process.kill()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def _wait(self, ready: Path, log: Path) -> Ready:
        deadline = time.monotonic() + _READY_WITHIN_S
        while time.monotonic() < deadline:
            if ready.exists():
                return Ready.model_validate_json(ready.read_text())
            if self._process.poll() is not None:
                break
            time.sleep(0.05)
        raise LabFailed(f"the virtual devices did not start: {log.read_text().strip()[-500:] or 'no answer'}")


@dataclass
class Branch:
    """A copy of an estate in `folder/estate`, its own vault, and a process that serves its network boxes.

    Inside `with` the boxes are up; leaving ends the process. Nothing outside `folder` is written.
    """

    source: Path
    folder: Path
    state: str = "customer"

    def __enter__(self) -> Self:
        self._prepare()
        self.estate: Estate = load_estate(self.estate_path)
        boxes = tuple(self._boxes())
        self.hosts: Mapping[str, str] = {box.name: box.platform for box in boxes}
        self._served = Served(self.folder, boxes)
        self._served.__enter__()
        self.control = Control(self._served.ready.control)
        access = {name: box.model_dump() for name, box in self._served.ready.boxes.items()}
        YAML(typ="safe").dump(access, self.estate_path / "access.yml")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._served.__exit__(kind, error, trace)

    @property
    def estate_path(self) -> Path:
        """The branch's own copy of the estate."""
        return self.folder / "estate"

    @property
    def vault_password_file(self) -> Path:
        """The file with the password of the branch's own vault."""
        return self.folder / "vault-password"

    def environment(self) -> dict[str, str]:
        """What a shell needs so that every command means this branch."""
        return {
            **os.environ,
            "TRUNKLINE_ESTATE": str(self.estate_path),
            "ANSIBLE_VAULT_PASSWORD_FILE": str(self.vault_password_file),
            "LC_ALL": "C.UTF-8",
        }

    def _prepare(self) -> None:
        self._clear()
        shutil.copytree(self.source, self.estate_path, ignore=shutil.ignore_patterns(".trunkline", "access.yml"))
        password = secrets.token_urlsafe(24)
        self.vault_password_file.touch(mode=0o600)
        self.vault_password_file.write_text(password)
        self.device_password = secrets.token_urlsafe(16)
        vault = self.estate_path / "vault" / "secrets.yml"
        vault.parent.mkdir(exist_ok=True)
        content = json.dumps({"device_password": self.device_password})
        vault.write_bytes(VaultLib([("default", VaultSecret(password.encode()))]).encrypt(content))

    def _clear(self) -> None:
        """Take away what an earlier branch left, and nothing else."""
        if not self.folder.exists():
            return
        if not self.folder.is_dir() or (any(self.folder.iterdir()) and not self.vault_password_file.is_file()):
            raise LabFailed(f"{self.folder} holds something that is no lab; it is left alone, choose another folder")
        shutil.rmtree(self.folder)

    def _boxes(self) -> Iterator[BoxSpecification]:
        states = Path(vendors.__file__).parent
        for site in self.estate.sites.values():
            for name, device in site.devices.items():
                config = states / device.platform / "states" / f"{self.state}.cfg"
                if config.is_file():
                    yield BoxSpecification(
                        name=site.host(name),
                        platform=device.platform,
                        config=config,
                        user=self.estate.policy.management.user,
                        password=self.device_password,
                        state=(self.folder / "boxes" / site.host(name)).resolve(),
                    )
