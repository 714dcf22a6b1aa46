"""The policy that all sites of an estate share, and what a site may narrow of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import Field

from trunkline.model.fields import (
    CodePoint,
    CountryCode,
    Digits,
    Duration,
    HostName,
    Prefix,
    Rate,
    Secret,
    ShareOrRest,
    Slug,
    Text,
    TimeSpan,
    TrunkAuth,
)
from trunkline.model.record import Record
from trunkline.model.traffic import Codec

Encryption = Literal["required", "optional", "off"]
Risk = Literal["none", "low", "medium", "high", "outage"]
Destination = Literal["internal", "emergency", "local", "national", "mobile", "international", "premium"]
Narrowable = Literal[
    "voice.blocking",
    "voice.codecs",
    "voice.mos_min",
    "dial_plan",
    "fraud.international_per_day",
    "fraud.night",
    "security.ban_after",
    "security.trusted",
]

ClassName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,30}$")]
Pcp = Annotated[int, Field(ge=0, le=7)]
Count = Annotated[int, Field(ge=1)]


class TrafficClass(Record):
    """What marks a class of traffic, and what a congested link gives it."""

    dscp: CodePoint
    pcp: Pcp | None = None
    queue: Literal["strict"] | None = None
    share: ShareOrRest | None = None
    cap_on_backup: Rate | None = None

    @property
    def cos(self) -> int:
        """The 802.1p priority: `pcp`, or else the upper three bits of the DSCP (RFC 2474 §4.2.2)."""
        return self.dscp >> 3 if self.pcp is None else self.pcp


class VoicePolicy(Record):
    """How calls are carried and how good they have to be."""

    blocking: Annotated[float, Field(gt=0, lt=1)]
    codecs: Annotated[tuple[Codec, ...], Field(min_length=1)]
    ptime: Duration
    srtp: Encryption
    transcode: Literal["never", "if_needed"]
    mos_min: Annotated[float, Field(ge=1, le=4.5)]


class DialPlan(Record):
    """How numbers are dialled from a phone."""

    country: CountryCode
    outside_prefix: Annotated[str, Field(pattern=r"^[0-9]{0,2}$")]
    emergency: tuple[Digits, ...]
    internal: Annotated[str, Field(pattern=r"^[0-9]{0,9}x{1,9}$")]


class Provider(Record):
    """Who sells a WAN line, a trunk or a hosted telephone system."""

    name: Text
    support: Text | None = None


class Trunk(Record):
    """A SIP trunk, as its provider wants it spoken; `addresses` are where its signalling and media come from."""

    provider: Slug
    servers: Annotated[tuple[HostName, ...], Field(min_length=1)]
    addresses: tuple[Prefix, ...] = ()
    transport: Literal["udp", "tcp", "tls"]
    media: Literal["rtp", "srtp"]
    auth: TrunkAuth
    caller_id: Literal["p_asserted_identity", "from"]
    numbers: Literal["e164", "national"]
    calls: Count | None = None


class Fraud(Record):
    """What stops a telephone bill from growing overnight."""

    international_per_day: Annotated[int, Field(ge=0)]
    new_country: Literal["hold", "deny", "allow"]
    night: Literal["deny", "allow"]


class Security(Record):
    """Who is let in, and who is locked out."""

    tls_min: Literal["1.2", "1.3"]
    ban_after: Count
    ban_time: TimeSpan
    trusted: tuple[Prefix, ...]


class Change(Record):
    """Who has to agree to a change, and when changes run."""

    approvals: Mapping[Risk, Annotated[int, Field(ge=0)]]
    windows: tuple[Text, ...] = ()
    freeze: tuple[Text, ...] = ()


class Management(Record):
    """How the controller logs in to boxes."""

    user: Slug
    password: Secret


class VoiceNarrowing(Record):
    """The part of the voice policy that a site may narrow."""

    blocking: Annotated[float, Field(gt=0, lt=1)] | None = None
    codecs: Annotated[tuple[Codec, ...], Field(min_length=1)] | None = None
    mos_min: Annotated[float, Field(ge=1, le=4.5)] | None = None


class FraudNarrowing(Record):
    """The part of the fraud policy that a site may narrow."""

    international_per_day: Annotated[int, Field(ge=0)] | None = None
    night: Literal["deny", "allow"] | None = None


class SecurityNarrowing(Record):
    """The part of the security policy that a site may narrow."""

    ban_after: Count | None = None
    trusted: tuple[Prefix, ...] | None = None


class Narrowing(Record):
    """What one site wants stricter, or (the dial plan) of its own country."""

    voice: VoiceNarrowing | None = None
    dial_plan: DialPlan | None = None
    fraud: FraudNarrowing | None = None
    security: SecurityNarrowing | None = None


class Policy(Record):
    """What all sites share: traffic classes, codecs, dial plan, providers, trunks, security, change."""

    classes: Mapping[ClassName, TrafficClass]
    voice: VoicePolicy
    dial_plan: DialPlan
    classes_of_service: Mapping[ClassName, tuple[Destination, ...]]
    providers: Mapping[Slug, Provider]
    trunks: Mapping[ClassName, Trunk] = Field(default_factory=dict)
    fraud: Fraud
    security: Security
    change: Change
    management: Management
    sites_may_narrow: tuple[Narrowable, ...] = ()

    def narrowed_by(self, narrowing: Narrowing | None) -> Policy:
        """Return the policy as it holds at a site that narrows it (`site.narrow`)."""
        if narrowing is None:
            return self
        return self.model_copy(
            update={
                "voice": _with(self.voice, narrowing.voice),
                "dial_plan": narrowing.dial_plan or self.dial_plan,
                "fraud": _with(self.fraud, narrowing.fraud),
                "security": _with(self.security, narrowing.security),
            }
        )


RecordT = TypeVar("RecordT", bound=Record)


def _with(whole: RecordT, narrower: Record | None) -> RecordT:
    if narrower is None:
        return whole
    return whole.model_copy(update={name: getattr(narrower, name) for name in narrower.model_fields_set})
