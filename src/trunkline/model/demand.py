"""What a site's calls ask of its lines: how many at a time, and what each takes."""

from __future__ import annotations

from trunkline.model.policy import Policy
from trunkline.model.site import Site, WanLink
from trunkline.model.traffic import CallOnLink, MediaProtocol, lines_for, widest


def simultaneous_calls(site: Site, policy: Policy) -> int:
    """Return how many calls with the outside the busy hour needs at a time (Erlang B at the policy's blocking)."""
    return lines_for(site.people.erlangs, policy.narrowed_by(site.narrow).voice.blocking)


def call_on(link: WanLink, site: Site, policy: Policy) -> CallOnLink:
    """Return the widest call that may be negotiated over a line: its codec, encryption and framing."""
    voice = policy.narrowed_by(site.narrow).voice
    return CallOnLink(widest(voice.codecs), voice.ptime, _media_outside(site, policy), link.encapsulation)


def _media_outside(site: Site, policy: Policy) -> MediaProtocol:
    if site.hosted is not None:
        return "rtp" if policy.voice.srtp == "off" else "srtp"
    trunks = [policy.trunks[name] for name in site.trunks if name in policy.trunks]
    return "srtp" if any(trunk.media == "srtp" for trunk in trunks) else "rtp"
