"""QoS of a router's lines: numbers by hand, from the calls to the shares."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.intent.estates import LEEDS, YORK, estate, named
from trunkline.intent import CapabilityError, Figure, build_intents, explain
from trunkline.intent.wan_queues import LinkQueues, WanQosIntent


def qos_of(folder: Path, site: str = LEEDS, **changes: object) -> WanQosIntent:
    loaded = estate(folder, site, **changes)
    (only,) = loaded.sites.values()
    intent = build_intents(only, loaded.policy)["edge1"].sections["qos"]
    assert isinstance(intent, WanQosIntent)
    return intent


def line(intent: WanQosIntent, interface: str) -> LinkQueues:
    return next(link for link in intent.links if link.interface == interface)


def value(intent: WanQosIntent, name: str) -> float | str:
    return named(intent.figures, name).value


def test_calls_follow_erlang_b(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    # 42 calls of 180 s: 2.1 E. Erlang B tables: B(6; 2.1) = 1.46 %, B(7; 2.1) = 0.44 %.
    assert value(intent, "offered traffic") == pytest.approx(2.1)
    assert value(intent, "simultaneous calls") == 7
    assert value(intent, "calls that find all busy") == pytest.approx(0.0044, abs=0.0001)


def test_g711_without_encryption_takes_87_2_kbits_on_ethernet(tmp_path: Path) -> None:
    intent = qos_of(tmp_path, trunks=["backup_sip"])
    assert value(intent, "fibre: packet") == 160 + 12 + 8 + 20 + 18
    assert value(intent, "fibre: one call, one direction") == pytest.approx(87.2)


def test_srtp_adds_its_tag_and_a_mobile_line_has_no_layer_2(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    assert value(intent, "fibre: one call, one direction") == pytest.approx(228 * 8 / 20)
    assert value(intent, "lte: one call, one direction") == pytest.approx(210 * 8 / 20)


def test_the_parts_of_a_packet_sum_to_the_packet(tmp_path: Path) -> None:
    for figure in qos_of(tmp_path).figures:
        if figure.name.endswith(": packet"):
            assert sum(float(part.value) for part in figure.inputs) == figure.value


def test_voice_gets_its_share_of_the_shaped_rate_rounded_up(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    fibre, lte = line(intent, "GigabitEthernet0/0/0"), line(intent, "Cellular0/1/0")
    assert fibre.shaped_bps == 19_000_000
    assert lte.shaped_bps == 4_250_000
    # 7 calls x 91.2 = 638.4 -> 639 of 19000 kbit/s: 3.4 %; 7 x 84 = 588 of 4250 kbit/s: 13.8 %.
    assert [queue.priority_percent for queue in fibre.classes] == [4, None, None, None, None]
    assert [queue.priority_percent for queue in lte.classes] == [14, None, None, None, None]


def test_other_classes_share_what_voice_leaves_and_sum_to_all_of_it(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    for link in intent.links:
        assert [queue.remaining_percent for queue in link.classes] == [None, 2, 40, 5, 53]
        assert sum(queue.remaining_percent or 0 for queue in link.classes) == 100
    # 19000 x 96 % x 40 %
    assert value(intent, "fibre: business, at least") == 7296


def test_bulk_is_capped_on_backup_lines_only(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    caps = [[queue.cap_bps for queue in link.classes] for link in intent.links]
    assert caps == [[None] * 5, [None, None, None, 1_000_000, None]]


def test_incoming_calls_are_recognised_by_their_senders(tmp_path: Path) -> None:
    intent = qos_of(tmp_path)
    senders = {sources.name: [str(entry.source.prefix) for entry in sources.entries] for sources in intent.access_lists}
    assert senders == {
        "TRUNKLINE-MARK-VOICE": ["198.51.100.0/26", "203.0.113.40/32"],
        "TRUNKLINE-MARK-SIGNALLING": ["198.51.100.0/26", "203.0.113.40/32"],
    }
    assert [mark.dscp for mark in intent.marks_in] == [46, 24]


def test_hosted_calls_are_recognised_by_the_provider_and_its_ports(tmp_path: Path) -> None:
    intent = qos_of(tmp_path, YORK)
    voice, signalling = intent.access_lists
    assert [(str(entry.source.prefix), str(entry.source.ports)) for entry in voice.entries] == [
        ("198.51.100.128/25", "16384-32767")
    ]
    assert [(entry.protocol, str(entry.source.ports)) for entry in signalling.entries] == [
        ("udp", "5060-5060"),
        ("tcp", "5060-5060"),
        ("tcp", "5061-5061"),
    ]


def test_a_line_that_voice_fills_is_refused_with_the_arithmetic(tmp_path: Path) -> None:
    # 638.4 kbit/s fit into 650k, and not into the 617 that are left after shaping.
    wan = [
        {"name": "dsl", "provider": "zen", "interface": "edge1:GigabitEthernet0/0/0", "down": "1M", "up": "650k"}
        | {"address": "203.0.113.2/30", "gateway": "203.0.113.1"}
    ]
    with pytest.raises(CapabilityError) as refused:
        qos_of(tmp_path, wan=wan)
    (problem,) = refused.value.problems
    assert problem.field == "wan.0.up"
    assert problem.what == (
        "dsl: voice = 639 kbit/s leaves less than 1 % of dsl: shaped rate = 617 kbit/s to everything else"
    )
    assert problem.line == 1 + (tmp_path / "sites" / "leeds.yml").read_text().splitlines().index("  up: 650k")


def test_a_site_without_calls_keeps_one_percent_for_voice(tmp_path: Path) -> None:
    intent = qos_of(tmp_path, people={"busy_hour_calls": 0, "mean_call_s": 180})
    assert line(intent, "GigabitEthernet0/0/0").classes[0].priority_percent == 1


def test_a_site_that_narrows_blocking_gets_more_lines(tmp_path: Path) -> None:
    intent = qos_of(tmp_path, narrow={"voice": {"blocking": 0.001}})
    # B(8; 2.1) = 0.12 %, B(9; 2.1) = 0.03 %
    assert value(intent, "simultaneous calls") == 9


def test_a_name_that_the_router_would_refuse_is_refused_with_its_line(tmp_path: Path) -> None:
    wan = [
        {"name": "fibre-in-the-basement-left-side", "provider": "zen", "interface": "edge1:GigabitEthernet0/0/0"}
        | {"down": "100M", "up": "20M", "address": "203.0.113.2/30", "gateway": "203.0.113.1"}
    ]
    with pytest.raises(CapabilityError, match="boxes take 40 letters") as refused:
        qos_of(tmp_path, wan=wan)
    assert {problem.field for problem in refused.value.problems} == {"wan.0.name"}


def test_every_figure_names_its_source_and_can_be_filled_in(tmp_path: Path) -> None:
    loaded = estate(tmp_path)
    figures = explain(loaded.sites["leeds"], loaded.policy, "edge1", "qos")
    assert all(figure.source and figure.filled for figure in figures)
    share = named(figures, "fibre: voice share")
    assert share.symbolic == "max(1, ceil(voice / shaped * 100))"
    assert share.filled == "max(1, ceil(639 kbit/s / 19000 kbit/s * 100))"


def test_a_figure_whose_formula_misses_an_input_is_refused() -> None:
    with pytest.raises(ValueError, match="the formula names"):
        Figure("share", 1, "%", "{voice} / {line}", (), "")
