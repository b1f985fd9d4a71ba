"""However a run is cut, directed, watched or kept in a file, it is the same run: laws over random scripts."""

from __future__ import annotations

import itertools
import operator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from script_cases import HERE, PERIOD_MS, UNITS, Acts, Luck, at_sea, install, kinds, outside, scripted
from waterspace.domain import (
    NEWS,
    Await,
    CloseTo,
    Event,
    Exercise,
    Observer,
    OutsideEvent,
    OutsideKind,
    Proceed,
    Record,
    Send,
    Signal,
    Wait,
    WaitUntil,
    Window,
)
from waterspace.engine import (
    Instrument,
    Rehearsal,
    View,
    first_difference,
    read_checkpoint,
    rehearse,
    resume,
    take_checkpoint,
    write_checkpoint,
)
from waterspace.errors import CheckpointError, RehearsalError
from waterspace.geometry.geodesic import destination, distance_m
from waterspace.geometry.legs import speed_mps
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M

if TYPE_CHECKING:
    from collections.abc import Sequence

    from script_cases import Act

many = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def _scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch.setattr)


heeds = st.sets(st.sampled_from(sorted(NEWS))).map(frozenset)
spans_ms = st.integers(0, 90 * MINUTE_MS)
speeds_mps = st.none() | st.floats(2.0, 28.0 * KNOT_MPS)
places = st.builds(destination, st.just(HERE), st.floats(0.0, 359.0), st.floats(0.0, 15.0 * NAUTICAL_MILE_M))
routes = st.lists(places, min_size=1, max_size=3).map(tuple)
names = st.sampled_from(("red", "green"))
orders: st.SearchStrategy[Act] = st.one_of(
    st.builds(Luck),
    st.builds(Wait, duration_ms=spans_ms, heeds=heeds),
    st.builds(WaitUntil, time_ms=st.integers(0, PERIOD_MS), heeds=heeds),
    st.builds(Proceed, waypoints=routes, speed_mps=speeds_mps, heeds=heeds),
    st.builds(
        CloseTo,
        unit=st.sampled_from((*UNITS, "GHOST")),
        range_m=st.floats(100.0, 5_000.0),
        timeout_ms=spans_ms,
        speed_mps=speeds_mps,
        heeds=heeds,
    ),
    st.builds(Signal, name=names),
    st.builds(Await, name=names, timeout_ms=spans_ms, heeds=heeds),
    st.builds(Send, to=st.sampled_from((*UNITS, "S1")), text=st.just("word"), delay_ms=spans_ms),
    st.builds(Record, kind=st.just("drill.note"), text=st.just("noted")),
)
acts = st.builds(
    Acts,
    orders=st.lists(orders, max_size=6).map(tuple),
    after_relief=st.lists(orders.filter(lambda order: not isinstance(order, Luck)), max_size=2).map(tuple),
    after_failure=st.none() | st.just(()),
)


@st.composite
def exercises(draw: st.DrawFn) -> Exercise:
    """One to four serials, at any time, of some of the three ships, each with scripts of its own."""
    serials = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        units = tuple(draw(st.permutations(UNITS)))[: draw(st.integers(1, 3))]
        start_h = draw(st.integers(2, 40))
        serial = scripted(f"S{number}", start_h, {unit: draw(acts) for unit in units}, units)
        after = draw(st.sets(st.sampled_from(("S1", "S2")), max_size=1)) - {serial.id}
        serials.append(replace(serial, after=tuple(after)))
    return at_sea(*serials)


@st.composite
def journals(draw: st.DrawFn) -> tuple[OutsideEvent, ...]:
    """Up to five outside events, in order of time, often at one instant; some fall on nobody."""
    events = []
    for at_h in sorted(draw(st.lists(st.integers(1, 45), max_size=5))):
        kind = draw(st.sampled_from(OutsideKind))
        if kind in {OutsideKind.DELAY, OutsideKind.CANCEL, OutsideKind.PREEMPT}:
            by_ms = draw(st.integers(1, 6 * HOUR_MS)) if kind is OutsideKind.DELAY else 0
            other = "S1" if kind is OutsideKind.PREEMPT else ""
            to = "S0" if kind is OutsideKind.PREEMPT else "S1"
            events.append(outside(at_h, kind, to, by_ms=by_ms, other=other))
        else:
            by_ms = draw(st.integers(0, 6 * HOUR_MS)) if kind is OutsideKind.FAILURE else 0
            events.append(outside(at_h, kind, draw(st.sampled_from(UNITS)), text="heave to", by_ms=by_ms))
    return tuple(events)


