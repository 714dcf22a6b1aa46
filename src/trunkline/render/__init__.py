"""From intents to the text that a platform would print itself."""

from trunkline.render.errors import LeftoverMarkupError, RenderError, UnprintableLetterError
from trunkline.render.sections import RenderedSection, render_box, render_section

__all__ = [
    "LeftoverMarkupError",
    "RenderError",
    "RenderedSection",
    "UnprintableLetterError",
    "render_box",
    "render_section",
]
