"""The boxes of an estate as targets: the way there, user and password, recorded identities."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import SecretStr

from trunkline.devices.registry import platform, platforms
from trunkline.devices.target import Target
from trunkline.errors import TrunklineError
from trunkline.model.estate import Estate
from trunkline.model.vault import Vault

KNOWN_HOSTS = "known_hosts"
KNOWN_CERTIFICATES = "known_certificates.yml"


class NoSuchHost(TrunklineError):
    """A box was asked for that no site of the estate has."""


def targets(estate: Estate, vault: Vault | None, hosts: Collection[str]) -> Mapping[str, Target]:
    """Return the targets of those hosts that have a driver; servers have none, Ansible reaches them.

    Without a vault they are good for looking at who a box is, not for logging in.
    """
    management = estate.policy.management
    password = vault.secret(management.password) if vault else SecretStr("")
    _require_known(estate, hosts)
    found: dict[str, Target] = {}
    for site in estate.sites.values():
        for name, device in site.devices.items():
            host = site.host(name)
            if host not in hosts or device.platform not in platforms():
                continue
            way = estate.access.get(host)
            found[host] = Target(
                host=host,
                site=site.site,
                platform=device.platform,
                address=way.host if way else str(device.address),
                port=way.port if way and way.port else platform(device.platform).wire.port,
                user=management.user,
                password=password,
                known_hosts=estate.path / KNOWN_HOSTS,
                known_certificates=estate.path / KNOWN_CERTIFICATES,
                old_ssh=bool(way and way.old_ssh),
            )
    return found


def _require_known(estate: Estate, hosts: Collection[str]) -> None:
    known = {site.host(name) for site in estate.sites.values() for name in site.devices}
    if unknown := sorted(set(hosts) - known):
        raise NoSuchHost(f"{estate.path} has no box {', '.join(unknown)}; there are {', '.join(sorted(known))}")