def with_first(plan: Exercise) -> Exercise:
    """The plan with one more serial, which others can be told to give way to or that gives way itself."""
    first = scripted("S0", 9, {"A": Acts(orders=(Wait(duration_ms=3 * HOUR_MS),))}, ("A", "B"))
    return replace(plan, serials={"S0": first, **plan.serials})


@many
@given(exercises(), journals(), st.lists(st.integers(-HOUR_MS, PERIOD_MS + HOUR_MS), max_size=6))
def test_a_run_cut_anywhere_and_directed_as_it_goes_is_the_same_run(
    plan: Exercise, journal: tuple[OutsideEvent, ...], cuts_ms: list[int]
) -> None:
    plan = with_first(plan)
    whole = rehearse(plan, journal=journal)
    run = Rehearsal(plan)
    steps = [*((cut_ms, None) for cut_ms in cuts_ms), *((event.at_ms, event) for event in journal)]
    for at_ms, event in sorted(steps, key=operator.itemgetter(0)):
        run.run(at_ms)
        if event is not None:
            run.direct(event)
    pieces = run.finish()
    assert first_difference(pieces.trail, whole.trail) is None
    assert pieces.digest == whole.digest
    assert pieces.tracks == whole.tracks
    assert pieces.records == whole.records
    assert pieces.journal == journal


@many
@given(exercises(), journals(), st.integers(-HOUR_MS, PERIOD_MS + HOUR_MS))
def test_a_run_resumed_from_a_file_at_any_cut_is_the_same_run(
    tmp_path: Path, plan: Exercise, journal: tuple[OutsideEvent, ...], cut_ms: int
) -> None:
    plan, path = with_first(plan), tmp_path / "checkpoint.jsonl"
    whole = rehearse(plan, 7, journal=journal)
    run = Rehearsal(plan, 7)
    for event in journal:
        run.direct(event)
    run.run(cut_ms)
    kept = take_checkpoint(run)
    write_checkpoint(kept, path)
    assert read_checkpoint(path) == kept
    again = resume(read_checkpoint(path), plan)
    assert (again.now_ms, again.digest) == (run.now_ms, run.digest)
    assert again.finish().digest == run.finish().digest == whole.digest


@many
@given(exercises(), journals())
def test_tracks_join_up_events_are_in_order_and_no_ship_is_too_fast(
    plan: Exercise, journal: tuple[OutsideEvent, ...]
) -> None:
    outcome = rehearse(with_first(plan), journal=journal)
    assert [event.sequence for event in outcome.events] == list(range(len(outcome.events)))
    assert all(a.time_ms <= b.time_ms for a, b in itertools.pairwise(outcome.events))
    assert all(type(event.time_ms) is int for event in outcome.events)
    for track in outcome.tracks.values():
        assert track.legs[0].start_ms == 0
        for before, after in itertools.pairwise(track.legs):
            assert before.end_ms == after.start_ms
            assert distance_m(before.end, after.start) < 1.0
        for leg in track.legs:
            if leg.duration_ms > MINUTE_MS:
                assert speed_mps(leg) <= 28.0 * KNOT_MPS * 1.001


