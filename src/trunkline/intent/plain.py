"""Intents as plain values, for those who cannot read dataclasses: Ansible's host variables."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from ipaddress import IPv4Network

from trunkline.intent.box import SectionIntent
from trunkline.model.fields import PortRange

Plain = None | bool | int | float | str | list["Plain"] | dict[str, "Plain"]


def plain(section: SectionIntent) -> dict[str, Plain]:
    """A section as YAML and JSON hold it; the templates render the same text from it as from the intent."""
    return _record(section)


def _record(record: object) -> dict[str, Plain]:
    if not is_dataclass(record):
        raise TypeError(f"{record!r} is no part of an intent")
    return {field.name: _value(getattr(record, field.name)) for field in fields(record)}


def _value(value: object) -> Plain:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, IPv4Network | PortRange):
        return str(value)
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    return _record(value)
