"""A stranger inside a hot danger area stops the firing until it is clear, as soon as somebody knows."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serial_cases import HERE, START_MS, Rehearsed, exercise_of, rehearsed
from waterspace import planfile
from waterspace.domain import (
    RANGE_NEWS,
    SURFACE,
    Band,
    Circle,
    Event,
    Exercise,
    Hazard,
    Leg,
    MovingBox,
    Observer,
    OutsideEvent,
    OutsideKind,
    Record,
    Reservation,
    Sensors,
    Serial,
    Unit,
    Wait,
    Weather,
    Window,
)
from waterspace.engine import Rehearsal, danger, rehearse
from waterspace.engine import sea as sea_module
from waterspace.engine.around import Around, Stranger
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import hold, legs_in_window, position_at
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M, SECOND_MS
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan, Role, Script, SerialParameters, SerialType, Stage
from waterspace.serials.gunnery import GunneryParameters
from waterspace.serials.transit import TransitParameters

ROLES = {"firing": ["frigate", "frigate"], "target": ["tanker"], "safety": ["frigate"]}
RADIUS_M = 5.0 * NAUTICAL_MILE_M
BLIND = Sensors(ais=False, radar=False, lookout=False)
SHARP = Sensors(radar_mean_ms=1, lookout_mean_ms=1)


def firing(duration_h: float = 4.0, **parameters: object) -> Exercise:
    """A gunnery practice in a circle of 5 nm about HERE; its runs begin half an hour after START_MS."""
    asked = GunneryParameters(**parameters)  # type: ignore[arg-type]
    return exercise_of("gunnery", ROLES, asked, duration_ms=round(duration_h * HOUR_MS))


def crossing(
    exercise: Exercise, *, middle_h: float = 1.0, off_m: float = 2000.0, knots: float = 12.0, half_nm: float = 20.0
) -> Exercise:
    """The same with a ship that watches, and goes east through the area, abeam of its middle at an hour."""
    beside, half_m = destination(HERE, 0.0, off_m), half_nm * NAUTICAL_MILE_M
    route = destination(beside, 270.0, half_m), destination(beside, 90.0, half_m)
    half_ms, middle_ms = round(half_m / (knots * KNOT_MPS) * SECOND_MS), START_MS + round(middle_h * HOUR_MS)
    window = Window(start_ms=middle_ms - half_ms, end_ms=middle_ms + half_ms)
    ship = Observer(id="OTHER", name="Other", nation="JPN", platform="tanker", window=window, route=route)
    return replace(exercise, observers={**exercise.observers, "OTHER": ship})


def track_of(exercise: Exercise, ship: str = "OTHER") -> tuple[Leg, ...]:
    return Around(exercise, 1).legs(f"context.{ship}")


def bisected_ms(legs: tuple[Leg, ...], from_ms: int, to_ms: int) -> int:
    """When a track passes the edge between two instants, one of which is inside: an oracle that samples and halves."""

    def is_inside(time_ms: int) -> bool:
        return distance_m(position_at(legs, time_ms), HERE) <= RADIUS_M

    assert is_inside(from_ms) != is_inside(to_ms)
    while to_ms - from_ms > 1:
        middle_ms = (from_ms + to_ms) // 2
        from_ms, to_ms = (middle_ms, to_ms) if is_inside(middle_ms) == is_inside(from_ms) else (from_ms, middle_ms)
    return to_ms


def spans(events: tuple[Event, ...], begin: str, end: str, end_ms: int) -> list[Window]:
    """Between events of two kinds; the last one may be open."""
    found: list[Window] = []
    since_ms: int | None = None
    for event in events:
        if event.kind == begin and since_ms is None:
            since_ms = event.time_ms
        elif event.kind == end and since_ms is not None:
            found.append(Window(start_ms=since_ms, end_ms=event.time_ms))
            since_ms = None
    return found if since_ms is None else [*found, Window(start_ms=since_ms, end_ms=end_ms)]


def firings(run: Rehearsed, firing_ms: int = 2 * MINUTE_MS) -> list[Window]:
    """Who fired from when until when."""
    ceased = {(event.unit, event.data["run"]): event.time_ms for event in run.kinds("firing.ceased")}
    return [
        Window(start_ms=event.time_ms, end_ms=ceased.get((event.unit, event.data["run"]), event.time_ms + firing_ms))
        for event in run.kinds("firing.run")
    ]


# ------------------------------------------------------------------------------------------------ where it is not asked


def test_where_the_file_asks_for_nothing_the_run_is_as_it_always_was() -> None:
    plain = rehearsed(firing())
    assert not any(event.kind in {"range.watched", "range.entered", "range.secured"} for event in plain.events)
    assert plain.digest == rehearsed(crossing(firing())).digest
    assert "exposed_ms" not in {measure.name for measure in plain.measures}


def test_a_watch_that_sees_nobody_leaves_the_firing_as_planned() -> None:
    planned, watched = rehearsed(firing(foul_ratio=0.0)), rehearsed(replace(firing(), sensors=Sensors()))
    assert [(event.time_ms, event.unit) for event in watched.kinds("firing.run")] == [
        (event.time_ms, event.unit) for event in planned.kinds("firing.run")
    ]
    (secured,) = watched.kinds("range.secured")
    assert secured.text == "range secured: no strangers inside, never fouled"
    assert (watched.value("exposed_ms"), watched.value("unsafe_count"), watched.value("foul_count")) == (0.0, 0.0, 0.0)
    assert watched.record.actual == planned.record.actual


def test_chance_fouls_no_range_that_is_watched() -> None:
    run = rehearsed(replace(firing(foul_ratio=1.0), sensors=Sensors()))
    assert (run.value("fired_ratio"), run.value("foul_count")) == (1.0, 0.0)
    assert rehearsed(firing(foul_ratio=1.0)).value("fired_ratio") == 0.0


# ------------------------------------------------------------------------------------------------ one ship that crosses


def test_a_ship_enters_and_leaves_at_the_solved_instants_and_the_firing_stops_and_goes_on() -> None:
    exercise = replace(crossing(firing()), sensors=Sensors())
    run, legs = rehearsed(exercise), track_of(exercise)
    (entered,), (left,) = run.kinds("range.entered"), run.kinds("range.left")
    middle_ms = START_MS + HOUR_MS
    assert entered.time_ms == pytest.approx(bisected_ms(legs, legs[0].start_ms, middle_ms), abs=10)
    assert left.time_ms == pytest.approx(bisected_ms(legs, middle_ms, legs[-1].end_ms), abs=10)
    (fouled,), (clear,) = run.kinds("range.fouled"), run.kinds("range.clear")
    waits = {event.unit: int(event.data["waited_ms"]) for event in run.kinds("firing.waited")}
    assert set(waits) == {"firing1", "firing2"}
    assert run.value("waited_ms") == max(waits.values()) <= clear.time_ms - fouled.time_ms
    assert fouled.time_ms == entered.time_ms - Sensors().warning_ms
    assert clear.time_ms == left.time_ms
    assert entered.position is not None
    assert distance_m(entered.position, HERE) == pytest.approx(RADIUS_M, abs=1.0)
    assert all(not (fouled.time_ms <= event.time_ms < clear.time_ms) for event in run.kinds("firing.run"))
    assert (run.value("fired_ratio"), run.value("unsafe_count"), run.value("exposed_ms")) == (1.0, 0.0, 0.0)
    assert run.value("checked_ms") == clear.time_ms - fouled.time_ms
    assert max(event.time_ms for event in run.kinds("firing.run")) > clear.time_ms


def test_the_same_seed_gives_the_same_digest_and_the_sight_of_another_seed_differs() -> None:
    exercise = replace(crossing(firing()), sensors=Sensors())
    assert rehearsed(exercise).digest == rehearsed(exercise).digest
    seen = {rehearsed(exercise, seed).kinds("range.fouled")[0].data["known_ms"] for seed in range(4)}
    assert len(seen) == 4


def test_a_ship_that_is_noticed_while_another_fires_makes_it_cease() -> None:
    entry_min = 36.0 + 5.0  # the first to fire does so from 35 to 37 min; five minutes are the warning
    chord_min = (RADIUS_M**2 - 2000.0**2) ** 0.5 / (40.0 * KNOT_MPS) / 60.0
    quick = replace(crossing(firing(), middle_h=(entry_min + chord_min) / 60.0, knots=40.0), sensors=SHARP)
    run = rehearsed(quick)
    (ceased, *_) = run.kinds("firing.ceased")
    (fouled, *_) = run.kinds("range.fouled")
    assert ceased.time_ms == fouled.time_ms
    began = next(event for event in run.kinds("firing.run") if event.unit == ceased.unit)
    assert ceased.data["fired_ms"] == ceased.time_ms - began.time_ms
    assert run.value("ceased_count") == 1.0
    assert len(run.kinds("firing.run")) == 9  # who ceased fires once more
    assert run.value("fired_ratio") == 1.0
    assert run.value("unsafe_count") == 0.0


def test_nobody_checks_fire_for_a_ship_that_nobody_notices() -> None:
    run = rehearsed(replace(crossing(firing()), sensors=BLIND))
    assert not run.kinds("range.fouled")
    (entered,), (left,) = run.kinds("range.entered"), run.kinds("range.left")
    assert entered.text.endswith("not noticed so far")
    assert run.value("exposed_ms") == left.time_ms - entered.time_ms
    assert (run.value("missed_count"), run.value("strangers_count")) == (1.0, 1.0)
    assert run.value("unsafe_count") > 0.0
    assert run.value("fired_ratio") == 1.0


def test_rounds_are_lost_where_the_time_of_the_serial_is_up() -> None:
    slow = replace(crossing(firing(duration_h=1.8), middle_h=1.4), sensors=SHARP)
    run = rehearsed(slow)
    assert 0.0 < run.value("fired_ratio") < 1.0
    assert run.record.actual == run.record.planned
    forever = replace(crossing(firing(duration_h=1.8), knots=0.5, half_nm=3.0), sensors=SHARP)
    assert rehearsed(forever).value("fired_ratio") == 0.0


def test_the_safety_officer_could_have_written_it() -> None:
    run = rehearsed(replace(crossing(firing(), middle_h=0.3), sensors=Sensors()))
    (fouled,) = run.kinds("range.fouled")
    assert fouled.text.startswith("range fouled by context.OTHER (fleet tanker), ")
    assert " inside the danger area, closing; check fire (first seen by " in fouled.text
    assert float(fouled.data["off_m"]) < 0.0
    short = rehearsed(replace(crossing(firing()), sensors=Sensors())).kinds("range.fouled")[0]
    assert re.search(r" short of the danger area, closing, inside in [^;]+; check fire", short.text)
    assert short.data["off_m"] == pytest.approx(5.0 / 60.0 * 12.0 * NAUTICAL_MILE_M, rel=0.2)


def test_the_laying_ship_keeps_off_until_the_last_run_is_over() -> None:
    run = rehearsed(replace(crossing(firing(), middle_h=0.8), sensors=SHARP))
    legs = run.tracks["target1"]
    for shot in firings(run):
        for time_ms in (shot.start_ms, shot.end_ms):
            assert distance_m(position_at(legs, time_ms), HERE) > RADIUS_M
    assert distance_m(legs[-1].end, HERE) < NAUTICAL_MILE_M


# ------------------------------------------------------------------------------------------------------- what must hold


@settings(deadline=None, max_examples=30)
@given(
    middle_h=st.floats(-0.5, 4.5),
    off_m=st.floats(-12_000.0, 12_000.0),
    knots=st.floats(2.0, 35.0),
    seed=st.integers(0, 1000),
    minutes=st.integers(1, 120),
    duration_h=st.floats(1.5, 5.0),
    warning=st.integers(0, 15),
)
def test_nobody_fires_while_a_stranger_is_known_to_be_inside(  # noqa: PLR0917  # drawn
    middle_h: float, off_m: float, knots: float, seed: int, minutes: int, duration_h: float, warning: int
) -> None:
    sensors = Sensors(radar_mean_ms=minutes * MINUTE_MS, lookout=False, warning_ms=warning * MINUTE_MS)
    exercise = crossing(firing(duration_h), middle_h=middle_h, off_m=off_m, knots=knots)
    run = rehearsed(replace(exercise, sensors=sensors), seed)
    assert run.record.actual is not None
    end_ms = run.record.actual.end_ms
    fouled = spans(run.events, "range.fouled", "range.clear", end_ms)
    inside = spans(run.events, "range.entered", "range.left", end_ms)
    shots = firings(run)
    assert not any(shot.overlap(span) for shot in shots for span in fouled)
    unsafe = sum(any(shot.overlap(stay) for stay in inside) for shot in shots)
    assert run.value("unsafe_count") == unsafe
    unknown = [stay for stay in inside if not any(span.start_ms <= stay.start_ms < span.end_ms for span in fouled)]
    assert not unsafe or unknown
    assert run.value("exposed_ms") == sum(
        stay.end_ms - stay.start_ms - sum(o.end_ms - o.start_ms for span in fouled if (o := span.overlap(stay)))
        for stay in inside
    )
    assert run.record.planned is not None
    assert end_ms <= run.record.planned.end_ms
    assert 0.0 <= run.value("fired_ratio") <= 1.0
    for event in run.kinds("range.fouled"):
        assert int(event.data["known_ms"]) >= 0
    for ship in ("firing1", "firing2"):
        full = [shot for event, shot in zip(run.kinds("firing.run"), shots, strict=True) if event.unit == ship]
        assert sum(shot.end_ms - shot.start_ms == 2 * MINUTE_MS for shot in full) <= 4


def test_a_second_ship_keeps_the_range_fouled_until_the_last_has_left() -> None:
    one = crossing(firing())
    (first,) = one.observers.values()
    later = Window(start_ms=first.window.start_ms + 20 * MINUTE_MS, end_ms=first.window.end_ms + 20 * MINUTE_MS)
    both = {"OTHER": first, "NEXT": replace(first, id="NEXT", window=later)}
    run = rehearsed(replace(one, observers=both, sensors=SHARP))
    assert [event.data["who"] for event in run.kinds("range.fouled")] == ["context.OTHER", "context.NEXT"]
    assert run.kinds("range.fouled")[1].text.startswith("range also fouled by context.NEXT")
    (clear,) = run.kinds("range.clear")
    assert clear.time_ms == run.kinds("range.left")[1].time_ms
    assert run.value("foul_count") == 1.0


def test_what_is_noticed_of_one_ship_does_not_depend_on_who_else_is_there() -> None:
    alone = replace(crossing(firing()), sensors=Sensors())
    (first,) = alone.observers.values()
    both = replace(alone, observers={"NEXT": replace(first, id="NEXT"), "OTHER": first})
    seen = [
        next(event for event in rehearsed(each).kinds("range.fouled") if event.data["who"] == "context.OTHER").data
        for each in (alone, both)
    ]
    assert seen[0] == seen[1]


@pytest.mark.parametrize(
    "shape", [{}, {"range_m": 20_000.0, "half_angle_deg": 15.0}, {"range_m": 15_000.0}], ids=["circle", "slice", "all"]
)
def test_whatever_the_shape_of_the_area_a_ship_that_is_known_fouls_it_at_its_edge(shape: dict[str, float]) -> None:
    sensors = replace(SHARP, warning_ms=0)
    run = rehearsed(replace(crossing(firing(6.0, **shape), middle_h=2.5, half_nm=30.0), sensors=sensors))
    (entered,), (fouled,) = run.kinds("range.entered"), run.kinds("range.fouled")
    assert entered.time_ms == fouled.time_ms
    assert float(fouled.data["off_m"]) == pytest.approx(0.0, abs=30.0)
    assert (run.value("unsafe_count"), run.value("exposed_ms")) == (0.0, 0.0)


def test_a_firing_ship_that_breaks_down_does_not_keep_the_others_at_it() -> None:
    run = Rehearsal(replace(firing(), sensors=SHARP))
    run.direct(OutsideEvent(at_ms=START_MS + 40 * MINUTE_MS, kind=OutsideKind.FAILURE, to="firing2"))
    outcome = run.finish()
    fired = [event.unit for event in outcome.events if event.kind == "firing.run"]
    assert fired.count("firing1") == 4
    last_ms = max(event.time_ms for event in outcome.events if event.kind == "firing.run")
    assert last_ms < START_MS + 2 * HOUR_MS
    legs = [leg for leg in outcome.tracks["firing1"].legs if leg.start_ms > last_ms + 30 * MINUTE_MS]
    assert all(leg.is_wait for leg in legs)


@pytest.mark.parametrize("middle_h", [0.4, 0.9, 1.3])
def test_ships_that_the_sea_slows_check_fire_all_the_same(middle_h: float) -> None:
    rough = (Weather(window=Window(start_ms=START_MS - HOUR_MS, end_ms=START_MS + 9 * HOUR_MS), sea_state=4),)
    run = rehearsed(replace(crossing(firing(speed_mps=13.0), middle_h=middle_h), sensors=SHARP, weather=rough))
    assert run.record.actual is not None
    fouled = spans(run.events, "range.fouled", "range.clear", run.record.actual.end_ms)
    assert fouled
    assert not any(shot.overlap(span) for shot in firings(run) for span in fouled)
    assert (run.value("unsafe_count"), run.value("fired_ratio")) == (0.0, 1.0)


def test_a_run_that_is_cut_in_pieces_ends_with_the_same_digest() -> None:
    exercise = replace(crossing(firing()), sensors=Sensors())
    run = Rehearsal(exercise, 7)
    for minutes in (-30, 31, 44, 60, 61, 90):
        run.run(START_MS + minutes * MINUTE_MS)
    assert run.finish().digest == rehearse(exercise, 7).digest


# -------------------------------------------------------------------------------------- units of the exercise elsewhere


def passer(exercise: Exercise) -> Exercise:
    """The same with a frigate on passage through the area, in a serial of its own that begins at START_MS."""
    west, east = (destination(destination(HERE, 0.0, 1500.0), side, 12.0 * NAUTICAL_MILE_M) for side in (270.0, 90.0))
    unit = Unit(id="PASSER", name="Passer", nation="CHN", platform="frigate", start=west)
    serial = Serial(
        id="S2",
        type="transit",
        parameters=TransitParameters(route=(west, east), speed_mps=12.0 * KNOT_MPS),
        units={"units": ("PASSER",)},
        start_ms=START_MS,
    )
    return replace(
        exercise, units={**exercise.units, "PASSER": unit}, serials={**exercise.serials, "S2": serial}, sensors=SHARP
    )


def test_a_unit_on_passage_through_the_area_is_a_stranger_to_those_who_fire() -> None:
    exercise = passer(firing())
    outcome = rehearse(exercise)
    entered = next(event for event in outcome.events if event.kind == "range.entered")
    left = next(event for event in outcome.events if event.kind == "range.left")
    legs = outcome.tracks["PASSER"].legs
    assert (entered.unit, entered.serial) == ("PASSER", "S1")
    middle_ms = (entered.time_ms + left.time_ms) // 2
    assert entered.time_ms == pytest.approx(bisected_ms(legs, START_MS, middle_ms), abs=10)
    assert left.time_ms == pytest.approx(bisected_ms(legs, middle_ms, left.time_ms + HOUR_MS), abs=10)
    run = rehearsed(exercise)
    assert (run.value("fired_ratio"), run.value("unsafe_count")) == (1.0, 0.0)


def test_a_unit_that_breaks_down_in_the_area_keeps_it_fouled_until_it_has_left() -> None:
    run = Rehearsal(passer(firing()))
    stopped_ms, by_ms = START_MS + HOUR_MS, 40 * MINUTE_MS
    run.direct(OutsideEvent(at_ms=stopped_ms, kind=OutsideKind.FAILURE, to="PASSER", by_ms=by_ms))
    outcome = run.finish()
    kinds = [event.kind for event in outcome.events if event.kind in {"range.entered", "range.left", "range.clear"}]
    legs = outcome.tracks["PASSER"].legs
    ended_inside = distance_m(legs[-1].end, HERE) < RADIUS_M
    assert kinds == (["range.entered"] if ended_inside else ["range.entered", "range.left", "range.clear"])
    sound = next(event for event in rehearse(passer(firing())).events if event.kind == "range.left")
    assert not any(
        event.kind == "range.left" and event.time_ms <= max(sound.time_ms, stopped_ms + by_ms)
        for event in outcome.events
    )
    shots = [event.time_ms for event in outcome.events if event.kind == "firing.run"]
    entered = next(event.time_ms for event in outcome.events if event.kind == "range.entered")
    assert not any(entered <= time_ms <= stopped_ms + by_ms for time_ms in shots)


def test_an_aircraft_above_the_ceiling_of_the_danger_area_is_no_stranger() -> None:
    exercise = passer(firing(ceiling_m=300.0))
    flying = replace(exercise.units["PASSER"], platform="helicopter", start=None, home=exercise.units["PASSER"].start)
    for height_m, found in ((600.0, set()), (150.0, {"PASSER"})):
        route = replace(exercise.serials["S2"].parameters, height_m=height_m, speed_mps=60.0)  # type: ignore[type-var]
        serials = {**exercise.serials, "S2": replace(exercise.serials["S2"], parameters=route)}
        outcome = rehearse(replace(exercise, units={**exercise.units, "PASSER": flying}, serials=serials))
        assert {event.unit for event in outcome.events if event.kind == "range.entered"} == found


def test_who_matters_to_a_danger_area_is_whoever_is_at_the_height_of_what_endangers_him() -> None:
    exercise = passer(crossing(firing()))
    window = Window(start_ms=START_MS, end_ms=START_MS + 4 * HOUR_MS)
    outcome, run = rehearse(exercise), Rehearsal(exercise)
    entered = {str(event.data["who"]): event.time_ms for event in outcome.events if event.kind == "range.entered"}
    assert set(entered) == {"PASSER", "context.OTHER"}
    run.run(max(entered.values()) + MINUTE_MS)
    own = exercise.units_in(exercise.serials["S1"])
    now_ms = run.now_ms

    def inside(hazard: Hazard, band: Band) -> set[str]:
        area = Circle(centre=HERE, radius_m=RADIUS_M)
        claim = Reservation(
            id="S1/area", owner="S1", name="area", footprint=area, band=band, windows=(window,), hazard=hazard
        )
        found = danger.stays(run._sea, (claim,), own, Window(start_ms=now_ms, end_ms=now_ms + MINUTE_MS))
        return {who for who, stay in found if stay.start_ms == now_ms}

    tracks = {"PASSER": outcome.tracks["PASSER"].legs, "context.OTHER": track_of(exercise)}
    really = {who for who, legs in tracks.items() if distance_m(position_at(legs, now_ms), HERE) <= RADIUS_M}
    assert really
    assert inside(Hazard.FIRING, SURFACE) == inside(Hazard.WARNING, SURFACE) == really
    assert inside(Hazard.MANOEUVRE, SURFACE) == set()
    assert inside(Hazard.FIRING, Band(floor_m=1000.0, ceiling_m=2000.0)) == set()


def test_one_who_follows_a_unit_through_the_area_is_a_stranger_too_and_counts_as_he_really_went() -> None:
    exercise = passer(firing())
    window = Window(start_ms=START_MS, end_ms=START_MS + 4 * HOUR_MS)
    follower = Observer(
        id="FOLLOWER",
        name="Follower",
        nation="JPN",
        platform="frigate",
        window=window,
        route=(destination(HERE, 270.0, 14.0 * NAUTICAL_MILE_M),),
        shadows="PASSER",
        distance_m=2.0 * NAUTICAL_MILE_M,
    )
    outcome = rehearse(replace(exercise, observers={"FOLLOWER": follower}))
    who = [event.data["who"] for event in outcome.events if event.kind == "range.entered"]
    assert who == ["PASSER", "context.FOLLOWER"]
    entered, left = (
        next(event for event in outcome.events if (event.kind, event.data.get("who")) == (kind, "context.FOLLOWER"))
        for kind in ("range.entered", "range.left")
    )
    for event in (entered, left):
        assert event.position is not None
        assert distance_m(event.position, HERE) == pytest.approx(RADIUS_M, abs=5.0)


def test_one_more_serial_changes_nobody_s_luck_at_the_range() -> None:
    alone = replace(crossing(firing()), sensors=Sensors())
    passing = passer(alone)
    far = replace(
        passing.serials["S2"].parameters,
        route=tuple(  # type: ignore[type-var]
            destination(destination(HERE, 180.0, 90_000.0), side, 20_000.0) for side in (270.0, 90.0)
        ),
    )
    more = replace(
        passing, sensors=Sensors(), serials={**passing.serials, "S2": replace(passing.serials["S2"], parameters=far)}
    )
    for seed in range(3):
        one, other = rehearsed(alone, seed), rehearsed(more, seed)
        assert [(event.time_ms, event.kind, event.data) for event in one.events if event.kind.startswith("range.")] == [
            (event.time_ms, event.kind, event.data) for event in other.events if event.kind.startswith("range.")
        ]


# --------------------------------------------------------------------------------------------------- ships of commerce


def merchant(monkeypatch: pytest.MonkeyPatch, exercise: Exercise) -> Exercise:
    """The observer's track as that of a merchant ship of 180 m, which sends AIS, and of traffic asked for."""

    class Merchants(Around):
        is_asked_for = True

        @functools.cached_property
        def _routes(self) -> Mapping[str, tuple[Leg, ...]]:
            return {"MERCHANT-00012": track_of(exercise)}

        def _everybody(self) -> Iterator[Stranger]:
            yield Stranger(id="MERCHANT-00012", name="MERCHANT-00012", kind="bulk carrier", length_m=180.0)

    monkeypatch.setattr(sea_module, "Around", Merchants)
    return replace(exercise, observers={})