class Meddler(Instrument):
    """Looks at everything, and tries to change what it is given."""

    def __init__(self) -> None:
        self.view: View | None = None
        self.times_ms: list[int] = []
        self.seen: list[tuple[Event, str]] = []
        self.ended = ""

    def on_start(self, view: View) -> None:
        self.view = view

    def on_time(self, time_ms: int) -> None:
        assert self.view is not None
        assert self.view.now_ms == time_ms
        self.times_ms.append(time_ms)
        assert all(self.view.position(unit) is not None for unit in self.view.units())
        assert self.view.position("GHOST") is None

    def on_event(self, event: Event, digest: str) -> None:
        self.seen.append((replace(event, data=dict(event.data)), digest))
        event.data["meddled"] = 1  # type: ignore[index]

    def on_end(self, digest: str) -> None:
        self.ended = digest


@many
@given(exercises(), journals())
def test_instruments_see_all_and_change_nothing(plan: Exercise, journal: tuple[OutsideEvent, ...]) -> None:
    meddler = Meddler()
    watched = rehearse(with_first(plan), instruments=(meddler, Instrument()), journal=journal)
    alone = rehearse(with_first(plan), journal=journal)
    assert watched.trail == alone.trail
    assert watched.events == alone.events
    assert watched.tracks == alone.tracks
    assert [event for event, _ in meddler.seen] == list(alone.events)
    assert [bytes.fromhex(digest) for _, digest in meddler.seen] == list(alone.trail)
    assert meddler.times_ms == sorted(set(meddler.times_ms))
    assert meddler.ended == alone.digest


def _draws(plan: Exercise, journal: Sequence[OutsideEvent] = ()) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for event in kinds(rehearse(plan, journal=journal).events, "act.draw"):
        found.setdefault(f"{event.serial}/{event.unit}", []).append(event.data["draw_ratio"])
    return found


@many
@given(st.integers(1, 5), st.integers(0, 5), st.booleans())
def test_who_is_added_draws_from_streams_of_their_own(first: int, second: int, observed: bool) -> None:
    lucky = scripted("S1", 10, {"A": Acts(orders=(Luck(),) * first), "B": Acts(orders=(Luck(),) * 2)})
    added = scripted("S0", 10, {"C": Acts(orders=(Luck(),) * second)}, ("C",))
    alone = _draws(at_sea(lucky))
    plan = at_sea(added, lucky)
    if observed:
        stranger = Observer(
            id="O1",
            name="Stranger",
            nation="RUS",
            platform="ship",
            window=Window(start_ms=0, end_ms=PERIOD_MS),
            route=(HERE,),
        )
        plan = replace(plan, observers={"O1": stranger})
    beside = _draws(plan)
    assert {owner: draws for owner, draws in beside.items() if owner in alone} == alone
    assert len(beside.get("S0/C", [])) == second


def test_two_histories_are_compared_at_the_first_event_that_differs() -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(Wait(duration_ms=HOUR_MS),))}))
    one, other = rehearse(plan), rehearse(plan, journal=(outside(10.5, OutsideKind.MESSAGE, "A"),))
    number = first_difference(one.trail, other.trail)
    assert number is not None
    assert one.events[:number] == other.events[:number]
    assert other.events[number].kind == "outside.message"
    assert first_difference(one.trail, one.trail) is None
    assert first_difference(one.trail, one.trail[:-1]) == len(one.trail) - 1
    assert one.trail[-1].hex() == one.digest


