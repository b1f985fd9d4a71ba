"""A communications check reaches who is in reach, as often as luck has it, and moves nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from serial_cases import HERE, START_MS, briefing_of, exercise_of, rehearsed
from waterspace.domain import Exercise, Link, OutsideEvent, OutsideKind, SerialStatus
from waterspace.engine import rehearse
from waterspace.geometry.geodesic import destination
from waterspace.phenomena.heights import radio_m
from waterspace.phenomena.horizon import radio_range_m
from waterspace.quantity import MINUTE_MS, SECOND_MS
from waterspace.serials.communications_check import SERIAL_TYPE, CommunicationsCheckParameters

ROLES = {"control": ["frigate"], "stations": ["frigate", "tanker"]}
SURE = CommunicationsCheckParameters(answer_ratio=1.0)


def placed(exercise: Exercise, ranges_m: dict[str, float | None]) -> Exercise:
    """The same exercise with units north of the place of the serial, or without a place."""
    units = {
        name: replace(unit, start=None, home=None)
        if ranges_m[name] is None
        else replace(unit, start=destination(HERE, 0.0, ranges_m[name] or 0.0), home=None)
        for name, unit in exercise.units.items()
    }
    return replace(exercise, units=units)


def test_nobody_moves_and_nothing_is_claimed() -> None:
    briefing = briefing_of(exercise_of("communications_check", ROLES, area=None))
    assert SERIAL_TYPE.plan(briefing) == {}
    assert SERIAL_TYPE.reservations(briefing, {}) == ()
    assert not SERIAL_TYPE.exclusive
    assert not SERIAL_TYPE.needs(SURE).area


def test_it_takes_as_long_as_every_call_made_as_often_as_may_be() -> None:
    exercise = exercise_of("communications_check", ROLES, SURE, duration_ms=None)
    duration_ms = SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"])
    assert duration_ms == 3 * (5 * MINUTE_MS + 2 * 3 * 30 * SECOND_MS)
    silent = replace(SURE, line_of_sight_count=0, long_range_count=0)
    exercise = exercise_of("communications_check", ROLES, silent, duration_ms=None)
    assert SERIAL_TYPE.duration_ms(exercise, exercise.serials["S1"]) is None


def test_in_reach_and_with_luck_everyone_answers_the_first_call() -> None:
    exercise = exercise_of("communications_check", ROLES, SURE, area=None)
    near = placed(exercise, {"control1": 0.0, "stations1": 10_000.0, "stations2": 20_000.0})
    run = rehearsed(near)
    assert run.record.status is SerialStatus.COMPLETED
    assert len(run.kinds("communications.contact")) == 6
    assert (run.value("contact_ratio"), run.value("first_call_ratio")) == (1.0, 1.0)
    assert run.value("calls_count") == run.value("contacts_count") == 6.0
    assert all(not leg for leg in run.tracks.values())


@pytest.mark.parametrize("antenna_m", [None, 20.0], ids=["of the class", "of the planner"])
def test_beyond_line_of_sight_only_the_long_range_circuit_answers(antenna_m: float | None) -> None:
    """Antennas are as high as those of the links and radars of the same ships, but where the planner says better."""
    exercise = exercise_of("communications_check", ROLES, replace(SURE, ship_antenna_m=antenna_m), area=None)
    low_m, high_m = (antenna_m or radio_m(exercise.platform(unit)) for unit in ("control1", "stations1"))
    reach_m = radio_range_m(low_m, high_m)
    edge = placed(exercise, {"control1": 0.0, "stations1": reach_m - 100.0, "stations2": reach_m + 100.0})
    run = rehearsed(edge)
    reached = {(event.data["station"], event.data["circuit"]) for event in run.kinds("communications.contact")}
    assert reached == {("stations1", 1), ("stations1", 2), ("stations1", 3), ("stations2", 3)}
    assert run.value("contact_ratio") == pytest.approx(4 / 6)
    assert {event.data["calls_count"] for event in run.kinds("communications.silence")} == {3}


def test_antennas_ashore_and_in_the_air_reach_farther() -> None:
    exercise = exercise_of(
        "communications_check", {"control": ["headquarters"], "stations": ["helicopter"]}, SURE, area=None
    )
    far = placed(exercise, {"control1": 0.0, "stations1": 100_000.0})
    far = replace(far, units={name: replace(unit, home=unit.start, start=None) for name, unit in far.units.items()})
    assert rehearsed(far).value("contact_ratio") == 1.0


def test_a_station_whose_place_is_not_known_is_not_called() -> None:
    exercise = exercise_of("communications_check", ROLES, SURE, area=None)
    run = rehearsed(placed(exercise, {"control1": 0.0, "stations1": None, "stations2": 1000.0}))
    assert {event.data["station"] for event in run.kinds("communications.contact")} == {"stations2"}


def test_nobody_answers_where_nobody_can() -> None:
    deaf = replace(SURE, answer_ratio=0.0, attempts_count=2)
    run = rehearsed(exercise_of("communications_check", ROLES, deaf, area=None))
    assert (run.value("calls_count"), run.value("contact_ratio")) == (12.0, 0.0)


def test_without_a_control_station_the_first_unit_calls_and_alone_it_calls_nobody() -> None:
    run = rehearsed(exercise_of("communications_check", {"stations": ["frigate", "frigate"]}, SURE, area=None))
    assert {event.unit for event in run.kinds("communications.contact") + run.kinds("communications.silence")} == {
        "stations1"
    }
    alone = rehearsed(exercise_of("communications_check", {"control": ["frigate"]}, SURE, area=None))
    assert {measure.name for measure in alone.measures} == {
        "calls_count",
        "contacts_count",
        "relayed_count",
        "out_of_reach_count",
    }


def test_luck_differs_by_seed_and_not_by_chance() -> None:
    exercise = exercise_of("communications_check", ROLES, area=None)
    near = placed(exercise, {"control1": 0.0, "stations1": 10_000.0, "stations2": 20_000.0})
    assert rehearsed(near, 3).digest == rehearsed(near, 3).digest
    assert len({rehearsed(near, seed).value("calls_count") for seed in range(8)}) > 1


def test_a_station_more_does_not_change_the_luck_of_the_others() -> None:
    def calls(stations: list[str]) -> dict[object, object]:
        roles = {"control": ["frigate"], "stations": stations}
        exercise = exercise_of("communications_check", roles, area=None)
        ranges_m: dict[str, float | None] = {name: 1000.0 * len(name) for name in exercise.units}
        run = rehearsed(placed(exercise, ranges_m), 5)
        found = run.kinds("communications.contact") + run.kinds("communications.silence")
        return {(event.data["station"], event.data["circuit"]): event.data["calls_count"] for event in found}

    few, many = calls(["frigate"]), calls(["frigate", "tanker"])
    assert {key: many[key] for key in few} == few
    assert START_MS > 0


def test_a_relay_within_reach_of_both_passes_calls_on_and_takes_time_for_it() -> None:
    reach_m = radio_range_m(20.0, 20.0)
    roles = {"control": ["frigate"], "stations": ["frigate", "frigate"], "relay": ["frigate"]}
    once = replace(SURE, long_range_count=0, line_of_sight_count=1, ship_antenna_m=20.0)
    exercise = exercise_of("communications_check", roles, once, area=None)
    ranges_m: dict[str, float | None] = {
        "control1": 0.0,
        "stations1": 1.8 * reach_m,
        "stations2": 2.2 * reach_m,
        "relay1": 0.9 * reach_m,
    }
    run = rehearsed(placed(exercise, ranges_m))
    contacts = {event.data["station"]: event for event in run.kinds("communications.contact")}
    assert set(contacts) == {"stations1", "relay1"}
    assert contacts["stations1"].data["hops_count"] == 2
    assert contacts["stations1"].time_ms == START_MS + 5 * MINUTE_MS + 2 * 30 * SECOND_MS
    assert (run.value("relayed_count"), run.value("out_of_reach_count")) == (1.0, 1.0)
    assert run.value("farthest_contact_m") == pytest.approx(0.9 * reach_m, abs=1.0)
    assert run.value("tried_ratio") == 1.0
    alone = {name: range_m for name, range_m in ranges_m.items() if name != "relay1"} | {"relay1": 5.0 * reach_m}
    assert rehearsed(placed(exercise, alone)).value("relayed_count") == 0.0


def test_a_check_that_is_told_to_stop_says_what_is_left() -> None:
    exercise = placed(
        exercise_of("communications_check", ROLES, SURE, area=None),
        {"control1": 0.0, "stations1": 10_000.0, "stations2": 20_000.0},
    )
    stop = OutsideEvent(at_ms=START_MS + 7 * MINUTE_MS, kind=OutsideKind.CANCEL, to="S1", text="fog")
    (told,) = [e for e in rehearse(exercise, 1, journal=(stop,)).events if e.kind == "communications.broken_off"]
    assert told.data["left_count"] == 4


def test_a_link_of_one_metre_silences_every_station_on_every_circuit() -> None:
    exercise = exercise_of("communications_check", ROLES, SURE, area=None)
    near = placed(exercise, {"control1": 0.0, "stations1": 10_000.0, "stations2": 20_000.0})
    run = rehearsed(replace(near, links={"V": Link(id="V", range_m=1.0)}))
    assert run.kinds("communications.contact") == []
    assert (run.value("contact_ratio"), run.value("out_of_reach_count")) == (0.0, 6.0)
    free = rehearsed(replace(near, links={"V": Link(id="V", range_m=1e6)}))
    assert free.value("contact_ratio") == 1.0
    assert [e.time_ms for e in free.kinds("communications.contact")] == [
        e.time_ms for e in rehearsed(near).kinds("communications.contact")
    ]


def test_a_station_without_the_set_is_not_reached_and_a_relay_needs_a_link_to_both() -> None:
    roles = {"control": ["frigate"], "stations": ["frigate"], "relay": ["frigate"]}
    exercise = exercise_of("communications_check", roles, SURE, area=None)
    near = placed(exercise, {"control1": 0.0, "stations1": 10_000.0, "relay1": 5_000.0})
    first, second = Link(id="V", units=("control1", "relay1")), Link(id="U", units=("relay1", "stations1"))
    alone, both = (rehearsed(replace(near, links=links)) for links in ({"V": first}, {"V": first, "U": second}))
    assert {event.data["station"] for event in alone.kinds("communications.contact")} == {"relay1"}
    # Two line-of-sight circuits go through the relay; the long-range one has no relay, and no link either.
    assert both.value("relayed_count") == 2.0
    assert both.value("out_of_reach_count") == 1.0
