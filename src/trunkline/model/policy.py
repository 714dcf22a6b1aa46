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
    """Its mark, by name or number."""
    pcp: Pcp | None = None
    """802.1p priority; by default the upper three bits of the DSCP."""
    queue: Literal["strict"] | None = None
    """strict: served before all others."""
    share: ShareOrRest | None = None
    """Part of what strict queues leave, or rest."""
    cap_on_backup: Rate | None = None
    """The most it gets while a backup line is in use."""

    @property
    def cos(self) -> int:
        """The 802.1p priority: `pcp`, or else the upper three bits of the DSCP (RFC 2474 §4.2.2)."""
        return self.dscp >> 3 if self.pcp is None else self.pcp


class VoicePolicy(Record):
    """How calls are carried and how good they have to be."""

    blocking: Annotated[float, Field(gt=0, lt=1)]
    """Share of calls that may find all lines busy in the busiest hour."""
    codecs: Annotated[tuple[Codec, ...], Field(min_length=1)]
    """What may be negotiated, the preferred one first."""
    ptime: Duration
    """Speech in one packet."""
    srtp: Encryption
    """Encryption between phones and the pair or the provider."""
    transcode: Literal["never", "if_needed"]
    """Whether the pair may change the codec of a call."""
    mos_min: Annotated[float, Field(ge=1, le=4.5)]
    """The worst mean opinion score (ITU-T P.800.1) that is good enough."""


class DialPlan(Record):
    """How numbers are dialled from a phone."""

    country: CountryCode
    """ISO 3166-1; whose numbers these are."""
    outside_prefix: Annotated[str, Field(pattern=r"^[0-9]{0,2}$")]
    """Digits before an outside number, or nothing."""
    emergency: tuple[Digits, ...]
    """Numbers that every phone reaches, with and without the prefix."""
    internal: Annotated[str, Field(pattern=r"^[0-9]{0,9}x{1,9}$")]
    """Form of extensions, x for any digit."""


class Provider(Record):
    """Who sells a WAN line, a trunk or a hosted telephone system."""

    name: Text
    """Full name."""
    support: Text | None = None
    """Whom to call when it is down."""


class Trunk(Record):
    """A SIP trunk, as its provider wants it spoken; `addresses` are where its signalling and media come from."""

    provider: Slug
    """Who sells it, from the policy's providers."""
    servers: Annotated[tuple[HostName, ...], Field(min_length=1)]
    """Names or addresses of its SIP servers."""
    addresses: tuple[Prefix, ...] = ()
    """Prefixes that its signalling and media come from."""
    transport: Literal["udp", "tcp", "tls"]
    """What carries SIP."""
    media: Literal["rtp", "srtp"]
    """srtp: encrypted; needs tls."""
    auth: TrunkAuth
    """Reference to its password, or address: it knows us by our address."""
    caller_id: Literal["p_asserted_identity", "from"]
    """The header that tells who calls."""
    numbers: Literal["e164", "national"]
    """How numbers are written to it."""
    calls: Count | None = None
    """How many calls it carries at a time."""


class Fraud(Record):
    """What stops a telephone bill from growing overnight."""

    international_per_day: Annotated[int, Field(ge=0)]
    """Calls abroad that one phone may make in a day."""
    new_country: Literal["hold", "deny", "allow"]
    """What becomes of the first call to a country."""
    night: Literal["deny", "allow"]
    """Whether calls abroad go through at night."""


class Security(Record):
    """Who is let in, and who is locked out."""

    tls_min: Literal["1.2", "1.3"]
    """The oldest TLS that is spoken."""
    ban_after: Count
    """Failed logins until an address is locked out."""
    ban_time: TimeSpan
    """How long it stays so."""
    trusted: tuple[Prefix, ...]
    """Prefixes that are never locked out."""


class Change(Record):
    """Who has to agree to a change, and when changes run."""

    approvals: Mapping[Risk, Annotated[int, Field(ge=0)]]
    """How many people approve a change, by its risk."""
    windows: tuple[Text, ...] = ()
    """When changes run, such as Mon-Thu 20:00-23:00."""
    freeze: tuple[Text, ...] = ()
    """Days without changes, such as 2026-12-18 to 2027-01-04."""


class Management(Record):
    """How the controller logs in to boxes."""

    user: Slug
    """Login name."""
    password: Secret
    """Reference to its password."""


class VoiceNarrowing(Record):
    """The part of the voice policy that a site may narrow."""

    blocking: Annotated[float, Field(gt=0, lt=1)] | None = None
    """At most the policy's."""
    codecs: Annotated[tuple[Codec, ...], Field(min_length=1)] | None = None
    """Some of the policy's."""
    mos_min: Annotated[float, Field(ge=1, le=4.5)] | None = None
    """At least the policy's."""


class FraudNarrowing(Record):
    """The part of the fraud policy that a site may narrow."""

    international_per_day: Annotated[int, Field(ge=0)] | None = None
    """At most the policy's."""
    night: Literal["deny", "allow"] | None = None
    """deny, where the policy allows."""


class SecurityNarrowing(Record):
    """The part of the security policy that a site may narrow."""

    ban_after: Count | None = None
    """At most the policy's."""
    trusted: tuple[Prefix, ...] | None = None
    """Some of the policy's."""


class Narrowing(Record):
    """What one site wants stricter, or (the dial plan) of its own country."""

    voice: VoiceNarrowing | None = None
    """Stricter demands on calls."""
    dial_plan: DialPlan | None = None
    """The dial plan of the site's own country, whole."""
    fraud: FraudNarrowing | None = None
    """Stricter limits on calls abroad."""
    security: SecurityNarrowing | None = None
    """Stricter limits on logins."""


class Policy(Record):
    """What all sites share: traffic classes, codecs, dial plan, providers, trunks, security, change."""

    classes: Mapping[ClassName, TrafficClass]
    """Traffic classes by name: voice, signalling, one with share rest, others as wanted."""
    voice: VoicePolicy
    """How calls are carried."""
    dial_plan: DialPlan
    """How numbers are dialled."""
    classes_of_service: Mapping[ClassName, tuple[Destination, ...]]
    """Whom phones may call, by name; desk is the default. Emergency and inside always."""
    providers: Mapping[Slug, Provider]
    """Who sells lines and trunks, by short name."""
    trunks: Mapping[ClassName, Trunk] = Field(default_factory=dict)
    """SIP trunks by name."""
    fraud: Fraud
    """What stops a telephone bill from growing overnight."""
    security: Security
    """Who is let in, and who is locked out."""
    change: Change
    """Who approves changes, and when they run."""
    management: Management
    """How the controller logs in to boxes."""
    sites_may_narrow: tuple[Narrowable, ...] = ()
    """What a site may narrow in its own file."""

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
