"""The estate's `access.yml`: how the controller reaches boxes whose management address it cannot reach."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from trunkline.errors import TrunklineError


class Way(BaseModel):
    """Where a box is reached: a port forward, a jump host's listener, a virtual device."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str
    port: int = Field(ge=1, le=65535)


class AccessUnreadable(TrunklineError):
    """`access.yml` is no mapping of boxes to host and port."""


_WAYS = TypeAdapter(dict[str, Way])


def read_access(estate: Path) -> Mapping[str, Way]:
    """Return the ways that `access.yml` of an estate holds, by the names of boxes; none if there is no file."""
    file = estate / "access.yml"
    if not file.is_file():
        return {}
    try:
        return _WAYS.validate_python(YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {})
    except YAMLError as error:
        raise AccessUnreadable(f"{file} is no YAML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise AccessUnreadable(
            f"{file}: {where}: {first['msg']}; write `leeds-edge1: {{host: 127.0.0.1, port: 2201}}`"
        ) from None
