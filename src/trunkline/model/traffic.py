"""Traffic mathematics of calls: Erlang B, and what one call takes on a link. Pure; every constant has its source."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

from trunkline.units import Kbps, Milliseconds

Codec = Literal["g722", "pcma", "pcmu", "opus", "g729"]
MediaProtocol = Literal["rtp", "srtp"]
Encapsulation = Literal["ethernet", "vlan", "pppoe", "pppoe_vlan", "ip"]

CODEC_BITS_PER_SECOND: dict[Codec, int] = {
    "g722": 64_000,  # RFC 3551 §4.5.2: 64 kbit/s (its RTP clock of 8,000 Hz is historic, the rate is not)
    "pcma": 64_000,  # G.711: RFC 3551 §4.5.14
    "pcmu": 64_000,  # G.711: RFC 3551 §4.5.14
    "opus": 40_000,  # RFC 7587 §3.1.1: 28-40 kbit/s for fullband speech; the upper end
    "g729": 8_000,  # RFC 3551 §4.5.6
}
RTP_HEADER_BYTES = 12  # RFC 3550 §5.1, no CSRC
UDP_HEADER_BYTES = 8  # RFC 768
IPV4_HEADER_BYTES = 20  # RFC 791 §3.1, no options
SRTP_TAG_BYTES = 10  # AES_CM_128_HMAC_SHA1_80, RFC 4568 §6.2.1; no MKI
ENCAPSULATION_BYTES: dict[Encapsulation, int] = {
    "ethernet": 18,  # IEEE 802.3-2022 §3.1.1: addresses 12, type 2, FCS 4
    "vlan": 22,  # plus one tag of 4, IEEE 802.1Q-2022 §9.3
    "pppoe": 26,  # ethernet plus PPPoE 6 and PPP 2, RFC 2516 §4
    "pppoe_vlan": 30,
    "ip": 0,  # mobile: the shaper of the modem interface sees IP packets
}
# A call through the pair: RTP and RTCP, on the side of the phone and on the side of the trunk. rtpengine takes
# the four for every audio session (measured: a range of 2,000 ports is full at 500 calls).
PORTS_PER_CALL = 4
_MOST_LINES = 100_000


def erlang_b(erlangs: float, lines: int) -> float:
    """Return the share of calls that find all lines busy.

    A. K. Erlang's first formula (1917), by the recursion B(0) = 1, B(n) = A·B(n-1) / (n + A·B(n-1)), which
    neither overflows nor cancels.

    >>> round(erlang_b(2.1, 7), 4)
    0.0044
    """
    blocking = 1.0
    for line in range(1, lines + 1):
        blocking = erlangs * blocking / (line + erlangs * blocking)
    return blocking


def lines_for(erlangs: float, blocking: float) -> int:
    """Return the fewest lines that block at most this share of the calls offered.

    >>> lines_for(2.1, 0.01), lines_for(0, 0.01)
    (7, 0)
    """
    if erlangs <= 0:
        return 0
    share = 1.0
    for line in range(1, _MOST_LINES + 1):
        share = erlangs * share / (line + erlangs * share)
        if share <= blocking:
            return line
    return _MOST_LINES


@dataclass(frozen=True)
class CallOnLink:
    """What one direction of one call is made of on a link."""

    codec: Codec
    ptime: Milliseconds
    media: MediaProtocol
    encapsulation: Encapsulation

    @property
    def payload_bytes(self) -> Fraction:
        """Speech in one packet."""
        return Fraction(CODEC_BITS_PER_SECOND[self.codec] * self.ptime, 8 * 1_000)

    @property
    def header_bytes(self) -> int:
        """Everything in one packet that is not speech."""
        tag = SRTP_TAG_BYTES if self.media == "srtp" else 0
        layer3 = RTP_HEADER_BYTES + UDP_HEADER_BYTES + IPV4_HEADER_BYTES
        return layer3 + tag + ENCAPSULATION_BYTES[self.encapsulation]

    @property
    def packets_per_second(self) -> Fraction:
        """Packets in one direction."""
        return Fraction(1_000, self.ptime)

    @property
    def bits_per_second(self) -> Fraction:
        """The rate of one direction.

        >>> float(CallOnLink("pcma", Milliseconds(20), "rtp", "ethernet").bits_per_second)
        87200.0
        """
        return (self.payload_bytes + self.header_bytes) * 8 * self.packets_per_second


def voice_rate(call: CallOnLink, calls: int) -> Kbps:
    """Return the rate of so many calls in one direction, rounded up once, at the end.

    >>> voice_rate(CallOnLink("pcma", Milliseconds(20), "srtp", "ethernet"), 7)
    639
    """
    return Kbps(ceil(call.bits_per_second * calls / 1_000))


def widest(codecs: tuple[Codec, ...]) -> Codec:
    """Return the codec that takes most: a link is planned for what may be negotiated, not for what is hoped."""
    return max(codecs, key=lambda codec: CODEC_BITS_PER_SECOND[codec])
