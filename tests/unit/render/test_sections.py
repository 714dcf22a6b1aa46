"""Rendering: text as the box prints it, and what is refused before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.intent.estates import LEEDS, YORK, estate
from trunkline.change.ownership import load_rules
from trunkline.change.remediate import remediate
from trunkline.devices.statements import load_table
from trunkline.intent import BoxIntent, CapabilityError, build_intents
from trunkline.intent.plain import plain
from trunkline.intent.sections.media_firewall import MediaFirewallIntent
from trunkline.render import (
    LeftoverMarkupError,
    RenderError,
    UnprintableLetterError,
    environment,
    render_box,
    render_section,
    sections,
)
from trunkline.render.environment import ROLES


@pytest.fixture(params=[LEEDS, YORK], ids=["leeds", "york"])
def boxes(request: pytest.FixtureRequest, tmp_path: Path) -> list[BoxIntent]:
    loaded = estate(tmp_path, request.param)
    (only,) = loaded.sites.values()
    return list(build_intents(only, loaded.policy).values())


@pytest.fixture
def router(tmp_path: Path) -> BoxIntent:
    loaded = estate(tmp_path)
    return build_intents(loaded.sites["leeds"], loaded.policy)["edge1"]


@pytest.fixture
def roles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of roles of our own, with nothing cached from the real one."""
    folder = tmp_path / "roles"
    forget()
    monkeypatch.setattr(environment, "ROLES", folder)
    monkeypatch.setattr(sections, "ROLES", folder)
    yield folder
    forget()


def forget() -> None:
    for cached in (environment.environment, sections._exists, sections._template):
        cached.cache_clear()


def write(roles: Path, section: str, text: str) -> None:
    template = roles / section / "templates" / "ios_xe.j2"
    template.parent.mkdir(parents=True)
    template.write_text(text)


def test_the_shaper_of_a_line_reads_as_the_router_prints_it(router: BoxIntent) -> None:
    text = render_section(router, "qos").text
    assert (
        "policy-map TRUNKLINE-QUEUES-LTE\n"
        " class TRUNKLINE-VOICE\n"
        "  priority percent 14\n"
        " class TRUNKLINE-SIGNALLING\n"
        "  bandwidth remaining percent 2\n"
        " class TRUNKLINE-BUSINESS\n"
        "  bandwidth remaining percent 40\n"
        " class TRUNKLINE-BULK\n"
        "  bandwidth remaining percent 5\n"
        "  shape average 1000000\n"
        " class class-default\n"
        "  bandwidth remaining percent 53\n"
        "policy-map TRUNKLINE-WAN-LTE\n"
        " class class-default\n"
        "  shape average 4250000\n"
        "   service-policy TRUNKLINE-QUEUES-LTE\n"
    ) in text


