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
    """Where an ambulance finds the site."""
    callback: Number
    """Whom the emergency services call back."""


class People(Record):
    """The calls with the outside in the busiest hour."""

    busy_hour_calls: Annotated[int, Field(ge=0)]
    """Calls with the outside, in and out, in the busiest hour."""
    mean_call_s: Count
    """How long a call lasts on average, in seconds."""

    @property
    def erlangs(self) -> float:
        """Offered traffic: calls an hour times their mean length, in hours (ITU-T E.600 §2.1)."""
        return self.busy_hour_calls * self.mean_call_s / 3600


class Network(Record):
    """A VLAN of the site with its prefix."""

    vlan: VlanId
    """802.1Q number."""
    prefix: Prefix
    """Prefix of the VLAN."""
    gateway: Address | None = None
    """The router's address here; by default the first one."""
    dhcp: DhcpRange | None = None
    """First and last address that DHCP leases."""

    @property
    def router(self) -> IPv4Address:
        """The router's address in this network: `gateway`, or else the first one."""
        return self.gateway or self.prefix.network_address + 1


class WanLink(Record):
    """A line to the outside; the first of a site is its main one, the others back it up in order."""

    name: Slug
    """What the line is called."""
    provider: Slug
    """Who sells it, from the policy's providers."""
    interface: Interface
    """Where it ends, `device:interface`."""
    down: Rate
    """Rate towards the site."""
    up: Rate
    """Rate from the site."""
    address: WanAddress
    """Our address with the length of its prefix, or dhcp."""
    gateway: Address | None = None
    """The provider's end; DHCP tells it itself."""
    encapsulation: Encapsulation = "ethernet"
    """What wraps an IP packet on the line."""


class Device(Record):
    """A box of the site."""

    role: Role
    """What the box is for."""
    platform: ClassName
    """What runs on it."""
    model: Text | None = None
    """What its label says."""
    address: Address
    """Where it is managed: in mgmt, or in sbc for an SBC."""
    poe_budget: Power | None = None
    """What it can feed to phones, from its data sheet."""
    ups: Slug | None = None
    """The battery that it hangs on."""


class SbcPair(Record):
    """What the pair of SBCs shows to phones and to the outside."""

    virtual_address: Address
    """The address that moves between the two."""
    public: Address
    """What the outside sees."""
    rtp: RtpRange
    """Media ports; four for each call."""


class Hosted(Record):
    """The provider's telephone system that the phones register to, in place of a pair."""

    provider: Slug
    """Who runs it, from the policy's providers."""
    servers: Annotated[tuple[HostName, ...], Field(min_length=1)]
    """What the phones register to."""
    signalling: Annotated[tuple[PortNumber, ...], Field(min_length=1)]
    """Ports of the servers."""
    media: Annotated[tuple[Prefix, ...], Field(min_length=1)]
    """Where its media comes from."""
    rtp: RtpRange
    """Ports that its media comes from."""


class Phone(Record):
    """A desk phone and who sits at it; without `port` it has no cable of ours (DECT, softphone)."""

    extension: Extension
    """What to dial inside."""
    person: Text
    """Who or what it belongs to."""
    model: ClassName
    """From the list of phone models."""
    mac: Mac
    """From its label."""
    port: Interface | None = None
    """Where it is plugged in, `device:interface`; none for DECT and softphones."""
    number: Number | None = None
    """Its own number from outside."""
    class_of_service: ClassName = "desk"
    """Whom it may call, from the policy; emergency and inside always."""
    language: Language | None = None
    """Of its display; by default the site's."""


class Group(Record):
    """Several phones that ring under one extension."""

    extension: Extension
    """What to dial."""
    name: Text
    """What displays show."""
    ring: Literal["all", "in_turn", "longest_idle"]
    """In which order the members ring."""
    members: Annotated[tuple[Extension, ...], Field(min_length=1)]
    """Extensions of phones."""
    timeout_s: Count
    """How long it rings, in seconds."""
    then: AfterRinging
    """Where a call goes that nobody takes."""


PortUses = Annotated[tuple[PortUse, ...], BeforeValidator(read_port_uses), WithJsonSchema(PORTS_SCHEMA)]


class Site(Record):
    """One branch office."""

    site: Slug
    """Short name, as the file is named."""
    name: Text
    """Full name."""
    call_control: CallControl
    """pair: SBCs here; hosted: a provider's system; hybrid: not built yet."""
    timezone: Text
    """Name of the IANA list."""
    country: CountryCode
    """ISO 3166-1."""
    language: Language = "en"
    """BCP 47; of displays and announcements."""
    area_code: Annotated[str, Field(pattern=r"^[0-9]{0,6}$")] = ""
    """Without its leading zero."""
    emergency: Emergency
    """What the emergency services get to know."""
    people: People
    """How much is telephoned."""
    networks: Mapping[Slug, Network]
    """VLANs by name: voice, data, mgmt, with a pair sbc; others as wanted."""
    wan: Annotated[tuple[WanLink, ...], Field(min_length=1)]
    """Lines to the outside; the first is the main one, the others back it up in order."""
    devices: Mapping[Slug, Device]
    """Boxes by name."""
    sbc: SbcPair | None = None
    """The pair, where call_control is pair."""
    hosted: Hosted | None = None
    """The provider's system, where call_control is hosted."""
    ports: Mapping[Slug, PortUses] = Field(default_factory=dict)
    """What each port of each device is for."""
    phones: tuple[Phone, ...] = ()
    """Every phone of the site."""
    groups: tuple[Group, ...] = ()
    """Phones that ring together."""
    trunks: tuple[ClassName, ...] = ()
    """Names of the policy's trunks, the preferred one first."""
    narrow: Narrowing | None = None
    """What is stricter here than the policy, or of another country."""

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
