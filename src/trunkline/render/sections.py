"""Render the sections of a box: the text that the platform's `show running-config` would print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Template, TemplateError, TemplateSyntaxError

from trunkline.errors import Problem
from trunkline.intent import BoxIntent, CapabilityError
from trunkline.render.environment import ROLES, environment, template_path
from trunkline.render.errors import LeftoverMarkupError, RenderError, UnprintableLetterError

_MARKUP = re.compile(r"\{\{|\{%|\{#")
# IOS XE takes a description with other letters and stores it in whatever the terminal spoke.
_ASCII_ONLY = frozenset({"ios_xe"})
_BEYOND_ASCII = re.compile(r"[^\n\x20-\x7e]")
_BEYOND_TEXT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class RenderedSection:
    """The intended text of one section of one box, and the template that made it."""

    section: str
    platform: str
    template: Path
    text: str


def render_box(intent: BoxIntent) -> tuple[RenderedSection, ...]:
    """Render every section of a box, in the order of the intent.

    Raises CapabilityError with every section that has no template for the platform, RenderError otherwise.
    """
    missing = tuple(
        _no_template(intent, section) for section in intent.sections if not _exists(section, intent.platform)
    )
    if missing:
        raise CapabilityError(missing)
    return tuple(render_section(intent, section) for section in intent.sections)


def render_section(intent: BoxIntent, section: str) -> RenderedSection:
    """Render one section of a box.

    The template sees the intent of the section under the section's own name, so `qos.links` in the template
    of `qos`. Raises CapabilityError where the role has no template for the platform, LeftoverMarkupError,
    UnprintableLetterError or RenderError where the text could not be sent.
    """
    if not _exists(section, intent.platform):
        raise CapabilityError((_no_template(intent, section),))
    path = template_path(section, intent.platform)
    try:
        text = _template(section, intent.platform).render({section: intent.sections[section]})
    except TemplateError as error:
        raise RenderError(f"{path}: {intent.host}: {error.message}") from error
    _refuse(_MARKUP, LeftoverMarkupError, path, intent.host, text)
    letters = _BEYOND_ASCII if intent.platform in _ASCII_ONLY else _BEYOND_TEXT
    _refuse(letters, UnprintableLetterError, path, intent.host, text)
    return RenderedSection(section, intent.platform, path, text)


def _no_template(intent: BoxIntent, section: str) -> Problem:
    platforms = sorted(path.stem for path in (ROLES / section / "templates").glob("*.j2"))
    known = f"the role {section} knows {', '.join(platforms)}" if platforms else f"there is no role {section}"
    return Problem(
        file=str(intent.position.file),
        line=intent.position.line,
        column=intent.position.column,
        field=f"devices.{intent.device}.platform",
        what=f"{section} is needed on {intent.host}, and cannot be written for {intent.platform}",
        right=known,
    )


@cache
def _exists(section: str, platform: str) -> bool:
    return template_path(section, platform).is_file()


@cache
def _template(section: str, platform: str) -> Template:
    path = template_path(section, platform)
    try:
        return environment().get_template(str(path.relative_to(ROLES)))
    except TemplateSyntaxError as error:
        raise RenderError(f"{path}: line {error.lineno}: {error.message}") from error


def _refuse(
    pattern: re.Pattern[str],
    refusal: type[LeftoverMarkupError | UnprintableLetterError],
    path: Path,
    host: str,
    text: str,
) -> None:
    if found := pattern.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise refusal(path, host, line, found[0], text.splitlines()[line - 1])