def test_a_merchant_ship_that_sends_ais_is_known_long_before_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    exercise = merchant(monkeypatch, crossing(firing(), middle_h=1.5, half_nm=40.0))
    run = rehearsed(replace(exercise, sensors=Sensors(radar=False)))
    (fouled,) = run.kinds("range.fouled")
    assert fouled.text.startswith("range fouled by MERCHANT-00012 (bulk carrier), ")
    assert fouled.data["sensor"] == "ais"
    assert int(fouled.data["known_ms"]) > HOUR_MS
    assert (run.value("fired_ratio"), run.value("unsafe_count"), run.value("exposed_ms")) == (1.0, 0.0, 0.0)


LANE = """
waterspace: 1
exercise: {name: LANE, period: {start: 2026-06-09T00:00Z, end: 2026-06-10T12:00Z}}
units:
  ALFA:  {name: Alfa, nation: KOR, class: sejong, start: 34-40N 129-10E, command_ship: yes}
  BRAVO: {name: Bravo, nation: USA, class: burke2a, start: 34-40N 129-20E}
areas:
  ECHO: {name: Area Echo, circle: {centre: 35-45N 130-20E, radius: 10 nm}}
serials:
  S1:
    {type: gunnery, area: ECHO, start: 2026-06-09T22:00Z, duration: 5 h, bearing: "090",
     units: {firing: ALFA, safety: BRAVO}, safety_officer: Navigator of Alfa}
traffic: {merchants: 800}
"""