def _kept(tmp_path: Path, plan: Exercise, *journal: OutsideEvent) -> Path:
    run = Rehearsal(plan)
    for event in journal:
        run.direct(event)
    run.run(11 * HOUR_MS)
    write_checkpoint(take_checkpoint(run), tmp_path / "kept.jsonl")
    return tmp_path / "kept.jsonl"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda lines: [], "line 1: the file ends before its end"),
        (lambda lines: lines[:-1], "line 5: the file ends before its end; it is cut"),
        (lambda lines: [*lines[:-1], lines[-1][:9]], "line 5: it is no line of JSON; the file is cut or damaged"),
        (lambda lines: [*lines[:2], *lines[3:]], "line 3: it was changed after it was written"),
        (lambda lines: [lines[0].replace('"seed": 1', '"seed": 2'), *lines[1:]], "line 1: it was changed"),
        (lambda lines: [*lines[:2], lines[2].replace("heave", "leave"), *lines[3:]], "line 3: it was changed"),
        (lambda lines: ["[]\n", *lines[1:]], "line 1: it is no object"),
        (lambda lines: ['{"a": 1}\n', *lines[1:]], "line 1: found format None"),
        (lambda lines: [lines[0].replace('version": 1', 'version": 9'), *lines[1:]], "line 1: found format version 9"),
        (lambda lines: ["\x00\ufffd\n"], "line 1: it is no line of JSON"),
    ],
)
def test_a_spoilt_checkpoint_is_refused_at_its_line(tmp_path: Path, spoil: object, words: str) -> None:
    journal = (outside(10.5, OutsideKind.ORDER, "A", text="heave to"), outside(12, OutsideKind.ORDER, "A"))
    path = _kept(tmp_path, at_sea(scripted("S1", 10)), *journal)
    assert len(_lines(path)) == 5
    path.write_text("".join(spoil(_lines(path))), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(CheckpointError, match=words) as caught:
        read_checkpoint(path)
    assert "make it anew with" in str(caught.value)


@many
@given(st.data())
def test_a_checkpoint_spoilt_anywhere_is_never_read_as_another(tmp_path: Path, data: st.DataObject) -> None:
    path = _kept(tmp_path, at_sea(scripted("S1", 10)), outside(10.5, OutsideKind.ORDER, "A", text="heave to"))
    content, kept = path.read_bytes(), read_checkpoint(path)
    at = data.draw(st.integers(0, len(content) - 1))
    changed = data.draw(st.booleans())
    byte = bytes([data.draw(st.integers(0, 255))])
    path.write_bytes(content[:at] + byte + content[at + 1 :] if changed else content[:at])
    with suppress(CheckpointError):
        assert read_checkpoint(path) == kept


def test_a_checkpoint_that_is_not_there_or_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no checkpoint"):
        read_checkpoint(tmp_path / "nothing.jsonl")
    with pytest.raises(CheckpointError, match="cannot read"):
        read_checkpoint(tmp_path)
    with pytest.raises(CheckpointError, match="cannot write"):
        write_checkpoint(take_checkpoint(Rehearsal(at_sea())), tmp_path / "nowhere" / "kept.jsonl")


def test_a_checkpoint_of_another_exercise_or_version_is_refused(tmp_path: Path) -> None:
    plan = at_sea(scripted("S1", 10))
    kept = read_checkpoint(_kept(tmp_path, plan))
    with pytest.raises(CheckpointError, match="is another exercise or has been changed since"):
        resume(kept, at_sea(scripted("S1", 10), content=b"other"))
    with pytest.raises(CheckpointError, match=r"of Waterspace 0\.0\.1 and this is"):
        resume(replace(kept, version="0.0.1"), plan)


def test_a_replay_that_differs_names_the_first_event(tmp_path: Path) -> None:
    kept = read_checkpoint(_kept(tmp_path, at_sea(scripted("S1", 10))))
    with pytest.raises(CheckpointError, match=r"they differ from event \d+ \(1970-01-01T09:00:00Z serial\.started: S1"):
        resume(kept, at_sea(scripted("S1", 9)))


def test_a_run_that_is_over_keeps_its_outcome_and_takes_no_orders() -> None:
    run = Rehearsal(at_sea(scripted("S1", 10)))
    outcome = run.finish()
    assert run.is_over
    assert run.finish() is outcome
    with pytest.raises(CheckpointError, match="is over"):
        take_checkpoint(run)
    with pytest.raises(RehearsalError, match="finds the run over"):
        run.direct(outside(50, OutsideKind.ORDER, "A"))


def test_the_outside_comes_after_all_else_at_an_instant() -> None:
    plan = at_sea(scripted("S1", 10, {"A": Acts(orders=(Wait(duration_ms=HOUR_MS, heeds=NEWS),))}))
    events = rehearse(plan, journal=(outside(11, OutsideKind.ORDER, "A"),)).events
    (done,) = kinds(events, "act.done")
    assert done.text == "A elapsed"
    assert [event.kind for event in events if event.time_ms == 11 * HOUR_MS] == ["act.done", "outside.order"]
