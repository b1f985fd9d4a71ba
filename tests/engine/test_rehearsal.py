"""A rehearsal does what the programme says, and says so where it cannot."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import pytest

from script_cases import HERE, SHIP
from waterspace.domain import (
    Await,
    CloseTo,
    Event,
    Exercise,
    Inject,
    Medium,
    Platform,
    Position,
    Proceed,
    Record,
    Serial,
    SerialStatus,
    Signal,
    SourceText,
    Unit,
    Wait,
    WaitUntil,
    Window,
)
from waterspace.engine import rehearse
from waterspace.errors import PluginError
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import hold, legs_in_window, position_at, speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan, Role, Script, SerialParameters, SerialType, Stage

if TYPE_CHECKING:
    from waterspace.engine.rehearsal import Outcome

PLATFORMS = {
    "ship": SHIP,
    "helicopter": Platform(
        key="helicopter",
        name="Helicopter",
        kind="ship helicopter",
        medium=Medium.AIR,
        cruise_speed_mps=110.0 * KNOT_MPS,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillParameters(SerialParameters):
    """A drill that the tests script."""

    manner: str = "plain"


class Drill(SerialType[DrillParameters]):
    """Ships stand in a row, ten miles apart, and do what the manner says."""

    key = "drill"
    title = "drill"
    summary = "A type for these tests."
    parameters = DrillParameters
    roles = (Role(name="lead", text="leads"), Role(name="others", text="follow", minimum=0))

    def plan(self, briefing: Briefing[DrillParameters]) -> Plan:
        plan = {}
        for place, unit in enumerate(briefing.units()):
            station = destination(HERE, 90.0, 10.0 * NAUTICAL_MILE_M * place)
            if briefing.parameters.manner == "run":
                route = (station, destination(station, 0.0, 10.0 * NAUTICAL_MILE_M))
                plan[unit] = legs_in_window(route, briefing.window, serial=briefing.serial.id)
            else:
                plan[unit] = (hold(station, briefing.window, serial=briefing.serial.id),)
        return plan

    def script(self, stage: Stage[DrillParameters], unit: str) -> Script:
        leads = unit == stage.briefing.units("lead")[0]
        yield from getattr(self, f"_{stage.briefing.parameters.manner}")(stage, unit, leads)

    def _plain(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        yield from super().script(stage, unit)

    _run = _plain

    def _luck(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        yield Wait(duration_ms=round(stage.stream(unit).exponential(HOUR_MS)))
        yield Record(kind="drill.done", text="done", data={"draw_ratio": float(stage.stream(unit).random())})

    def _signals(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        if leads:
            yield Wait(duration_ms=10 * MINUTE_MS)
            yield Signal(name="go")
            return
        wake = yield Await(name="go", timeout_ms=HOUR_MS)
        yield Record(kind="drill.woken", text=wake.reason.value)
        wake = yield Await(name="never", timeout_ms=5 * MINUTE_MS)
        yield Record(kind="drill.woken", text=wake.reason.value)
        wake = yield Await(name="go", timeout_ms=HOUR_MS)
        yield Record(kind="drill.woken", text=wake.reason.value)

    def _chase(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        if leads:
            far = destination(stage.position(unit), 0.0, 30.0 * NAUTICAL_MILE_M)
            yield Proceed(waypoints=(far,), speed_mps=12.0 * KNOT_MPS)
            return
        target = stage.briefing.units("lead")[0]
        wake = yield CloseTo(unit=target, range_m=NAUTICAL_MILE_M, timeout_ms=3 * HOUR_MS)
        gap_m = distance_m(stage.position(unit), stage.position(target))
        yield Record(kind="drill.chase", text=wake.reason.value, data={"gap_m": gap_m})

    def _dodge(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        if leads:
            for bearing_deg in (0.0, 90.0, 0.0):
                far = destination(stage.position(unit), bearing_deg, 4.0 * NAUTICAL_MILE_M)
                yield Proceed(waypoints=(far,), speed_mps=12.0 * KNOT_MPS)
            return
        yield from self._chase(stage, unit, leads)

    def _hopeless(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        if leads:
            far = destination(stage.position(unit), 270.0, 90.0 * NAUTICAL_MILE_M)
            yield Proceed(waypoints=(far,), speed_mps=28.0 * KNOT_MPS)
            return
        wake = yield CloseTo(
            unit=stage.briefing.units("lead")[0], range_m=100.0, timeout_ms=HOUR_MS, speed_mps=20.0 * KNOT_MPS
        )
        yield Record(kind="drill.chase", text=wake.reason.value)

    def _mutual(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        other = next(name for name in stage.briefing.units() if name != unit)
        wake = yield CloseTo(unit=other, range_m=NAUTICAL_MILE_M, timeout_ms=2 * HOUR_MS)
        gap_m = distance_m(stage.position(unit), stage.position(other))
        yield Record(kind="drill.chase", text=wake.reason.value, data={"gap_m": gap_m})

    def _broken(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        yield Wait(duration_ms=MINUTE_MS)
        raise ZeroDivisionError("a fault of the plug-in")

    def _nonsense(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        yield "full ahead"  # type: ignore[misc]

    def _endless(self, stage: Stage[DrillParameters], unit: str, leads: bool) -> Script:
        yield WaitUntil(time_ms=stage.now_ms + 1000 * HOUR_MS)


class Talk(Drill):
    """A type that says it moves nobody, and one manner in which it lies."""

    key = "talk"
    exclusive: ClassVar[bool] = False

    def plan(self, briefing: Briefing[DrillParameters]) -> Plan:
        return {}

    def script(self, stage: Stage[DrillParameters], unit: str) -> Script:
        if stage.briefing.parameters.manner == "lie":
            yield Proceed(waypoints=(HERE,))
        yield Wait(duration_ms=HOUR_MS)
        yield Record(kind="talk.done", text="said")


@pytest.fixture(autouse=True)
def drills(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two serial types of the tests' own: only they can be told to misbehave."""
    own: Mapping[str, SerialType[DrillParameters]] = {"drill": Drill(), "talk": Talk()}
    real = registry.get
    monkeypatch.setattr(registry, "get", lambda key: own[key] if key in own else real(key))