@pytest.mark.deep  # the lanes of the whole sea are charted where they are not kept already
def test_a_range_laid_across_a_lane_is_fouled_by_its_ships_and_fires_between_them(tmp_path: Path) -> None:
    path = tmp_path / "lane.exercise.yaml"
    path.write_text(LANE, encoding="utf-8")
    exercise = planfile.load(path)
    entered: set[str] = set()
    for seed in range(1, 5):
        run = rehearsed(exercise, seed)
        assert run.record.actual is not None
        fouled = spans(run.events, "range.fouled", "range.clear", run.record.actual.end_ms)
        assert not any(shot.overlap(span) for shot in firings(run) for span in fouled)
        assert run.value("unsafe_count") == 0.0 or run.value("exposed_ms") > 0.0
        for event in run.kinds("range.entered"):
            assert event.position is not None
            entered.add(str(event.data["who"]))
    assert any(who.startswith("MERCHANT-") for who in entered)
    assert rehearsed(exercise, 3).digest == rehearsed(exercise, 3).digest


# -------------------------------------------------------------------------------------------------- types of plug-ins


class Shooting(SerialType[SerialParameters]):
    """Fires every ten minutes, and heeds the range only where its area says so."""

    key = "shooting"
    title = "shooting"
    summary = "A type for these tests."
    parameters = SerialParameters
    roles = (Role(name="firing", text="fires"),)

    def plan(self, briefing: Briefing[SerialParameters]) -> Plan:
        return {unit: (hold(destination(HERE, 180.0, 20_000.0), briefing.window),) for unit in briefing.units()}

    def reservations(self, briefing: Briefing[SerialParameters], plan: Plan) -> tuple[Reservation, ...]:
        return (
            Reservation(
                id="S1/danger-area",
                owner="S1",
                name="S1: danger area",
                footprint=Circle(centre=HERE, radius_m=RADIUS_M),
                band=SURFACE,
                windows=(briefing.window,),
                hazard=Hazard.FIRING,
            ),
        )

    def script(self, stage: Stage[SerialParameters], unit: str) -> Script:
        heeds = RANGE_NEWS if stage.briefing.serial.name == "heeds" else frozenset()
        while True:
            wake = yield Wait(duration_ms=10 * MINUTE_MS, heeds=heeds)
            if wake.time_ms >= stage.briefing.window.end_ms:
                return
            kind = "act.heard" if wake.reason in RANGE_NEWS else "firing.run"
            yield Record(kind=kind, text=wake.reason.value, data=wake.data)


