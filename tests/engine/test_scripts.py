"""Scripts wake for what they heed, clean up when they are told to stop, and cannot hold the clock."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import replace

import pytest

from script_cases import HERE, Acts, Luck, at_sea, install, kinds, outside, scripted
from waterspace.domain import (
    NEWS,
    Await,
    CloseTo,
    Follow,
    Inject,
    Leg,
    OutsideKind,
    Proceed,
    Record,
    Send,
    SerialStatus,
    Signal,
    Wait,
    WaitUntil,
    WakeReason,
    Window,
)
from waterspace.engine import Rehearsal, rehearse, watchman
from waterspace.engine.kernel import Priority
from waterspace.errors import PluginError, RehearsalError
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import position_at
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M

NORTH = destination(HERE, 0.0, 20.0 * NAUTICAL_MILE_M)
HEEDING = Wait(duration_ms=HOUR_MS, heeds=NEWS)


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch.setattr)


def _done(plan: object, *journal: object) -> list[tuple[float, str]]:
    """What the scripts were answered, by hour."""
    events = rehearse(plan, journal=journal).events  # type: ignore[arg-type]
    return [(event.time_ms / HOUR_MS, event.text) for event in kinds(events, "act.done")]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(OutsideKind.MESSAGE, "message"), (OutsideKind.ORDER, "ordered"), (OutsideKind.INJECT, "inject")],
)
def test_news_from_outside_wakes_a_script_that_heeds_it(kind: OutsideKind, reason: str) -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(HEEDING,))}))
    assert _done(plan, outside(10.25, kind, "A", text="go")) == [(10.25, f"A {reason} 'go' from ''")]


def test_news_to_a_serial_reaches_each_of_its_scripts() -> None:
    plan = at_sea(scripted("S1", 10, {unit: Acts(orders=(HEEDING,)) for unit in "AB"}))
    woken = _done(plan, outside(10.25, OutsideKind.ORDER, "S1", text="go"))
    assert woken == [(10.25, "A ordered 'go' from ''"), (10.25, "B ordered 'go' from ''")]


def test_news_that_is_not_heeded_is_kept_and_changes_nothing_meanwhile() -> None:
    orders = (Wait(duration_ms=HOUR_MS), HEEDING)
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=orders)}))
    woken = _done(plan, outside(10.25, OutsideKind.ORDER, "A", text="go"))
    assert woken == [(11.0, "A elapsed"), (11.0, "A ordered 'go' from ''")]


def test_only_the_news_that_an_order_names_breaks_it_off() -> None:
    order = Wait(duration_ms=HOUR_MS, heeds=frozenset({WakeReason.ORDERED}))
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(order,))}))
    assert _done(plan, outside(10.25, OutsideKind.MESSAGE, "A", text="hello")) == [(11.0, "A elapsed")]


def test_an_inject_of_the_exercise_is_news_too() -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(HEEDING,))}))
    inject = Inject(id="I1", at_ms=round(10.5 * HOUR_MS), text="man overboard", to="A")
    assert _done(replace(plan, injects={"I1": inject})) == [(10.5, "A inject 'man overboard' from 'I1'")]


@pytest.mark.parametrize(
    "order",
    [
        Proceed(waypoints=(NORTH,), heeds=NEWS),
        CloseTo(unit="C", range_m=100.0, timeout_ms=3 * HOUR_MS, speed_mps=2.0, heeds=NEWS),
    ],
)
def test_a_unit_whose_movement_is_broken_off_stops_where_it_is(order: Proceed | CloseTo) -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(order, Wait(duration_ms=HOUR_MS)))}))
    outcome = rehearse(plan, journal=(outside(10.5, OutsideKind.ORDER, "A", text="stop"),))
    legs = outcome.tracks["A"].legs
    there = position_at(legs, round(10.5 * HOUR_MS))
    assert distance_m(there, position_at(legs, 10 * HOUR_MS)) > 1000.0
    assert distance_m(there, position_at(legs, round(11.5 * HOUR_MS))) < 1.0


def test_a_pursuer_finds_its_target_where_it_was_stopped() -> None:
    chase = CloseTo(unit="A", range_m=500.0, timeout_ms=3 * HOUR_MS)
    run = Proceed(waypoints=(destination(NORTH, 0.0, 90_000.0),), speed_mps=20.0 * KNOT_MPS, heeds=NEWS)
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(run, Wait(duration_ms=HOUR_MS))), "B": Acts(orders=(chase,))}))
    outcome = rehearse(plan, journal=(outside(10.1, OutsideKind.ORDER, "A", text="stop"),))
    (met,) = [event for event in kinds(outcome.events, "act.done") if event.text == "B met"]
    gap_m = distance_m(*(position_at(outcome.tracks[unit].legs, met.time_ms) for unit in "AB"))
    assert gap_m == pytest.approx(500.0, abs=20.0)


def test_one_script_sends_word_to_another_which_takes_time_to_arrive() -> None:
    send = Send(to="C", text="join me", delay_ms=10 * MINUTE_MS, data={"speed_mps": 9.0})
    plan = at_sea(
        scripted("S1", 10, {"A": Acts(orders=(send,)), "B": Acts()}),
        scripted("S2", 10, {"C": Acts(orders=(HEEDING,))}, units=("C",)),
    )
    events = rehearse(plan).events
    (woken,) = [event for event in kinds(events, "act.done") if event.serial == "S2"]
    assert woken.text == "C message 'join me' from 'A'"
    assert woken.data == {"speed_mps": 9.0}
    assert woken.time_ms == 10 * HOUR_MS + 10 * MINUTE_MS
    assert [event.text for event in kinds(events, "message.sent")] == ["join me"]


def test_a_cancelled_serial_cleans_up_and_is_cut_short() -> None:
    acts = Acts(orders=(Wait(duration_ms=2 * HOUR_MS),), after_relief=(Wait(duration_ms=20 * MINUTE_MS),))
    plan = at_sea(scripted("S1", 10, {"A": acts}))
    outcome = rehearse(plan, journal=(outside(10.5, OutsideKind.CANCEL, "S1", text="fog"),))
    (record,) = outcome.records
    assert record.status is SerialStatus.CUT_SHORT
    assert record.reason == "cancelled: fog"
    assert record.actual == Window(start_ms=10 * HOUR_MS, end_ms=round(10.5 * HOUR_MS) + 20 * MINUTE_MS)
    assert [event.text for event in kinds(outcome.events, "act.relieved")] == ["cancelled: fog"]


def test_cleaning_up_has_a_limit() -> None:
    acts = Acts(orders=(Wait(duration_ms=2 * HOUR_MS),), after_relief=(Wait(duration_ms=20 * HOUR_MS),))
    outcome = rehearse(at_sea(scripted("S1", 10, {"A": acts})), journal=(outside(10.5, OutsideKind.CANCEL, "S1"),))
    assert outcome.records[0].actual == Window(start_ms=10 * HOUR_MS, end_ms=round(11.5 * HOUR_MS))


def test_a_serial_cancelled_before_it_begins_does_not_run_and_frees_its_units() -> None:
    plan = at_sea(scripted("S1", 10), scripted("S2", 12))
    outcome = rehearse(plan, journal=(outside(3, OutsideKind.CANCEL, "S1"),))
    first, second = outcome.records
    assert (first.status, first.reason) == (SerialStatus.NOT_RUN, "cancelled")
    assert second.actual == second.planned


def test_a_serial_that_gives_way_frees_its_units_for_the_other() -> None:
    plan = at_sea(
        scripted("S1", 10, {unit: Acts(orders=(Wait(duration_ms=2 * HOUR_MS),)) for unit in "AB"}),
        scripted("S2", 20),
        scripted("S3", 13),
    )
    journal = (
        outside(9, OutsideKind.DELAY, "S3", by_ms=24 * HOUR_MS),
        outside(10.5, OutsideKind.PREEMPT, "S1", other="S2", text="more urgent"),
    )
    outcome = rehearse(plan, journal=journal)
    first, second, third = outcome.records
    assert first.status is SerialStatus.CUT_SHORT
    assert first.reason == "gave way to S2: more urgent"
    assert first.actual == Window(start_ms=10 * HOUR_MS, end_ms=round(10.5 * HOUR_MS))
    assert second.actual == second.planned
    assert third.reason.startswith("put back by order")


def test_a_unit_that_breaks_down_leaves_its_serial_and_goes_on_when_it_is_repaired() -> None:
    wait = Acts(orders=(Wait(duration_ms=2 * HOUR_MS),))
    plan = at_sea(scripted("S1", 10, {"A": wait, "B": wait}), scripted("S2", 20))
    outcome = rehearse(plan, journal=(outside(10.5, OutsideKind.FAILURE, "B", text="shaft", by_ms=5 * HOUR_MS),))
    first, second = outcome.records
    assert first.status is SerialStatus.COMPLETED
    assert first.reason == "without B: out of action (shaft) for 5 h"
    assert first.actual == first.planned
    assert second.actual == second.planned
    (repaired,) = kinds(outcome.events, "unit.repaired")
    assert repaired.time_ms == round(15.5 * HOUR_MS)
    legs = outcome.tracks["B"].legs
    assert distance_m(position_at(legs, round(10.5 * HOUR_MS)), position_at(legs, round(15.5 * HOUR_MS))) < 1.0


def test_a_serial_that_loses_a_unit_it_cannot_spare_is_cut_short() -> None:
    wait = Acts(orders=(Wait(duration_ms=2 * HOUR_MS),))
    plan = at_sea(scripted("S1", 10, {"A": wait, "B": wait}))
    outcome = rehearse(plan, journal=(outside(10.5, OutsideKind.FAILURE, "A"),))
    (record,) = outcome.records
    assert record.status is SerialStatus.CUT_SHORT
    assert record.reason == "without A: out of action"
    assert record.actual is not None
    assert record.actual.end_ms == round(10.5 * HOUR_MS)


def test_a_script_that_heeds_a_breakdown_is_told_and_may_stay() -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(HEEDING, Wait(duration_ms=HOUR_MS)))}))
    journal = (outside(10.5, OutsideKind.FAILURE, "A", text="radar", by_ms=HOUR_MS),)
    outcome = rehearse(plan, journal=journal)
    assert [event.text for event in kinds(outcome.events, "act.done")] == [
        "A failed 'out of action (radar) for 1 h' from ''",
        "A elapsed",
    ]
    assert outcome.records[0].status is SerialStatus.COMPLETED


def test_a_unit_out_of_action_on_its_way_is_missed() -> None:
    plan = at_sea(scripted("S1", 10))
    outcome = rehearse(plan, journal=(outside(0.1, OutsideKind.FAILURE, "A"),))
    assert outcome.records[0].status is SerialStatus.NOT_RUN
    assert "A not in place" in outcome.records[0].reason
    legs = outcome.tracks["A"].legs
    assert distance_m(position_at(legs, HOUR_MS), position_at(legs, 40 * HOUR_MS)) < 1.0


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (CloseTo(unit="GHOST", range_m=100.0, timeout_ms=HOUR_MS), "'GHOST', which is no unit of the exercise"),
        (Send(to="GHOST", text="hello"), "'GHOST', which is no unit and no serial"),
        (Proceed(waypoints=(NORTH,), speed_mps=0.0), "cannot reach its station"),
        (Proceed(waypoints=(NORTH,), speed_mps=float("nan")), "cannot reach its station"),
        (CloseTo(unit="B", range_m=100.0, timeout_ms=HOUR_MS, speed_mps=0.0), "a speed above 0 is needed"),
        (Wait(duration_ms=1.5), "whole milliseconds"),  # type: ignore[arg-type]
    ],
)
def test_an_order_that_cannot_be_carried_out_names_the_serial_and_the_time(order: Proceed, words: str) -> None:
    outcome = rehearse(at_sea(scripted("S1", 10, {"A": Acts(orders=(order,))}), scripted("S2", 20)))
    first, second = outcome.records
    assert first.status is SerialStatus.CUT_SHORT
    assert words in first.reason
    assert "serial S1 at 1970-01-01T10:00:00Z: A " in first.reason
    assert second.actual == second.planned


def test_a_script_may_cope_with_an_order_that_cannot_be_carried_out() -> None:
    acts = Acts(orders=(Proceed(waypoints=(NORTH,), speed_mps=-1.0),), after_failure=(Proceed(waypoints=(NORTH,)),))
    outcome = rehearse(at_sea(scripted("S1", 10, {"A": acts})))
    assert outcome.records[0].status is SerialStatus.COMPLETED
    assert len(kinds(outcome.events, "act.failed")) == 1


def test_a_unit_that_cannot_move_says_that_it_cannot_reach_its_station() -> None:
    outcome = rehearse(at_sea(scripted("S1", 10), wrecks=("A",)))
    (unable,) = kinds(outcome.events, "unit.unable")
    assert (unable.serial, unable.unit) == ("S1", "A")
    assert "cannot reach its station for S1" in unable.text
    assert "A not in place" in outcome.records[0].reason


@pytest.mark.parametrize(
    "order",
    [
        Record(kind="drill.note", text="again"),
        Signal(name="go"),
        Wait(duration_ms=0),
        WaitUntil(time_ms=0),
        Follow(legs=()),
        Await(name="never", timeout_ms=0),
        CloseTo(unit="B", range_m=1e6, timeout_ms=HOUR_MS),
    ],
)
def test_a_script_that_lets_no_time_pass_is_an_error_that_names_it(order: Record) -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(order,), again=True)}))
    with pytest.raises(
        RehearsalError, match=r"serial S1 at 1970-01-01T10:00:00Z: the script of A .*no time passes"
    ) as caught:
        rehearse(plan)
    assert (caught.value.serial, caught.value.time_ms) == ("S1", 10 * HOUR_MS)


def test_two_scripts_that_keep_each_other_awake_are_an_error_too() -> None:
    heed = Wait(duration_ms=HOUR_MS, heeds=NEWS)
    acts = {one: Acts(orders=(Send(to=other, text="and you"), heed), again=True) for one, other in ("AB", "BA")}
    with pytest.raises(RehearsalError, match="no time passes"):
        rehearse(at_sea(scripted("S1", 10, acts)))


def test_a_script_that_will_not_stop_is_an_error() -> None:
    forever = tuple(Record(kind="drill.note", text="again") for _ in range(10_001))
    acts = Acts(orders=(Wait(duration_ms=HOUR_MS),), after_relief=forever)
    with pytest.raises(RehearsalError, match="serial S1 at 1970-01-01T10:30:00Z"):
        rehearse(at_sea(scripted("S1", 10, {"A": acts})), journal=(outside(10.5, OutsideKind.CANCEL, "S1"),))


def test_a_leg_that_starts_elsewhere_is_reached_first() -> None:
    leg = Leg(start_ms=0, end_ms=HOUR_MS, start=NORTH, end=NORTH)
    outcome = rehearse(at_sea(scripted("S1", 10, {"A": Acts(orders=(Follow(legs=(leg,)),))})))
    (done,) = kinds(outcome.events, "act.done")
    assert distance_m(position_at(outcome.tracks["A"].legs, done.time_ms), NORTH) < 1.0
    assert done.time_ms > 11 * HOUR_MS


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (outside(10, OutsideKind.ORDER, "GHOST"), "'GHOST' is no unit or serial"),
        (outside(10, OutsideKind.CANCEL, "S11"), "did you mean 'S1'"),
        (outside(10, OutsideKind.FAILURE, "S1"), "'S1' is no unit"),
        (outside(10, OutsideKind.PREEMPT, "S1"), "'' is no serial"),
        (outside(10, OutsideKind.PREEMPT, "S1", other="S1"), "give way to itself"),
        (outside(10, OutsideKind.DELAY, "S1"), "by_ms is 0"),
        (outside(10, OutsideKind.FAILURE, "A", by_ms=-1), "by_ms is -1"),
        (outside(-1, OutsideKind.ORDER, "A"), "comes too late"),
        (outside(1000, OutsideKind.ORDER, "A"), "finds the run over"),
    ],
)
def test_an_outside_event_that_cannot_be_is_refused_in_words(event: object, words: str) -> None:
    with pytest.raises(RehearsalError, match=words):
        rehearse(at_sea(scripted("S1", 10)), journal=(event,))  # type: ignore[arg-type]


def test_an_order_that_is_none_names_the_serial_and_the_time() -> None:
    acts = Acts(orders=(lambda _: None,))  # type: ignore[arg-type,return-value]
    with pytest.raises(PluginError, match="no order, but None, in serial S1 at 1970-01-01T10:00:00Z"):
        rehearse(at_sea(scripted("S1", 10, {"A": acts})))


def test_two_chases_one_after_the_other_at_the_same_instant_both_end() -> None:
    near = CloseTo(unit="B", range_m=1e6, timeout_ms=HOUR_MS)
    done = _done(at_sea(scripted("S1", 10, {"A": Acts(orders=(near, near, Luck()))})))
    assert [text for _, text in done][:2] == ["A met", "A met"]


def test_a_script_that_never_gives_an_order_is_broken_off_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def think(stage: object) -> Wait:  # the tests' own acts get the stage
        while True:
            pass

    monkeypatch.setattr(watchman, "LONGEST_S", 0.2)
    monkeypatch.setattr(watchman, "_LOOKS_S", 0.05)
    acts = {"A": Acts(orders=(Wait(duration_ms=HOUR_MS), think))}
    with pytest.raises(RehearsalError, match=r"the script of A .* and given no order") as caught:
        rehearse(at_sea(scripted("S1", 10, acts)))
    assert (caught.value.serial, caught.value.time_ms) == ("S1", 11 * HOUR_MS)


def test_a_script_that_only_waits_is_not_charged_with_what_other_threads_compute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def wait(_: object) -> Wait:
        started_s = time.process_time()
        while time.process_time() - started_s < 1.0:
            time.sleep(0.01)
        return Wait(duration_ms=HOUR_MS)

    def compute() -> None:
        while not is_over.is_set():
            hashlib.pbkdf2_hmac("sha256", b"", b"", 50_000)

    monkeypatch.setattr(watchman, "LONGEST_S", 0.4)
    monkeypatch.setattr(watchman, "_LOOKS_S", 0.05)
    is_over = threading.Event()
    other = threading.Thread(target=compute)
    other.start()
    try:
        outcome = rehearse(at_sea(scripted("S1", 10, {"A": Acts(orders=(wait,))})))
    finally:
        is_over.set()
        other.join()
    assert outcome.records[0].status is SerialStatus.COMPLETED


def test_a_script_that_has_answered_is_never_struck(monkeypatch: pytest.MonkeyPatch) -> None:
    """Scripts that compute for a moment, under a watch that strikes at once: each is struck while it computes, or not.

    What may never happen is that the exception lands after the answer.
    """
    monkeypatch.setattr(watchman, "LONGEST_S", -1.0)
    watch = watchman.Watch()
    watch.begin()
    is_over = threading.Event()

    def strike() -> None:
        while not is_over.is_set():
            watch.strike()

    striker = threading.Thread(target=strike)
    striker.start()
    struck = answered = strays = 0
    try:
        for number in range(300):
            try:
                watch.asked()
                sum(range(number % 500))
                watch.answered()
                answered += 1
            except watchman.NoOrderError:
                watch.broken_off()
                struck += 1
                continue
            try:
                sum(range(200))
            except watchman.NoOrderError:
                strays += 1
    finally:
        is_over.set()
        striker.join()
    assert strays == 0
    assert struck + answered == 300


def test_a_strike_that_lands_outside_a_script_breaks_the_run_in_words() -> None:
    def stray() -> None:
        raise watchman.NoOrderError

    run = Rehearsal(at_sea(scripted("S1", 10)))
    run._sea.kernel.at(HOUR_MS, Priority.SCRIPT, stray)
    with pytest.raises(RehearsalError, match="has computed for 60 s and given no order") as caught:
        run.finish()
    assert caught.value.time_ms == HOUR_MS