def serial(
    id_: str, start_h: float, manner: str = "plain", units: tuple[str, ...] = ("A", "B"), **more: object
) -> Serial:
    return Serial(
        id=id_,
        type=str(more.pop("type", "drill")),
        parameters=DrillParameters(manner=manner),
        units={"lead": units[:1], "others": units[1:]},
        start_ms=round(start_h * HOUR_MS),
        duration_ms=2 * HOUR_MS,
        **more,  # type: ignore[arg-type]
    )


def exercise(*serials: Serial, injects: tuple[Inject, ...] = (), units: tuple[Unit, ...] = ()) -> Exercise:
    ships = tuple(
        Unit(id=id_, name=id_, nation="JPN", platform="ship", start=destination(HERE, 180.0, 20_000.0)) for id_ in "AB"
    )
    return Exercise(
        name="drill",
        window=Window(start_ms=0, end_ms=48 * HOUR_MS),
        source=SourceText(file="drill.exercise.yaml", content=b""),
        platforms=PLATFORMS,
        units={unit.id: unit for unit in (*ships, *units)},
        serials={entry.id: entry for entry in serials},
        injects={inject.id: inject for inject in injects},
    )


def kinds(outcome: Outcome, kind: str) -> list[Event]:
    return [event for event in outcome.events if event.kind == kind]


def test_a_plain_serial_runs_exactly_as_planned() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "run")))
    record = outcome.records[0]
    assert record.status is SerialStatus.COMPLETED
    assert record.actual == record.planned
    for unit in ("A", "B"):
        for hour in (10, 11, 12):
            planned = position_at(outcome.programme.tracks[unit].legs, hour * HOUR_MS)
            assert distance_m(position_at(outcome.tracks[unit].legs, hour * HOUR_MS), planned) < 1.0


