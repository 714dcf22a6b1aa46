"""The file that says which virtual devices one process serves."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trunkline.errors import TrunklineError


class InvalidSpecification(TrunklineError):
    """The file cannot be read or says something that cannot be served."""


class BoxSpecification(BaseModel):
    """One virtual device: name, platform, start configuration, where it listens, who may log in.

    Port 0 takes a free one. With a `state` directory the box keeps across restarts what a real one keeps.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    platform: str
    config: Path
    host: str = "127.0.0.1"
    port: int = 0
    user: str
    password: str
    state: Path | None = None


class Specification(BaseModel):
    """All boxes, the address of the control server, the file that is written when everything is ready."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    control: str = "127.0.0.1:0"
    ready: Path
    boxes: tuple[BoxSpecification, ...]


def load_specification(path: Path) -> Specification:
    """Read the file; relative paths in it count from its own folder."""
    try:
        specification = Specification.model_validate(YAML(typ="safe").load(path))
    except OSError as error:
        raise InvalidSpecification(f"{path}: cannot be read: {error.strerror}") from None
    except (YAMLError, ValidationError) as error:
        raise InvalidSpecification(f"{path}: {error}") from None
    folder = path.parent
    boxes = tuple(
        box.model_copy(
            update={"config": folder / box.config, "state": None if box.state is None else folder / box.state}
        )
        for box in specification.boxes
    )
    return specification.model_copy(update={"ready": folder / specification.ready, "boxes": boxes})
