"""`trunkline schema [site|policy]`: JSON Schema, so that editors complete and check."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from trunkline.console import print_json
from trunkline.model.policy import Policy
from trunkline.model.record import Record
from trunkline.model.site import Site


class Kind(StrEnum):
    """The files that people write."""

    SITE = "site"
    POLICY = "policy"


_MODELS: dict[Kind, type[Record]] = {Kind.SITE: Site, Kind.POLICY: Policy}


def command(kind: Annotated[Kind, typer.Argument(help="Which file.")] = Kind.SITE) -> None:
    """Print the JSON Schema of a site file or of policy.yml.

    Example: trunkline schema site > site.schema.json
    """
    schema = _MODELS[kind].model_json_schema()
    print_json({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