class Towing(Shooting):
    """The same with a danger area that goes with a ship, east at 10 m/s from two hours' run to the west of HERE."""

    def reservations(self, briefing: Briefing[SerialParameters], plan: Plan) -> tuple[Reservation, ...]:
        (claim,) = super().reservations(briefing, plan)
        ends = destination(HERE, 270.0, 72_000.0), destination(HERE, 90.0, 72_000.0)
        box = MovingBox(legs=legs_in_window(ends, briefing.window), ahead_m=3000.0, astern_m=3000.0, abeam_m=3000.0)
        return (replace(claim, footprint=box),)


def test_an_area_that_moves_is_fouled_by_a_ship_that_lies_in_its_way(monkeypatch: pytest.MonkeyPatch) -> None:
    real, own = registry.get, Towing()
    monkeypatch.setattr(registry, "get", lambda key: own if key == "shooting" else real(key))
    exercise = crossing(firing(), off_m=0.0, knots=0.01, half_nm=0.1, middle_h=2.0)
    shooting = replace(exercise.serials["S1"], type="shooting", parameters=SerialParameters())
    outcome = rehearse(replace(exercise, serials={"S1": shooting}, sensors=SHARP))
    at_ms = {event.kind: event.time_ms for event in outcome.events if event.kind.startswith("range.")}
    assert at_ms["range.entered"] == pytest.approx(START_MS + 2 * HOUR_MS - 300 * SECOND_MS, abs=60 * SECOND_MS)
    assert at_ms["range.left"] == pytest.approx(START_MS + 2 * HOUR_MS + 300 * SECOND_MS, abs=60 * SECOND_MS)
    assert at_ms["range.fouled"] == at_ms["range.entered"] - Sensors().warning_ms


@pytest.mark.parametrize("heeds", ["heeds", "heeds nothing"])
def test_a_type_that_heeds_nothing_is_logged_all_the_same(monkeypatch: pytest.MonkeyPatch, heeds: str) -> None:
    real, own = registry.get, Shooting()
    monkeypatch.setattr(registry, "get", lambda key: own if key == "shooting" else real(key))
    exercise = crossing(firing())
    shooting = replace(exercise.serials["S1"], type="shooting", parameters=SerialParameters(), name=heeds)
    outcome = rehearse(replace(exercise, serials={"S1": shooting}, sensors=SHARP))
    kinds = [event.kind for event in outcome.events if event.kind.startswith("range.")]
    assert kinds == [
        "range.watched",
        "range.fouled",
        "range.entered",
        "range.left",
        "range.clear",
        "range.secured",
    ]
    heard = [event.text for event in outcome.events if (event.kind, event.unit) == ("act.heard", "firing1")]
    assert heard == (["range clear", "range fouled", "range clear"] if heeds == "heeds" else [])
