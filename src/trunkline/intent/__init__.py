"""From a site and the policy to what each box must do: vendor-neutral, every value derived."""

from trunkline.intent.box import BoxIntent, SectionIntent
from trunkline.intent.build import build_intents, explain
from trunkline.intent.errors import CapabilityError
from trunkline.intent.figures import Figure, Input
from trunkline.intent.plain import plain

__all__ = [
    "BoxIntent",
    "CapabilityError",
    "Figure",
    "Input",
    "SectionIntent",
    "build_intents",
    "explain",
    "plain",
]
