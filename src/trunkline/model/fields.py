"""The kinds of values in site and policy files: read from text, typed, with a JSON Schema for editors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv4Interface, IPv4Network
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, PlainValidator, WithJsonSchema

from trunkline import units
from trunkline.model.mistakes import Mistake

T = TypeVar("T")


@dataclass(frozen=True)
class PortRange:
    """UDP ports from `first` to `last`, both inside."""

    first: units.Port
    last: units.Port

    @property
    def size(self) -> int:
        """How many ports there are."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


@dataclass(frozen=True)
class AddressRange:
    """Addresses from `first` to `last`, both inside."""

    first: IPv4Address
    last: IPv4Address

    def __contains__(self, address: IPv4Address) -> bool:
        return self.first <= address <= self.last

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


@dataclass(frozen=True)
class InterfaceRef:
    """An interface of a device of the site, written `device:interface`."""

    device: str
    interface: str

    def __str__(self) -> str:
        return f"{self.device}:{self.interface}"


@dataclass(frozen=True)
class SecretRef:
    """The name of a secret, written `vault:key`; never the secret."""

    key: str

    def __str__(self) -> str:
        return f"vault:{self.key}"


def _described(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return repr(value)
    return "a list" if isinstance(value, list | tuple) else "a mapping"


def _from_text(read: Callable[[str], T], example: str) -> BeforeValidator:
    def validate(value: object) -> T:
        if not isinstance(value, str):
            raise Mistake(f"{_described(value)} is not text", f"write {example}")
        return read(value)

    return BeforeValidator(validate)


def _from_quantity(read: Callable[[str], T], example: str) -> BeforeValidator:
    def validate(value: object) -> T:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Mistake(f"{_described(value)} is not a quantity", f"write {example}")
        return read(str(value))

    return BeforeValidator(validate)


def _from_number(read: Callable[[int], T], example: str) -> BeforeValidator:
    def validate(value: object) -> T:
        if isinstance(value, bool) or not isinstance(value, int):
            raise Mistake(f"{_described(value)} is not a whole number", f"write {example}")
        return read(value)

    return BeforeValidator(validate)


def _word_or(word: str, read: Callable[[str], T], example: str) -> Callable[[object], T | str]:
    def validate(value: object) -> T | str:
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise Mistake(f"{_described(value)} is not text", f"write {example}")
        return word if value == word else read(str(value))

    return validate


def _pattern(pattern: str, what: str, right: str) -> Callable[[str], str]:
    compiled = re.compile(pattern)

    def read(text: str) -> str:
        if compiled.fullmatch(text) is None:
            raise Mistake(f"{text!r} is not {what}", right)
        return text

    return read


def _read_address(text: str) -> IPv4Address:
    try:
        return IPv4Address(text)
    except AddressValueError:
        raise Mistake(f"{text!r} is not an IPv4 address", "write one such as 10.20.20.1") from None


def _read_interface_address(text: str) -> IPv4Interface:
    try:
        if "/" in text:
            return IPv4Interface(text)
    except ValueError:
        raise Mistake(f"{text!r} is not an IPv4 address with a length", "write 203.0.113.2/30") from None
    raise Mistake(f"the prefix length of {text!r} is missing", f"write {text}/30, or dhcp")


def _read_prefix(text: str) -> IPv4Network:
    if "/" not in text:
        raise Mistake(f"the prefix length of {text!r} is missing", "write one such as 10.20.20.0/24")
    try:
        return IPv4Network(text)
    except ValueError:
        pass
    try:
        network = IPv4Interface(text).network
    except ValueError:
        raise Mistake(f"{text!r} is not an IPv4 prefix", "write one such as 10.20.20.0/24") from None
    raise Mistake(f"{text!r} is an address inside a prefix", f"write {network}")


def _read_port_range(text: str) -> PortRange:
    match = re.fullmatch(r"([0-9]{1,5})\s*-\s*([0-9]{1,5})", text.strip())
    if match is None:
        raise Mistake(f"{text!r} is not a range of ports", "write first-last, such as 20000-23999")
    first, last = units.parse_port(int(match[1])), units.parse_port(int(match[2]))
    if last < first:
        raise Mistake(f"the range {text} ends before it begins", f"write {last}-{first}")
    return PortRange(first, last)


def _read_interface_ref(text: str) -> InterfaceRef:
    device, colon, interface = text.partition(":")
    if not (device and colon and interface) or text != text.strip() or " " in text:
        raise Mistake(f"{text!r} is not an interface of a device", 'write "device:interface"')
    return InterfaceRef(device, interface)


def _read_mac(text: str) -> str:
    digits = re.sub(r"[:.-]", "", text).lower()
    if re.fullmatch(r"[0-9a-f]{12}", digits) is None:
        raise Mistake(f"{text!r} is not a MAC address", 'write twelve hexadecimal digits, "80:5e:c0:00:02:01"')
    if int(digits[1], 16) & 1:
        raise Mistake(f"{text!r} is a group address, no phone has it", "copy it from the phone's label")
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))


