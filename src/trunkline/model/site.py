"""One branch office, as its file describes it."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Address
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, WithJsonSchema

from trunkline.model.fields import (
    Address,
    AfterRinging,
    CountryCode,
    DhcpRange,
    Extension,
    HostName,
    Interface,
    Language,
    Mac,
    Number,
    PortNumber,
    Power,
    Prefix,
    Rate,
    RtpRange,
    Slug,
    Text,
    VlanId,
    WanAddress,
)
from trunkline.model.policy import ClassName, Count, Narrowing
from trunkline.model.port_uses import PORTS_SCHEMA, PortUse, read_port_uses
from trunkline.model.positions import Position, Positions
from trunkline.model.record import Record
from trunkline.model.traffic import Encapsulation

CallControl = Literal["pair", "hosted", "hybrid"]
Role = Literal["router", "access_switch", "sbc"]


class Emergency(Record):
    """Where help has to come to, and whom it calls back."""

    address: Text
    callback: Number


class People(Record):
    """The calls with the outside in the busiest hour."""

    busy_hour_calls: Annotated[int, Field(ge=0)]
    mean_call_s: Count

    @property
    def erlangs(self) -> float:
        """Offered traffic: calls an hour times their mean length, in hours (ITU-T E.600 §2.1)."""
        return self.busy_hour_calls * self.mean_call_s / 3600


class Network(Record):
    """A VLAN of the site with its prefix."""

    vlan: VlanId
    prefix: Prefix
    gateway: Address | None = None
    dhcp: DhcpRange | None = None

    @property
    def router(self) -> IPv4Address:
        """The router's address in this network: `gateway`, or else the first one."""
        return self.gateway or self.prefix.network_address + 1


class WanLink(Record):
    """A line to the outside; the first of a site is its main one, the others back it up in order."""

    name: Slug
    provider: Slug
    interface: Interface
    down: Rate
    up: Rate
    address: WanAddress
    gateway: Address | None = None
    encapsulation: Encapsulation = "ethernet"


class Device(Record):
    """A box of the site."""

    role: Role
    platform: ClassName
    model: Text | None = None
    address: Address
    poe_budget: Power | None = None
    ups: Slug | None = None


class SbcPair(Record):
    """What the pair of SBCs shows to phones and to the outside."""

    virtual_address: Address
    public: Address
    rtp: RtpRange


class Hosted(Record):
    """The provider's telephone system that the phones register to, in place of a pair."""

    provider: Slug
    servers: Annotated[tuple[HostName, ...], Field(min_length=1)]
    signalling: Annotated[tuple[PortNumber, ...], Field(min_length=1)]
    media: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    rtp: RtpRange


class Phone(Record):
    """A desk phone and who sits at it; without `port` it has no cable of ours (DECT, softphone)."""

    extension: Extension
    person: Text
    model: ClassName
    mac: Mac
    port: Interface | None = None
    number: Number | None = None
    class_of_service: ClassName = "desk"
    language: Language | None = None


class Group(Record):
    """Several phones that ring under one extension."""

    extension: Extension
    name: Text
    ring: Literal["all", "in_turn", "longest_idle"]
    members: Annotated[tuple[Extension, ...], Field(min_length=1)]
    timeout_s: Count
    then: AfterRinging


PortUses = Annotated[tuple[PortUse, ...], BeforeValidator(read_port_uses), WithJsonSchema(PORTS_SCHEMA)]


class Site(Record):
    """One branch office."""

    site: Slug
    name: Text
    call_control: CallControl
    timezone: Text
    country: CountryCode
    language: Language = "en"
    area_code: Annotated[str, Field(pattern=r"^[0-9]{0,6}$")] = ""
    emergency: Emergency
    people: People
    networks: Mapping[Slug, Network]
    wan: Annotated[tuple[WanLink, ...], Field(min_length=1)]
    devices: Mapping[Slug, Device]
    sbc: SbcPair | None = None
    hosted: Hosted | None = None
    ports: Mapping[Slug, PortUses] = Field(default_factory=dict)
    phones: tuple[Phone, ...] = ()
    groups: tuple[Group, ...] = ()
    trunks: tuple[ClassName, ...] = ()
    narrow: Narrowing | None = None

    _positions: Positions | None = PrivateAttr(default=None)

    def position(self, *path: str | int) -> Position:
        """Return where a field stands in the site's file, e.g. `site.position("phones", 3, "mac")`.

        A field that is not written itself (a default) has the place of what is written around it.
        """
        if self._positions is None:
            return Position(f"sites/{self.site}.yml", 1, 1)
        return self._positions.find(path)

    def placed(self, positions: Positions) -> Site:
        """Return the site with the places of its fields."""
        placed = self.model_copy()
        placed._positions = positions
        return placed

    def host(self, device: str) -> str:
        """Return the name by which the whole estate knows a device."""
        return f"{self.site}-{device}"
