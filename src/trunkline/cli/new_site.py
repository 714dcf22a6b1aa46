"""`trunkline new-site NAME`: a commented site file from a few answers or options."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from trunkline.cli.options import EstateOption, estate
from trunkline.console import out
from trunkline.errors import TrunklineError
from trunkline.model.estate import Estate, load_estate
from trunkline.model.new_site import HostedAnswers, SiteAnswers, site_file
from trunkline.model.read_files import check_site_text


class NotWrittenError(TrunklineError):
    """No site file was written."""


def command(
    site: Annotated[str, typer.Argument(help="Short name, as the file will be named.")],
    estate_option: EstateOption = None,
    name: Annotated[str | None, typer.Option(help="Full name.")] = None,
    call_control: Annotated[Literal["pair", "hosted"] | None, typer.Option(help="Who makes the calls.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166-1; by default the policy's.")] = None,
    timezone: Annotated[str | None, typer.Option(help="Name of the IANA list.")] = None,
    address: Annotated[str | None, typer.Option(help="Where an ambulance finds the site.")] = None,
    callback: Annotated[str | None, typer.Option(help="Whom the emergency services call back, +44...")] = None,
    phones: Annotated[int | None, typer.Option(min=0, help="How many phones there will be.")] = None,
    provider: Annotated[str | None, typer.Option(help="Of the main line, from the policy.")] = None,
    down: Annotated[str | None, typer.Option(help="Rate of the main line towards the site, 100M.")] = None,
    up: Annotated[str | None, typer.Option(help="Rate of the main line from the site, 20M.")] = None,
    wan_address: Annotated[str | None, typer.Option(help="Our address on it, 203.0.113.6/30, or dhcp.")] = None,
    gateway: Annotated[str | None, typer.Option(help="The provider's address on it.")] = None,
    server: Annotated[list[str] | None, typer.Option(help="Hosted: a server that phones register to.")] = None,
    media: Annotated[list[str] | None, typer.Option(help="Hosted: a prefix that media comes from.")] = None,
) -> None:
    """Write the file of a new site, with prefixes that no other site has; ask for what no option says.

    Example: trunkline new-site whitby --name "Whitby, Harbour" --call-control pair ...
    """
    chosen = estate(estate_option)
    path = chosen / "sites" / f"{site}.yml"
    if path.exists():
        raise NotWrittenError(f"{path} exists and was left as it is; choose another name or edit it")
    loaded = load_estate(chosen)
    policy = loaded.policy
    control = _asked("call-control", "Who makes the calls, a pair here or a hosted provider", call_control, "pair")
    hosted = control == "hosted"
    where = _asked("country", "Country", country, policy.dial_plan.country)
    line_provider = _asked("provider", f"Provider ({', '.join(policy.providers)})", provider)
    on_line = "dhcp" if hosted else None
    ours = _asked("wan-address", "Our address on the line, with /length, or dhcp", wan_address, on_line)
    if ours == "dhcp" and not hosted:
        raise NotWrittenError(
            f"{path} was not written: calls find a pair by an address that stays, and --wan-address dhcp has none; "
            "give the line's fixed address (203.0.113.6/30), or choose --call-control hosted"
        )
    answers = SiteAnswers(
        site=site,
        name=_asked("name", "Full name", name),
        call_control="hosted" if hosted else "pair",
        country=where,
        timezone=_asked("timezone", "Time zone", timezone, _timezone_of_others(loaded, where)),
        address=_asked("address", "Where an ambulance finds it", address),
        callback=_asked("callback", "Number that the emergency services call back", callback),
        phones=int(_asked("phones", "How many phones", None if phones is None else str(phones), "8")),
        provider=line_provider,
        down=_asked("down", "Rate towards the site", down, "100M"),
        up=_asked("up", "Rate from the site", up, "20M"),
        wan_address=ours,
        gateway="" if ours == "dhcp" else _asked("gateway", "The provider's address on the line", gateway),
        hosted=_hosted_answers(server, media) if hosted else None,
    )
    used = [network.prefix for other in loaded.sites.values() for network in other.networks.values()]
    _write(path, site_file(answers, policy, used), loaded)


def _asked(option: str, question: str, given: str | None, default: str | None = None) -> str:
    if given is not None:
        return given
    if sys.stdin.isatty():
        return str(typer.prompt(question, default=default))
    if default is not None:
        return default
    raise NotWrittenError(f"--{option} is missing, and there is no terminal to ask on")


def _hosted_answers(servers: Sequence[str] | None, media: Sequence[str] | None) -> HostedAnswers:
    asked_servers = servers or _asked("server", "Servers that phones register to", None).split()
    asked_media = media or _asked("media", "Prefixes that media comes from", None).split()
    return HostedAnswers(tuple(asked_servers), tuple(asked_media))


def _timezone_of_others(loaded: Estate, country: str) -> str | None:
    return next((site.timezone for site in loaded.sites.values() if site.country == country), None)


def _write(path: Path, text: str, loaded: Estate) -> None:
    """Write the file only where it is right: an answer that is not, is named."""
    problems = check_site_text(path, text, loaded.policy)
    if problems:
        mistakes = "\n".join(str(problem) for problem in problems)
        raise NotWrittenError(f"{path} was not written, because these answers would make a wrong file:\n{mistakes}")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    out().print(f"wrote {path}; add its phones, then `trunkline validate {path.stem}`", markup=False)