def test_every_line_is_known_to_the_engine_and_owned_by_its_role(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        table = load_table(box.platform)
        texts = {rendered.section: rendered.text for rendered in render_box(box)}
        assert remediate(table, "", texts, load_rules(table, ROLES))


def test_a_box_that_prints_our_text_needs_nothing(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        table = load_table(box.platform)
        texts = {rendered.section: rendered.text for rendered in render_box(box)}
        running = "!\n".join(texts.values()) + "end\n"
        assert remediate(table, running, texts, load_rules(table, ROLES)).commands == ()


def test_what_the_site_no_longer_has_leaves_the_box(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        table = load_table(box.platform)
        texts = {rendered.section: rendered.text for rendered in render_box(box)}
        running = "!\n".join(texts.values()) + "end\n"
        gone = remediate(table, running, dict.fromkeys(texts, ""), load_rules(table, ROLES))
        named = set(re.findall(r"TRUNKLINE-[\w-]+", running))
        removed = {
            name for command in gone.commands for name in re.findall(r"TRUNKLINE-[\w-]+", " ".join(command.lines))
        }
        assert removed >= named - {"TRUNKLINE-DATA", "TRUNKLINE-VOICE", "TRUNKLINE-SBC"}


def test_no_line_ends_in_a_blank_and_every_text_in_a_line_end(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        for rendered in render_box(box):
            assert not re.search(r"[ \t]$|\n\n", rendered.text, re.MULTILINE)
            assert rendered.text.endswith("\n")


def test_templates_render_the_same_from_plain_variables(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        for rendered in render_box(box):
            template = environment.environment().get_template(str(rendered.template.relative_to(ROLES)))
            assert template.render({rendered.section: plain(box.sections[rendered.section])}) == rendered.text


def test_a_switch_that_has_no_sip_alg_says_so_and_gets_no_command(boxes: list[BoxIntent]) -> None:
    switches = [box for box in boxes if box.platform == "eos"]
    for box in switches:
        assert render_section(box, "sip_alg").text.startswith("! EOS has no SIP ALG")


def test_n12_no_template_writes_shutdown_or_its_absence(boxes: list[BoxIntent]) -> None:
    for box in boxes:
        assert not any("shutdown" in rendered.text for rendered in render_box(box))


@pytest.mark.parametrize("marker", ["{{", "{%", "{#"])
def test_n26_markup_that_was_never_filled_in_is_refused(router: BoxIntent, roles: Path, marker: str) -> None:
    write(roles, "qos", f"! ok\n{{{{ '{marker}' }}}} site.name\n")
    with pytest.raises(LeftoverMarkupError) as refused:
        render_section(router, "qos")
    message = str(refused.value)
    assert "qos/templates/ios_xe.j2: leeds-edge1: line 2" in message
    assert marker in message


def test_n26_an_undefined_value_is_refused_by_name(router: BoxIntent, roles: Path) -> None:
    write(roles, "qos", "description {{ qos.nmae }}\n")
    with pytest.raises(RenderError, match=r"qos/templates/ios_xe\.j2: leeds-edge1: .*nmae"):
        render_section(router, "qos")


def test_n26_a_template_that_is_none_is_refused(router: BoxIntent, roles: Path) -> None:
    write(roles, "qos", "{% for link in qos.links %}\n")
    with pytest.raises(RenderError, match=r"qos/templates/ios_xe\.j2: line 1: "):
        render_section(router, "qos")


def test_n54_a_letter_that_the_router_cannot_store_is_refused_by_letter(router: BoxIntent) -> None:
    firewall = router.sections["media_firewall"]
    assert isinstance(firewall, MediaFirewallIntent)
    link = firewall.links[0]
    entries = (replace(link.access_list.entries[0], remark="B\u00fcro"), *link.access_list.entries[1:])
    umlaut = replace(firewall, links=(replace(link, access_list=replace(link.access_list, entries=entries)),))
    with pytest.raises(UnprintableLetterError) as refused:
        render_section(replace(router, sections={"media_firewall": umlaut}), "media_firewall")
    message = str(refused.value)
    assert "media_firewall/templates/ios_xe.j2: leeds-edge1: line 2 holds '\u00fc' (U+00FC)" in message
    assert "10 remark B\u00fcro" in message


def test_n54_a_control_letter_is_refused_on_every_platform(router: BoxIntent, roles: Path) -> None:
    write(roles, "qos", "! a\x07b\n")
    with pytest.raises(UnprintableLetterError, match=r"U\+0007"):
        render_section(router, "qos")


def test_a_section_without_a_template_is_refused_with_the_line_of_the_device(router: BoxIntent, tmp_path: Path) -> None:
    other = replace(router, platform="nxos")
    with pytest.raises(CapabilityError) as refused:
        render_box(other)
    assert len(refused.value.problems) == len(router.sections)
    problem = next(each for each in refused.value.problems if each.what.startswith("qos"))
    assert problem.what == "qos is needed on leeds-edge1, and cannot be written for nxos"
    assert problem.right == "the role qos knows eos, ios_xe"
    assert problem.file == str(tmp_path / "sites" / "leeds.yml")
    assert problem.line == router.position.line > 1