def _read_secret_ref(text: str) -> SecretRef:
    match = re.fullmatch(r"vault:([A-Za-z0-9_][A-Za-z0-9_.-]*)", text)
    if match is None:
        raise Mistake("a secret in clear, or no reference", "put it into the vault and write vault:<its key> here")
    return SecretRef(match[1])


_read_extension = _pattern(r"[0-9]{1,10}", "an extension", 'write digits in quotes, "201"')


def _read_after_ringing(text: str) -> str:
    return text if text == "hang_up" else _read_extension(text)


def _read_address_range(value: object) -> AddressRange:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise Mistake(f"{_described(value)} is not a range", "write [first address, last address]")
    if not all(isinstance(end, str) for end in value):
        raise Mistake("a range has two addresses", "write [first address, last address]")
    first, last = (_read_address(str(end)) for end in value)
    if last < first:
        raise Mistake("the range ends before it begins", f"write [{last}, {first}]")
    return AddressRange(first, last)


def _schema(pattern: str, *examples: str) -> WithJsonSchema:
    shown = {"examples": list(examples)} if examples else {}
    return WithJsonSchema({"type": "string", "pattern": pattern, **shown})


def _count_schema(most: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": 1, "maximum": most})


_ADDRESS = r"[0-9]{1,3}(\.[0-9]{1,3}){3}"

Rate = Annotated[
    units.Kbps,
    _from_quantity(units.parse_rate, "20M or 512k"),
    _schema(r"^[0-9]+(\.[0-9]+)? ?(k|M|G|kbit/s|Mbit/s|Gbit/s)$", "20M", "512k"),
]
Power = Annotated[
    units.Milliwatts,
    _from_quantity(units.parse_power, "600W"),
    _schema(r"^[0-9]+(\.[0-9]+)? ?(mW|W|kW)$", "600W"),
]
Duration = Annotated[
    units.Milliseconds,
    _from_quantity(units.parse_duration, "20 ms"),
    _schema(r"^[0-9]+(\.[0-9]+)? ?(ms|s|min|h|d)$", "20 ms"),
]
TimeSpan = Annotated[
    units.Seconds,
    _from_quantity(units.parse_seconds, "1 h"),
    _schema(r"^[0-9]+(\.[0-9]+)? ?(s|min|h|d)$", "1 h"),
]
ShareOrRest = Annotated[
    units.Percent | Literal["rest"],
    PlainValidator(_word_or("rest", units.parse_share, "40%, or rest")),
    _schema(r"^([0-9]{1,3}%|rest)$", "40%", "rest"),
]
CodePoint = Annotated[
    units.Dscp,
    _from_quantity(units.parse_dscp, "ef, cs3, af21 or a number from 0 to 63"),
    WithJsonSchema({"type": ["string", "integer"], "examples": ["ef", "cs3", "af21"]}),
]
VlanId = Annotated[units.Vlan, _from_number(units.parse_vlan, "a number from 1 to 4094"), _count_schema(4094)]
PortNumber = Annotated[units.Port, _from_number(units.parse_port, "a number from 1 to 65535"), _count_schema(65535)]
Address = Annotated[IPv4Address, _from_text(_read_address, "an IPv4 address"), _schema(f"^{_ADDRESS}$", "10.20.20.1")]
WanAddress = Annotated[
    IPv4Interface | Literal["dhcp"],
    PlainValidator(_word_or("dhcp", _read_interface_address, "203.0.113.2/30, or dhcp")),
    _schema(rf"^({_ADDRESS}/[0-9][0-9]?|dhcp)$", "203.0.113.2/30", "dhcp"),
]
Prefix = Annotated[
    IPv4Network,
    _from_text(_read_prefix, "10.20.20.0/24"),
    _schema(rf"^{_ADDRESS}/[0-9][0-9]?$", "10.20.20.0/24"),
]
RtpRange = Annotated[
    PortRange, _from_text(_read_port_range, "20000-23999"), _schema(r"^[0-9]+ ?- ?[0-9]+$", "20000-23999")
]
DhcpRange = Annotated[
    AddressRange,
    BeforeValidator(_read_address_range),
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
]
Interface = Annotated[
    InterfaceRef,
    _from_text(_read_interface_ref, '"device:interface"'),
    _schema(r"^[^: ]+:[^ ]+$", "sw1:Ethernet1"),
]
Mac = Annotated[
    str,
    _from_text(_read_mac, 'the MAC address in quotes, "80:5e:c0:00:02:01"'),
    _schema(r"^[0-9A-Fa-f]{2}([:.-]?[0-9A-Fa-f]{2}){5}$", "80:5e:c0:00:02:01"),
]
Secret = Annotated[SecretRef, _from_text(_read_secret_ref, "vault:<key>"), _schema(r"^vault:[\w.-]+$", "vault:zen_sip")]
TrunkAuth = Annotated[
    SecretRef | Literal["address"],
    PlainValidator(_word_or("address", _read_secret_ref, "vault:<key>, or address")),
    _schema(r"^(vault:[\w.-]+|address)$", "vault:zen_sip", "address"),
]
Slug = Annotated[
    str,
    _from_text(
        _pattern(r"[a-z][a-z0-9-]{0,30}", "a short name", "write small letters, digits and hyphens"),
        "small letters, digits and hyphens",
    ),
    _schema("^[a-z][a-z0-9-]{0,30}$"),
]
Text = Annotated[
    str,
    _from_text(
        _pattern(r"(?s)(?=.*\S)[^\x00-\x1f\x7f]{1,120}", "one line of text", "write 1 to 120 characters"),
        "text; in quotes where it is digits",
    ),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": 120}),
]
Extension = Annotated[
    str,
    _from_text(_read_extension, 'digits in quotes, "201"'),
    _schema(r"^[0-9]{1,10}$", "201"),
]
AfterRinging = Annotated[
    str,
    PlainValidator(_word_or("voicemail", _read_after_ringing, "voicemail, hang_up or an extension in quotes")),
    _schema(r"^(voicemail|hang_up|[0-9]{1,10})$", "voicemail"),
]
Digits = Annotated[
    str,
    _from_text(
        _pattern(r"[0-9]{1,15}", "a number to dial", 'write digits in quotes, "112"'),
        'digits in quotes, "112"',
    ),
    _schema(r"^[0-9]{1,15}$", "112"),
]
# E.164 (11/2010) §6.2.1: at most 15 digits, and no country code begins with 0.
Number = Annotated[
    str,
    _from_text(
        _pattern(r"\+[1-9][0-9]{6,14}", "a full number", 'write + and the country code, "+441134960100"'),
        '+ and the country code in quotes, "+441134960100"',
    ),
    _schema(r"^\+[1-9][0-9]{6,14}$", "+441134960100"),
]
CountryCode = Annotated[
    str,
    _from_text(
        _pattern(r"[A-Z]{2}", "a country code", "write two capitals of ISO 3166-1, such as GB"),
        "two capitals of ISO 3166-1, such as GB",
    ),
    _schema("^[A-Z]{2}$", "GB"),
]
Language = Annotated[
    str,
    _from_text(
        _pattern(r"[a-z]{2,3}(-[A-Z]{2})?", "a language", "write a BCP 47 tag such as en or fr-FR"),
        "a BCP 47 tag such as en or fr-FR",
    ),
    _schema("^[a-z]{2,3}(-[A-Z]{2})?$", "en", "fr-FR"),
]
HostName = Annotated[
    str,
    _from_text(
        _pattern(
            r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*",
            "a host name or an address",
            "write sip.zen.example or 203.0.113.40",
        ),
        "sip.zen.example or 203.0.113.40",
    ),
    WithJsonSchema({"type": "string", "examples": ["sip.zen.example", "203.0.113.40"]}),
]
