"""Instants and amounts are printed as mariners write them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report_cases import OPEN_MS, small_run
from waterspace.domain import Participant
from waterspace.quantity import HOUR_MS, MINUTE_MS, SECOND_MS
from waterspace.reports.wording import NATION_SHAPES, NATION_SIGNS, Clockface, amount, lateness, nations, percentage


def test_an_instant_is_z_first_with_local_time_beside() -> None:
    moment = Clockface(9 * HOUR_MS).moment(OPEN_MS)
    assert (moment.zulu, moment.local, moment.iso) == ("200000Z JUL 23", "200900I JUL 23", "2023-07-20T00:00:00Z")
    assert Clockface(9 * HOUR_MS).offset == "+09:00"


def test_local_time_is_left_out_where_it_is_z() -> None:
    assert Clockface(0).moment(OPEN_MS).local == ""
    assert Clockface(0).offset == ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("closest_range_m", 22_224.0, ("closest range", "12.0 nm")),
        ("range_m", 926.0, ("range", "926 m")),
        ("speed_made_good_mps", 10.0, ("speed made good", "19.4 kn")),
        ("time_to_meet_ms", 14.6 * MINUTE_MS, ("time to meet", "15 min")),
        ("deck_wait_s", 95.0, ("deck wait", "1 min 35 s")),
        ("fired_ratio", 0.5, ("fired", "50 %")),
        ("firings_count", 12.0, ("firings", "12")),
        ("bearing_deg", 45.4, ("bearing", "045")),
        ("transferred_kg", 1_500_000.0, ("transferred", "1500 t")),
        ("state", "ready", ("state", "ready")),
        ("score", 0.123456789, ("score", "0.123457")),
    ],
)
def test_the_end_of_a_name_says_how_its_number_is_printed(
    name: str, value: float | str, words: tuple[str, str]
) -> None:
    found = amount(name, value)
    assert (found.name, found.text) == words


def test_what_is_neither_none_nor_all_never_reads_as_either() -> None:
    assert [percentage(ratio) for ratio in (None, 0.0, 0.001, 0.5, 0.9999, 1.0, 1.2)] == [
        "",
        "0 %",
        "< 1 %",
        "50 %",
        "> 99 %",
        "100 %",
        "120 %",
    ]


def test_lateness_is_to_the_minute() -> None:
    assert lateness(80 * MINUTE_MS) == "1 h 20 min late"
    assert lateness(-5 * MINUTE_MS) == "5 min early"
    assert lateness(59 * SECOND_MS) == "on time"


def test_nations_have_shapes_of_their_own_participants_first() -> None:
    found = nations(small_run().exercise)
    assert [(one.code, one.shape, one.participant) for one in found] == [
        ("CHN", "disc", True),
        ("RUS", "square", True),
        ("JPN", "triangle", False),
    ]
    assert {one.sign for one in found} <= set(NATION_SIGNS.values())


def test_there_are_as_many_signs_as_shapes_and_more_nations_than_shapes_do_no_harm() -> None:
    assert set(NATION_SHAPES) == set(NATION_SIGNS)
    many = {f"N{index:02d}": Participant(nation=f"N{index:02d}") for index in range(12)}
    exercise = replace(small_run().exercise, participants=many, units={}, observers={})
    assert len(nations(exercise)) == 12