def test_tracks_have_no_gaps_and_reach_the_end_of_the_period() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "run"), serial("S2", 20, "luck"), serial("S3", 30, "dodge")))
    for track in outcome.tracks.values():
        assert track.legs[0].start_ms == 0
        assert track.legs[-1].end_ms == 48 * HOUR_MS
        for before, after in itertools.pairwise(track.legs):
            assert before.end_ms == after.start_ms
            assert distance_m(before.end, after.start) < 1.0


def test_no_ship_ever_goes_faster_than_it_can() -> None:
    outcome = rehearse(exercise(serial("S1", 1, "run"), serial("S2", 3.2, "chase"), serial("S3", 8, "run")))
    for track in outcome.tracks.values():
        for leg in track.legs:
            if leg.duration_ms > MINUTE_MS:
                assert speed_mps(leg) <= 28.0 * KNOT_MPS * 1.001


def test_the_same_seed_gives_the_same_digest_and_another_seed_another() -> None:
    plan = exercise(serial("S1", 10, "luck"))
    assert rehearse(plan, 1).digest == rehearse(plan, 1).digest
    assert rehearse(plan, 1).digest != rehearse(plan, 2).digest


def test_adding_a_serial_leaves_the_luck_of_the_others_alone() -> None:
    alone = rehearse(exercise(serial("S1", 10, "luck")))
    beside = rehearse(exercise(serial("S1", 10, "luck"), serial("S2", 30, "luck")))
    draws = [
        [event.data["draw_ratio"] for event in kinds(run, "drill.done") if event.serial == "S1"]
        for run in (alone, beside)
    ]
    assert draws[0] == draws[1]
    assert len(draws[0]) == 2


def test_watching_a_run_does_not_change_it() -> None:
    seen: list[Event] = []
    plan = exercise(serial("S1", 10, "luck"))
    watched = rehearse(plan, 1, seen.append)
    assert tuple(seen) == watched.events
    assert watched.digest == rehearse(plan, 1).digest


def test_an_inject_puts_a_serial_back_and_its_followers_wait() -> None:
    inject = Inject(id="I1", at_ms=HOUR_MS, text="fog", delays="S1", delay_ms=3 * HOUR_MS)
    outcome = rehearse(exercise(serial("S1", 10), serial("S2", 12.5, after=("S1",)), injects=(inject,)))
    first, second = outcome.records
    assert first.actual == Window(start_ms=13 * HOUR_MS, end_ms=15 * HOUR_MS)
    assert first.reason == "put back by an inject"
    assert second.actual is not None
    assert second.actual.start_ms == 15 * HOUR_MS
    assert "S1" in second.reason


def test_signals_wake_those_who_wait_and_time_out_where_nobody_raises_them() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "signals")))
    woken = [(event.time_ms - 10 * HOUR_MS, event.text) for event in kinds(outcome, "drill.woken")]
    assert woken == [
        (10 * MINUTE_MS, "signalled"),
        (15 * MINUTE_MS, "timeout"),
        (15 * MINUTE_MS, "signalled"),
    ]


@pytest.mark.parametrize("manner", ["chase", "dodge"])
def test_a_pursuer_meets_its_target_at_the_range_asked_for(manner: str) -> None:
    (event,) = kinds(rehearse(exercise(serial("S1", 10, manner))), "drill.chase")
    assert event.text == "met"
    assert event.data["gap_m"] == pytest.approx(NAUTICAL_MILE_M, abs=5.0)


def test_a_target_that_is_faster_is_given_up_in_time() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "hopeless")))
    assert [event.text for event in kinds(outcome, "drill.chase")] == ["timeout"]
    assert [event.time_ms for event in kinds(outcome, "drill.chase")] == [11 * HOUR_MS]


def test_a_serial_that_never_ends_is_broken_off_and_says_so() -> None:
    record = rehearse(exercise(serial("S1", 10, "endless"))).records[0]
    assert record.status is SerialStatus.CUT_SHORT
    assert "after its planned end" in record.reason


