"""Exercises for the tests of rules: from fragments of a file, and any number of bad ones by chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from hypothesis import strategies as st

from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.example import whole
from waterspace.domain import (
    Area,
    Band,
    CheckResult,
    Circle,
    Conditions,
    ContextExercise,
    Exercise,
    Finding,
    Group,
    Hazard,
    Inject,
    Medium,
    Objective,
    Observer,
    Participant,
    Permission,
    Phase,
    PhaseKind,
    PlannedNotice,
    Platform,
    Polygon,
    Position,
    Reservation,
    Serial,
    SourceText,
    Unit,
    Weather,
    Window,
)
from waterspace.geometry.geodesic import normalise_lon
from waterspace.quantity import DAY_MS, HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry

T = TypeVar("T")

__all__ = ["START_MS", "bad_exercises", "findings_of", "messages_of", "plan", "reordered", "result_of"]

START_MS = 1_780_272_000_000
"""2026-06-01T00:00Z, when the period of the exercises here begins."""

NAMES = ("ALFA", "BRAVO", "CHARLIE", "DELTA", "G1", "S1", "S2", "S3", "A1", "NOBODY", "")


def plan(fragment: str) -> Exercise:
    """The exercise of a fragment, every other key from the small plan with nothing wrong."""
    return planfile.loads(whole(fragment), file="plan.exercise.yaml")


def result_of(fragment: str, *select: str) -> CheckResult:
    """What rules say of a fragment."""
    return check(plan(fragment), select=select)


def findings_of(code: str, fragment: str) -> tuple[Finding, ...]:
    """What one rule says of a fragment."""
    return result_of(fragment, code).findings


def messages_of(code: str, fragment: str) -> list[str]:
    """What one rule says of a fragment, as severity and sentence."""
    return [f"{finding.severity.value}: {finding.message}" for finding in findings_of(code, fragment)]


def reordered(exercise: Exercise, order: list[str]) -> Exercise:
    """The same exercise with its serials in another order, and nothing known of their places."""
    return replace(exercise, serials={id_: exercise.serials[id_] for id_ in order}, places={})


# ------------------------------------------------------------------------------------------------------- bad by chance


def names() -> st.SearchStrategy[str]:
    """Names of entries, whether they exist or not."""
    return st.sampled_from(NAMES)


def mostly(*known: str) -> st.SearchStrategy[str]:
    """One of a few names, now and then any other."""
    return st.integers(0, 7).flatmap(lambda luck: names() if luck == 0 else st.sampled_from(known))


def players() -> st.SearchStrategy[tuple[str, ...]]:
    """Names of units and groups, most of which exist."""
    return st.lists(mostly("ALFA", "BRAVO", "CHARLIE", "DELTA", "G1"), max_size=3).map(tuple)


def several() -> st.SearchStrategy[tuple[str, ...]]:
    """A few names, some twice."""
    return st.lists(names(), max_size=3).map(tuple)


def times() -> st.SearchStrategy[int]:
    """Times in and around the period."""
    return st.integers(-24, 14 * 24).map(lambda hours: START_MS + hours * HOUR_MS) | st.just(START_MS + MINUTE_MS)


def maybe_times() -> st.SearchStrategy[int | None]:
    """A time, or none."""
    return st.none() | times()


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """A span of time, seldom an empty one or one that ends before it begins."""
    start_ms = draw(times())
    return Window(
        start_ms=start_ms, end_ms=start_ms + draw(st.sampled_from((-HOUR_MS, 0, HOUR_MS, 5 * HOUR_MS, DAY_MS)))
    )


def places() -> st.SearchStrategy[Position]:
    """At sea, near a coast, on land, across the antimeridian, near a pole."""
    return st.sampled_from(
        (
            Position(lat_deg=38.5, lon_deg=134.0),
            Position(lat_deg=38.6, lon_deg=134.2),
            Position(lat_deg=37.45, lon_deg=130.9),
            Position(lat_deg=36.0, lon_deg=138.0),
            Position(lat_deg=52.0, lon_deg=179.95),
            Position(lat_deg=52.0, lon_deg=-179.95),
            Position(lat_deg=85.0, lon_deg=0.0),
        )
    )


def footprints() -> st.SearchStrategy[Circle | Polygon]:
    """Circles and triangles."""
    circles = st.builds(
        lambda centre, miles: Circle(centre=centre, radius_m=miles * NAUTICAL_MILE_M),
        places(),
        st.sampled_from((0.5, 5.0, 20.0)),
    )
    triangles = places().map(
        lambda here: Polygon(
            vertices=(
                here,
                replace(here, lat_deg=here.lat_deg + 0.2),
                replace(here, lon_deg=normalise_lon(here.lon_deg - 0.3)),
            )
        )
    )
    return circles | triangles


def bands() -> st.SearchStrategy[Band]:
    """Everything, some water, some air."""
    return st.sampled_from((Band(), Band(floor_m=-50.0, ceiling_m=0.0), Band(floor_m=0.0, ceiling_m=900.0)))


@st.composite
def platforms(draw: st.DrawFn, key: str) -> Platform:
    """A class, often with gaps."""
    return Platform(
        key=key,
        name=key.title(),
        kind="ship",
        medium=draw(st.sampled_from(Medium)),
        max_speed_mps=draw(st.sampled_from((None, 20.0 * KNOT_MPS, 200.0 * KNOT_MPS))),
        economical_speed_mps=draw(st.sampled_from((None, 12.0 * KNOT_MPS))),
        cruise_speed_mps=draw(st.sampled_from((None, 120.0 * KNOT_MPS))),
        range_m=draw(st.sampled_from((None, 50.0 * NAUTICAL_MILE_M, 4000.0 * NAUTICAL_MILE_M))),
        endurance_ms=draw(st.sampled_from((None, HOUR_MS, 9 * DAY_MS))),
    )


@st.composite
def units(draw: st.DrawFn, id_: str) -> Unit:
    """A unit, often based nowhere or on a unit that does not exist."""
    return Unit(
        id=id_,
        name=draw(st.sampled_from((id_.title(), ""))),
        nation=draw(st.sampled_from(("JPN", "KOR", "ITA"))),
        platform=draw(st.sampled_from(("cutter", "hopper", "unknown"))),
        home=draw(st.none() | places()),
        home_name=draw(st.sampled_from(("", "Vladivostock"))),
        home_unit=draw(names()),
        start=draw(st.none() | places()),
        start_ms=draw(maybe_times()),
        count=draw(st.integers(1, 3)),
        command_ship=draw(st.booleans()),
    )


@st.composite
def serials(draw: st.DrawFn, id_: str) -> Serial:
    """A serial of any type, with whatever roles, names and times."""
    key = draw(st.sampled_from((*registry.built_in_keys(), "no_such_type")))
    known = key in set(registry.keys())
    roles = [role.name for role in registry.get(key).roles] if known else ["units"]
    return Serial(
        id=id_,
        type=key,
        parameters=registry.get(key).parameters() if known else None,
        name=draw(st.sampled_from(("", "Blue water"))),
        area=draw(mostly("A1")),
        units=draw(st.dictionaries(st.sampled_from([*roles, "no_such_role"]), players(), max_size=4)),
        start_ms=draw(maybe_times()),
        end_ms=draw(maybe_times()),
        earliest_ms=draw(maybe_times()),
        latest_ms=draw(maybe_times()),
        duration_ms=draw(st.sampled_from((None, 0, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 30 * HOUR_MS))),
        after=draw(several()),
        objectives=draw(several()),
        safety_officer=draw(st.sampled_from(("", "Captain"))),
        conducting_officer=draw(st.sampled_from(("", "captain "))),
        phase=draw(names()),
        conditions=Conditions(
            daylight=draw(st.sampled_from((None, True, False))), sea_state_max=draw(st.none() | st.integers(0, 9))
        ),
    )


def entries(strategy: Mapping[str, st.SearchStrategy[T]]) -> st.SearchStrategy[dict[str, T]]:
    """Some of the entries."""
    return st.fixed_dictionaries({}, optional=dict(strategy))


@st.composite
def bad_exercises(draw: st.DrawFn) -> Exercise:
    """An exercise in which any name may be unknown and any value may be out of place."""
    window = draw(windows())
    return Exercise(
        name="Bad",
        window=draw(st.sampled_from((Window(start_ms=START_MS, end_ms=START_MS + 11 * DAY_MS), window))),
        source=SourceText(file="bad.exercise.yaml", content=b""),
        host=draw(st.sampled_from(("", "JPN"))),
        local_offset_ms=draw(st.sampled_from((0, 9 * HOUR_MS))),
        participants=draw(entries({"JPN": st.just(Participant(nation="JPN"))})),
        platforms={"cutter": draw(platforms("cutter")), "hopper": draw(platforms("hopper"))},
        units=draw(entries({id_: units(id_) for id_ in ("ALFA", "BRAVO", "CHARLIE", "DELTA")})),
        groups=draw(entries({"G1": groups()})),
        areas=draw(entries({"A1": areas()})),
        objectives=draw(entries({"G1": st.just(Objective(id="G1", text="Learn."))})),
        serials=draw(entries({id_: serials(id_) for id_ in ("S1", "S2", "S3")})),
        phases=draw(entries({"A1": phases()})),
        notices=draw(entries({"N1": notices("N1", "navarea"), "N2": notices("N2", "notam")})),
        permissions=draw(entries({"L1": permissions()})),
        injects=draw(entries({"I1": injects()})),
        weather=tuple(draw(st.lists(spells(), max_size=2))),
        other_exercises=draw(entries({"X1": drills()})),
        observers=draw(entries({"B1": observers()})),
        standing_reservations=draw(entries({"R1": standing()})),
    )


def areas() -> st.SearchStrategy[Area]:
    """An area without a name."""
    return st.builds(lambda shape, band: Area(id="A1", name="", footprint=shape, band=band), footprints(), bands())


def phases() -> st.SearchStrategy[Phase]:
    """A phase without a name."""
    return windows().map(lambda window: Phase(id="A1", name="", kind=PhaseKind.SEA, window=window))


def spells() -> st.SearchStrategy[Weather]:
    """Weather for a while."""
    states = st.none() | st.integers(0, 9)
    return st.builds(lambda window, state: Weather(window=window, sea_state=state), windows(), states)


def groups() -> st.SearchStrategy[Group]:
    """A group of whoever."""
    return st.builds(
        lambda members, flagship, roles: Group(id="G1", name="", units=members, flagship=flagship, roles=roles),
        several(),
        names(),
        st.sampled_from(((), ("OTC",))),
    )


def notices(id_: str, kind: str) -> st.SearchStrategy[PlannedNotice]:
    """A notice of whatever."""
    return st.builds(
        lambda covers, planned_ms: PlannedNotice(id=id_, kind=kind, covers=covers, planned_ms=planned_ms),
        several(),
        maybe_times(),
    )


def permissions() -> st.SearchStrategy[Permission]:
    """A permission for whatever."""
    return st.builds(
        lambda state, kind, covers: Permission(id="L1", state=state, kind=kind, covers=covers),
        st.sampled_from(("JPN", "KOR")),
        st.sampled_from(("territorial sea", "port call")),
        several(),
    )


def injects() -> st.SearchStrategy[Inject]:
    """An inject to whomever."""
    return st.builds(
        lambda at_ms, to, delays: Inject(id="I1", at_ms=at_ms, text="Fog.", to=to, delays=delays),
        times(),
        names(),
        names(),
    )


def drills() -> st.SearchStrategy[ContextExercise]:
    """Somebody else's exercise."""
    return st.builds(
        lambda window, footprint, band: ContextExercise(
            id="X1", name="", participants=("ITA",), window=window, footprint=footprint, band=band
        ),
        windows(),
        st.none() | footprints(),
        bands(),
    )


def observers() -> st.SearchStrategy[Observer]:
    """Somebody who looks on."""
    return st.builds(
        lambda class_, window: Observer(id="B1", name="", nation="ITA", platform=class_, window=window),
        st.sampled_from(("cutter", "unknown", "")),
        windows(),
    )


def standing() -> st.SearchStrategy[Reservation]:
    """Somebody else's claim, perhaps without a time."""
    return st.builds(
        lambda footprint, band, spans, hazard: Reservation(
            id="R1", owner="R1", name="", footprint=footprint, band=band, windows=tuple(sorted(spans)), hazard=hazard
        ),
        footprints(),
        bands(),
        st.lists(windows(), max_size=2),
        st.sampled_from(Hazard),
    )
