"""Word between units travels over the links of the exercise: at once, late, or never."""

from __future__ import annotations

from dataclasses import replace

import pytest

from script_cases import HERE, Acts, at_sea, install, kinds, scripted
from waterspace.domain import Event, Link, Proceed, Send, Wait, WakeReason
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import destination
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS

HEEDING = Wait(duration_ms=2 * HOUR_MS, heeds=frozenset({WakeReason.MESSAGE}))
TEN_HOURS_MS = 10 * HOUR_MS


@pytest.fixture(autouse=True)
def _types(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch.setattr)


def told(*links: Link, seed: int = 1, sender: Acts | None = None) -> tuple[Event, ...]:
    """The events of a run in which A sends word to B, five miles off, at ten o'clock."""
    acts = {"A": sender or Acts(orders=(Send(to="B", text="join me"),)), "B": Acts(orders=(HEEDING,))}
    plan = at_sea(scripted("S1", 10, acts))
    return rehearse(replace(plan, links={link.id: link for link in links}), seed).events


def arrived_ms(events: tuple[Event, ...]) -> list[int]:
    return [event.time_ms - TEN_HOURS_MS for event in kinds(events, "act.done") if "message" in event.text]


def test_without_links_word_arrives_at_once() -> None:
    assert arrived_ms(told()) == [0]


def test_a_link_in_range_takes_its_delay() -> None:
    assert arrived_ms(told(Link(id="V", range_m=6.0 * NAUTICAL_MILE_M, delay_ms=7 * SECOND_MS))) == [7 * SECOND_MS]


def test_line_of_sight_reaches_a_ship_five_miles_off() -> None:
    assert arrived_ms(told(Link(id="V"))) == [0]


def test_the_first_link_of_the_file_that_reaches_is_taken() -> None:
    short = Link(id="PT", range_m=NAUTICAL_MILE_M)
    slow = Link(id="HF", range_m=900.0 * NAUTICAL_MILE_M, delay_ms=MINUTE_MS)
    quick = Link(id="VHF", delay_ms=SECOND_MS)
    assert arrived_ms(told(short, slow, quick)) == [MINUTE_MS]


def test_a_set_that_one_of_them_lacks_reaches_nobody() -> None:
    events = told(Link(id="V", units=("A", "C")))
    assert arrived_ms(events) == []
    assert [event.text for event in kinds(events, "message.waiting")] == ["A cannot reach B"]
    assert kinds(events, "message.lost")


def test_word_that_does_not_reach_is_tried_again_until_it_does() -> None:
    """A closes B at 12 knots from five miles, and reaches it at two: a quarter of an hour later."""
    beside = Proceed(waypoints=(destination(HERE, 90.0, 5.0 * NAUTICAL_MILE_M),), speed_mps=12.0 * KNOT_MPS)
    events = told(
        Link(id="PT", range_m=2.01 * NAUTICAL_MILE_M), sender=Acts(orders=(Send(to="B", text="join me"), beside))
    )
    assert arrived_ms(events) == [15 * MINUTE_MS]


def test_an_outage_holds_word_up() -> None:
    worn = Link(id="V", works_mean_ms=HOUR_MS, repair_mean_ms=HOUR_MS)
    times = [arrived_ms(told(worn, seed=seed)) for seed in range(40)]
    at_once = sum(found == [0] for found in times)
    # Both sets work a half of the time, so a quarter of the calls go through; 40 runs, four standard deviations.
    assert at_once / 40 == pytest.approx(0.25, abs=0.28)
    assert any(found and found[0] % (5 * MINUTE_MS) == 0 and found[0] > 0 for found in times)


def test_a_serial_is_told_unit_by_unit() -> None:
    events = told(
        Link(id="V", units=("A", "B")),
        sender=Acts(orders=(Send(to="S1", text="all stations"), HEEDING)),
    )
    assert sorted(event.text for event in kinds(events, "act.done") if "message" in event.text) == [
        "A message 'all stations' from 'A'",
        "B message 'all stations' from 'A'",
    ]


def test_a_link_reaches_as_far_as_the_antennas_of_the_classes() -> None:
    """Five miles off is beyond the horizon of two masts of one metre, and not of those of a usual ship."""
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(Send(to="B", text="x"),)), "B": Acts(orders=(HEEDING,))}))
    low = {key: replace(platform, radar_height_m=1.0) for key, platform in plan.platforms.items()}
    found = [
        arrived_ms(rehearse(replace(plan, links={"V": Link(id="V")}, platforms=platforms)).events)
        for platforms in (plan.platforms, low)
    ]
    assert found == [[0], []]