def test_a_serial_without_its_units_does_not_run() -> None:
    far = Unit(id="F", name="F", nation="JPN", platform="ship", start=Position(lat_deg=20.0, lon_deg=133.0))
    outcome = rehearse(exercise(serial("S1", 10, units=("F", "A")), units=(far,)))
    record = outcome.records[0]
    assert record.status is SerialStatus.NOT_RUN
    assert "F not in place" in record.reason


def test_a_serial_goes_on_without_a_late_unit_that_it_can_spare() -> None:
    far = Unit(id="F", name="F", nation="JPN", platform="ship", start=Position(lat_deg=20.0, lon_deg=133.0))
    outcome = rehearse(exercise(serial("S1", 10, units=("A", "F")), units=(far,)))
    record = outcome.records[0]
    assert record.status is SerialStatus.COMPLETED
    assert record.reason == "without F"
    assert [event.unit for event in kinds(outcome, "unit.missed")] == ["F"]


def test_a_serial_whose_predecessor_never_ends_in_time_does_not_run() -> None:
    late = replace(serial("S2", 11, after=("S1",)), latest_ms=round(11.5 * HOUR_MS))
    records = rehearse(exercise(serial("S1", 10), late)).records
    assert records[1].status is SerialStatus.NOT_RUN
    assert "S1 had not ended" in records[1].reason


def test_a_serial_without_a_time_is_not_run_and_the_reason_is_kept() -> None:
    endless = Serial(id="S1", type="drill", parameters=DrillParameters(), units={"lead": ("A",)})
    record = rehearse(exercise(endless)).records[0]
    assert record.status is SerialStatus.NOT_RUN
    assert "duration" in record.reason


def test_a_serial_that_moves_nobody_runs_beside_another() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "run"), serial("T1", 10.5, type="talk")))
    assert [record.status for record in outcome.records] == [SerialStatus.COMPLETED] * 2
    assert [event.time_ms for event in kinds(outcome, "talk.done")] == [round(11.5 * HOUR_MS)] * 2


def test_a_type_that_says_it_moves_nobody_may_not_move_anybody() -> None:
    with pytest.raises(PluginError, match="not exclusive"):
        rehearse(exercise(serial("T1", 10, "lie", type="talk")))


def test_a_helicopter_takes_off_in_time_lands_on_its_ship_and_is_carried() -> None:
    helicopter = Unit(id="H", name="H", nation="JPN", platform="helicopter", home_unit="A", home_name="A")
    outcome = rehearse(
        exercise(serial("S1", 10, units=("B", "H")), serial("S2", 20, "run", units=("A",)), units=(helicopter,))
    )
    assert outcome.records[0].actual == outcome.records[0].planned
    assert len(kinds(outcome, "unit.landed")) == 1
    for hour in (1, 21, 40):
        ship = position_at(outcome.tracks["A"].legs, hour * HOUR_MS)
        assert distance_m(position_at(outcome.tracks["H"].legs, hour * HOUR_MS), ship) < 50.0


def test_a_helicopter_takes_off_from_where_its_ship_is_by_then() -> None:
    far = Position(lat_deg=34.0, lon_deg=129.8)
    carrier = Unit(id="C", name="C", nation="JPN", platform="ship", start=far)
    helicopter = Unit(id="H", name="H", nation="JPN", platform="helicopter", home_unit="C", home_name="C")
    serials = (serial("S1", 30, units=("C",)), serial("S2", 40, units=("B", "H")))
    outcome = rehearse(exercise(*serials, units=(carrier, helicopter)))
    assert outcome.records[1].actual == outcome.records[1].planned
    (take_off,) = [event for event in kinds(outcome, "unit.under_way") if event.unit == "H"]
    assert take_off.time_ms > 39 * HOUR_MS


def test_two_that_close_each_other_meet() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "mutual")))
    chases = kinds(outcome, "drill.chase")
    assert [event.text for event in chases] == ["met", "met"]
    for event in chases:
        assert event.data["gap_m"] == pytest.approx(NAUTICAL_MILE_M, abs=20.0)


