"""Who controls the calls, and what the site file has to say about it."""

from __future__ import annotations

from collections.abc import Iterator

from trunkline.model.finding import Finding
from trunkline.model.site import Site

_PAIR = 2
_NEEDS = ("call_control",)


def check_site(site: Site) -> Iterator[Finding]:
    """Check that the sections of the chosen call control are there, and those of the other are not."""
    if site.call_control == "hybrid":
        what = "hybrid is not built yet"
        yield Finding(("call_control",), what, "write pair (calls here) or hosted (calls at a provider)")
    elif site.call_control == "pair":
        yield from _pair(site)
    else:
        yield from _hosted(site)


def _pair(site: Site) -> Iterator[Finding]:
    if site.sbc is None:
        right = "write sbc: {virtual_address: ..., public: ..., rtp: 20000-23999}"
        yield Finding(("call_control",), "a pair needs the section sbc", right, ("call_control", "sbc"))
    if site.hosted is not None:
        yield Finding(("hosted",), "a site with a pair is not hosted", "keep one: this, or call_control: pair", _NEEDS)
    hosts = [name for name, device in site.devices.items() if device.role == "sbc"]
    if len(hosts) != _PAIR:
        said = ", ".join(hosts) or "none"
        what = f"a pair is two devices with role sbc, here are {len(hosts)}: {said}"
        yield Finding(("devices",), what, "declare two", ("call_control", "devices"))
    if not site.trunks:
        yield Finding(
            ("call_control",),
            "a pair without a trunk reaches nobody",
            "write trunks: [...]",
            ("call_control", "trunks"),
        )


def _hosted(site: Site) -> Iterator[Finding]:
    if site.hosted is None:
        right = "write hosted: {provider, servers, signalling, media, rtp}, as the provider tells them"
        yield Finding(("call_control",), "a hosted site needs the section hosted", right, ("call_control", "hosted"))
    if site.sbc is not None:
        yield Finding(("sbc",), "a hosted site has no pair", "keep one: this, or call_control: hosted", _NEEDS)
    if site.trunks:
        yield Finding(("trunks",), "a hosted site has no trunks, its provider has", "leave them out", _NEEDS)
    for name, device in site.devices.items():
        if device.role == "sbc":
            what = "a hosted site has no SBC"
            yield Finding(("devices", name, "role"), what, "leave the device out, or write call_control: pair", _NEEDS)
