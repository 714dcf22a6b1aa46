"""The one Jinja environment: templates of all roles, strict about what is undefined, compiled once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from trunkline.render.filters import FILTERS

ROLES = Path(__file__).resolve().parents[3] / "roles"


@cache
def environment() -> Environment:
    """The environment with our filters; whitespace is kept as Ansible's own template module keeps it."""
    jinja = Environment(
        loader=FileSystemLoader(ROLES),
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
        autoescape=False,
    )
    jinja.filters.update(FILTERS)
    return jinja


def template_path(section: str, platform: str) -> Path:
    """Where the template of a section for a platform is, or would be."""
    return ROLES / section / "templates" / f"{platform}.j2"