@pytest.mark.parametrize(("manner", "words"), [("broken", "ZeroDivisionError"), ("nonsense", "full ahead")])
def test_a_fault_of_a_plug_in_is_named_as_its_own(manner: str, words: str) -> None:
    with pytest.raises(PluginError, match=words):
        rehearse(exercise(serial("S1", 10, manner)))


def test_nobody_leaves_before_the_unit_says_it_is_there() -> None:
    late = Unit(id="L", name="L", nation="JPN", platform="ship", start=HERE, start_ms=7 * HOUR_MS)
    outcome = rehearse(exercise(serial("S1", 10, units=("A", "L")), units=(late,)))
    first = next(leg for leg in outcome.tracks["L"].legs if not leg.is_wait)
    assert first.start_ms >= 7 * HOUR_MS
    assert outcome.records[0].status is SerialStatus.COMPLETED


def test_a_unit_that_comes_after_its_serial_began_is_not_of_it_and_goes_on() -> None:
    start = destination(HERE, 180.0, 300.0 * NAUTICAL_MILE_M)
    far = Unit(id="F", name="F", nation="JPN", platform="ship", start=start)
    first = replace(serial("S1", 2, units=("A", "F")), latest_ms=3 * HOUR_MS, duration_ms=30 * HOUR_MS)
    outcome = rehearse(exercise(first, serial("S2", 36, units=("F",)), units=(far,)))
    assert outcome.records[0].units == ("A",)
    assert [event.unit for event in kinds(outcome, "unit.missed")] == ["F"]
    assert [event.serial for event in kinds(outcome, "unit.arrived") if event.unit == "F"] == ["S2"]
    assert outcome.records[1].actual == outcome.records[1].planned


def test_an_aircraft_in_base_stays_there_when_its_serial_is_put_back() -> None:
    base = destination(HERE, 0.0, 100.0 * NAUTICAL_MILE_M)
    aircraft = Unit(id="H", name="H", nation="JPN", platform="helicopter", home=base, home_name="base")
    inject = Inject(id="I1", at_ms=6 * HOUR_MS, text="fog", delays="S1", delay_ms=5 * HOUR_MS)
    outcome = rehearse(exercise(serial("S1", 10, units=("A", "H")), injects=(inject,), units=(aircraft,)))
    (take_off,) = [event for event in kinds(outcome, "unit.under_way") if event.unit == "H"]
    assert take_off.time_ms > 13 * HOUR_MS
    assert outcome.records[0].actual == Window(start_ms=15 * HOUR_MS, end_ms=17 * HOUR_MS)


def test_nothing_begins_once_the_run_is_over() -> None:
    inject = Inject(id="I1", at_ms=HOUR_MS, text="storm", delays="S1", delay_ms=100 * HOUR_MS)
    outcome = rehearse(exercise(serial("S1", 10), serial("S2", 14, after=("S1",)), injects=(inject,)))
    assert [record.status for record in outcome.records] == [SerialStatus.NOT_RUN] * 2
    assert kinds(outcome, "serial.started") == []


@pytest.mark.parametrize("homes", [{"H": "H"}, {"H": "G", "G": "H"}])
def test_units_at_home_on_each_other_break_nothing(homes: dict[str, str]) -> None:
    flying = tuple(
        Unit(id=id_, name=id_, nation="JPN", platform="helicopter", home_unit=home) for id_, home in homes.items()
    )
    outcome = rehearse(exercise(serial("S1", 10, units=("A", "H")), units=flying))
    assert outcome.records[0].actual is not None


def test_every_event_of_a_unit_stands_where_the_unit_was() -> None:
    outcome = rehearse(exercise(serial("S1", 10, "dodge")))
    for event in outcome.events:
        if event.position is not None:
            there = position_at(outcome.tracks[event.unit].legs, event.time_ms)
            assert distance_m(event.position, there) < 20.0
