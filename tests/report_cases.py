"""Runs made by hand for the tests of the report: a small one with a little of everything, and one large and crowded."""

from __future__ import annotations

from dataclasses import replace

from waterspace.domain import (
    Area,
    Band,
    CheckResult,
    Circle,
    ClosestApproach,
    Confidence,
    ContextExercise,
    Event,
    Exercise,
    Finding,
    Hazard,
    Leg,
    Measure,
    Medium,
    NotChecked,
    Observer,
    Participant,
    Phase,
    PhaseKind,
    Place,
    Platform,
    Polygon,
    Position,
    Provenance,
    Reservation,
    Run,
    Serial,
    SerialRecord,
    SerialStatus,
    Severity,
    SourceText,
    Track,
    Unit,
    UnitSummary,
    Window,
)
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import hold, legs_in_window
from waterspace.notation import parse_time
from waterspace.quantity import HOUR_MS, KNOT_MPS, MINUTE_MS, NAUTICAL_MILE_M
from waterspace.serials import registry

__all__ = ["BASE", "MIDDLE", "OPEN_MS", "PLATFORMS", "crowded_run", "named", "small_run"]

OPEN_MS = parse_time("2023-07-20T00:00Z")
MIDDLE = Position(lat_deg=39.8, lon_deg=133.2)
BASE = Position(lat_deg=43.1, lon_deg=131.88)

PLATFORMS = {
    "destroyer": Platform(key="destroyer", name="Destroyer class", kind="destroyer", medium=Medium.SURFACE),
    "tanker": Platform(key="tanker", name="Tanker class", kind="replenishment ship", medium=Medium.SURFACE),
    "helicopter": Platform(key="helicopter", name="Helicopter", kind="ship helicopter", medium=Medium.AIR),
    "watcher": Platform(key="watcher", name="Watcher class", kind="intelligence ship", medium=Medium.SURFACE),
}

_HOURS = tuple(OPEN_MS + hour * HOUR_MS for hour in range(25))


def _span(start_hour: float, end_hour: float) -> Window:
    return Window(start_ms=OPEN_MS + round(start_hour * HOUR_MS), end_ms=OPEN_MS + round(end_hour * HOUR_MS))


def _off(bearing_deg: float, miles: float, middle: Position = MIDDLE) -> Position:
    return destination(middle, bearing_deg, miles * NAUTICAL_MILE_M)


def _serial(id_: str, type_: str, **values: object) -> Serial:
    return replace(Serial(id=id_, type=type_, parameters=registry.get(type_).parameters()), **values)  # type: ignore[arg-type]


def _area(id_: str, middle: Position, miles: float) -> Area:
    corners = tuple(_off(bearing_deg, miles, middle) for bearing_deg in (45.0, 135.0, 225.0, 315.0))
    return Area(
        id=id_,
        name=f"Area {id_}",
        footprint=Polygon(vertices=corners),
        provenance=Provenance(confidence=Confidence.ASSUMED, note="never published"),
    )


def _small_exercise() -> Exercise:
    reported = Provenance(source="https://example.org/page", confidence=Confidence.REPORTED)
    return Exercise(
        name="Small exercise",
        window=_span(0, 24),
        source=SourceText(file="folder/small.exercise.yaml", content=b"waterspace: 1\n"),
        series="Small series",
        theme="A theme in a few words",
        host="CHN",
        languages=("zh", "ru"),
        marking="Marking as the file has it",
        local_offset_ms=9 * HOUR_MS,
        participants={
            "CHN": Participant(nation="CHN", service="navy", provenance=reported),
            "RUS": Participant(nation="RUS"),
        },
        platforms=PLATFORMS,
        units={
            "ALPHA": Unit(
                id="ALPHA",
                name="Alpha",
                hull="101",
                nation="CHN",
                platform="destroyer",
                start=MIDDLE,
                command_ship=True,
            ),
            "BRAVO": Unit(
                id="BRAVO", name="Bravo", nation="RUS", platform="tanker", home=BASE, home_name="Vladivostok"
            ),
            "CHARLIE": Unit(
                id="CHARLIE", name="Charlie", nation="CHN", platform="helicopter", home_unit="ALPHA", count=2
            ),
            "DELTA": Unit(id="DELTA", name="Delta", nation="RUS", platform="no such class", provenance=reported),
        },
        areas={"GOLF": _area("GOLF", MIDDLE, 10.0)},
        phases={"SEA": Phase(id="SEA", name="Sea phase", kind=PhaseKind.SEA, window=_span(0, 20))},
        serials={
            "S1": _serial(
                "S1",
                "manoeuvres",
                name="Turns together",
                area="GOLF",
                phase="SEA",
                start_ms=_HOURS[2],
                end_ms=_HOURS[4],
                units={"guide": ("ALPHA",), "ships": ("BRAVO",)},
            ),
            "S2": _serial(
                "S2",
                "gunnery",
                name="Firing",
                area="GOLF",
                phase="SEA",
                start_ms=_HOURS[6],
                end_ms=_HOURS[8],
                units={"firing": ("ALPHA",), "safety": ("BRAVO",)},
            ),
            "S3": _serial(
                "S3", "communications_check", start_ms=_HOURS[10], end_ms=_HOURS[11], units={"control": ("ALPHA",)}
            ),
            "S4": _serial("S4", "communications_check", units={"control": ("NOBODY",)}),
        },
        other_exercises={
            "X1": ContextExercise(
                id="X1",
                name="Drill of others",
                participants=("USA", "JPN"),
                window=_span(0, 6),
                footprint=Circle(centre=_off(200.0, 40.0), radius_m=8 * NAUTICAL_MILE_M),
            ),
            "X2": ContextExercise(id="X2", name="Drill nobody has placed", participants=("KOR",), window=_span(1, 2)),
        },
        observers={
            "W1": Observer(
                id="W1",
                name="Watcher",
                nation="JPN",
                platform="watcher",
                window=_span(0, 12),
                activity="keeps its distance",
                route=(_off(180.0, 25.0), _off(90.0, 25.0)),
            ),
            "W2": Observer(
                id="W2", name="Sighting", nation="JPN", platform="unknown", window=_span(3, 4), route=(_off(0.0, 30.0),)
            ),
            "W3": Observer(id="W3", name="Somewhere", nation="JPN", platform="unknown", window=_span(3, 4)),
        },
        standing_reservations={
            "R1": Reservation(
                id="R1",
                owner="R1",
                name="Warning 123/23",
                band=Band(floor_m=0.0),
                hazard=Hazard.WARNING,
                footprint=Circle(centre=_off(60.0, 20.0), radius_m=5 * NAUTICAL_MILE_M),
                windows=(_span(0, 5), _span(9, 12)),
            )
        },
    )


def _small_tracks() -> dict[str, Track]:
    alpha = (
        hold(MIDDLE, _span(0, 2)),
        *legs_in_window((MIDDLE, _off(90.0, 20.0)), _span(2, 4)),
        *legs_in_window((_off(90.0, 20.0), _off(0.0, 15.0)), _span(4, 24)),
    )
    bravo = legs_in_window((BASE, _off(270.0, 3.0)), _span(0, 24))
    deck = alpha[1].start
    charlie = (
        Leg(start_ms=_HOURS[0], end_ms=_HOURS[2], start=deck, end=deck),
        Leg(start_ms=_HOURS[2], end_ms=_HOURS[3], start=deck, end=_off(45.0, 30.0), height_m=300.0),
        Leg(start_ms=_HOURS[3], end_ms=_HOURS[4], start=_off(45.0, 30.0), end=alpha[1].end, height_m=300.0),
    )
    return {
        "ALPHA": Track(unit="ALPHA", legs=alpha),
        "BRAVO": Track(unit="BRAVO", legs=bravo),
        "CHARLIE": Track(unit="CHARLIE", legs=charlie),
    }


def _place(line: int) -> Place:
    return Place(file="folder/small.exercise.yaml", line=line, column=3)


def small_run() -> Run:
    """Four units, four serials: one as planned, one late and cut short, one late, one never run."""
    exercise = _small_exercise()
    tracks = _small_tracks()
    return Run(
        exercise=exercise,
        seed=7,
        version="0.1.0",
        input_sha256="ab" * 32,
        digest="cd" * 32,
        engine_seconds=0.01,
        events=(
            Event(sequence=0, time_ms=_HOURS[2], kind="serial.started", text="S1 started", serial="S1"),
            Event(
                sequence=1,
                time_ms=_HOURS[3],
                kind="unit.arrived",
                text="Alpha arrived",
                serial="S1",
                unit="ALPHA",
                position=MIDDLE,
                data={"range_m": 3704.0, "name": "text"},
            ),
            Event(sequence=2, time_ms=_HOURS[4], kind="serial.ended", text="S1 ended", serial="S1"),
        ),
        tracks=tracks,
        planned_tracks={"ALPHA": tracks["ALPHA"]},
        records=(
            SerialRecord(serial="S1", planned=_span(2, 4), actual=_span(2, 4), status=SerialStatus.COMPLETED),
            SerialRecord(
                serial="S2",
                planned=_span(6, 8),
                actual=_span(7.5, 8),
                status=SerialStatus.CUT_SHORT,
                reason="the range was fouled",
            ),
            SerialRecord(serial="S3", planned=_span(10, 11), actual=_span(10.2, 11.5), status=SerialStatus.COMPLETED),
            SerialRecord(serial="S4", planned=None, actual=None, status=SerialStatus.NOT_RUN, reason="it has no time"),
        ),
        check=CheckResult(
            findings=(
                Finding(
                    code="WS701",
                    severity=Severity.ADVICE,
                    message="S3 serves no objective.",
                    subjects=("S3",),
                    place=_place(40),
                ),
                Finding(
                    code="WS201",
                    severity=Severity.ERROR,
                    message="Two danger areas meet.",
                    subjects=("S2", "R1"),
                    place=_place(30),
                    position=_off(60.0, 12.0),
                    when=(_span(6, 8),),
                ),
                Finding(
                    code="WS103",
                    severity=Severity.WARNING,
                    message="Bravo goes at its utmost.",
                    subjects=("BRAVO",),
                    place=_place(20),
                    when=(_span(0, 2),),
                ),
            ),
            not_checked=(NotChecked(code="WS405", reason="the file gives no weather"),),
            rules=24,
        ),
        measures=(
            Measure(name="closest_range_m", value=22224.0, subject="S1", text="least range between guide and ships"),
            Measure(name="fired_ratio", value=0.5, subject="S2", text="share of the runs in which the ship fired"),
        ),
        summaries=(
            UnitSummary(
                unit="ALPHA",
                distance_m=20 * NAUTICAL_MILE_M,
                under_way_ms=2 * HOUR_MS,
                mean_speed_mps=10 * KNOT_MPS,
                max_speed_mps=18 * KNOT_MPS,
                fuel_used_ratio=0.004,
                fuel_lowest_ratio=0.996,
            ),
            UnitSummary(unit="DELTA", distance_m=0.0, under_way_ms=0, mean_speed_mps=0.0, max_speed_mps=0.0),
        ),
        closest_approaches=(
            ClosestApproach(first="ALPHA", second="BRAVO", time_ms=_HOURS[3], range_m=926.0, position=MIDDLE),
            ClosestApproach(first="ALPHA", second="CHARLIE", time_ms=_HOURS[4], range_m=500.0, position=MIDDLE),
        ),
    )


def named(run: Run, text: str) -> Run:
    """The same run with a text wherever a plan may have text of its own."""
    exercise = run.exercise
    alpha, s1, golf = exercise.units["ALPHA"], exercise.serials["S1"], exercise.areas["GOLF"]
    changed = replace(
        exercise,
        name=text,
        marking=text,
        theme=text,
        series=text,
        languages=(text,),
        units=dict(exercise.units) | {"ALPHA": replace(alpha, name=text, hull=text)},
        serials=dict(exercise.serials) | {"S1": replace(s1, name=text, provenance=Provenance(source=text, note=text))},
        areas=dict(exercise.areas) | {"GOLF": replace(golf, name=text)},
    )
    finding = replace(run.check.findings[1], message=text)
    missing = NotChecked(code="WS405", reason=text)
    return replace(
        run,
        exercise=changed,
        check=replace(run.check, findings=(finding,), not_checked=(missing,)),
        records=(replace(run.records[0], reason=text), *run.records[1:]),
        events=(replace(run.events[0], text=text, kind=text), *run.events[1:]),
    )


def crowded_run(unit_count: int = 20, serial_count: int = 25) -> Run:
    """Nine days in the Sea of Japan: ships that sail together and meet in one spot, a serial every few hours."""
    window = Window(start_ms=OPEN_MS - 5 * 24 * HOUR_MS, end_ms=OPEN_MS + 4 * 24 * HOUR_MS)
    nations = ("CHN", "RUS", "JPN")
    units = {
        f"U{index:02d}": Unit(
            id=f"U{index:02d}",
            name=f"Ship with a long name {index}",
            hull=str(100 + index),
            nation=nations[index % len(nations)],
            platform=("destroyer", "tanker")[index % 5 == 4],
            start=BASE,
        )
        for index in range(unit_count)
    }
    areas = {f"A{index}": _area(f"A{index}", _off(90.0 * index, 30.0), 12.0) for index in range(4)}
    serials: dict[str, Serial] = {}
    records = []
    for index in range(serial_count):
        start_ms = OPEN_MS - 24 * HOUR_MS + index * 4 * HOUR_MS
        planned = Window(start_ms=start_ms, end_ms=start_ms + 3 * HOUR_MS)
        late_ms = (index % 4) * 20 * MINUTE_MS
        actual = Window(start_ms=start_ms + late_ms, end_ms=planned.end_ms)
        id_ = f"S{101 + index}"
        serials[id_] = _serial(
            id_,
            ("manoeuvres", "communications_check")[index % 2],
            name=f"Serial number {index}",
            area=f"A{index % 4}",
            phase=("P1", "P2")[index > serial_count // 2],
            units={"guide": ("U00",), "ships": ("U01", "U02")}
            if index % 2 == 0
            else {"control": ("U00",), "stations": ("U03",)},
            start_ms=planned.start_ms,
            end_ms=planned.end_ms,
        )
        status = (SerialStatus.NOT_RUN, SerialStatus.COMPLETED, SerialStatus.COMPLETED, SerialStatus.CUT_SHORT)[
            index % 4
        ]
        records.append(
            SerialRecord(
                serial=id_, planned=planned, actual=None if status is SerialStatus.NOT_RUN else actual, status=status
            )
        )
    split_ms = OPEN_MS + 24 * HOUR_MS
    exercise = replace(
        _small_exercise(),
        name="Crowded exercise",
        window=window,
        units=units,
        areas=areas,
        serials=serials,
        phases={
            "P1": Phase(
                id="P1", name="First part", kind=PhaseKind.SEA, window=Window(start_ms=window.start_ms, end_ms=split_ms)
            ),
            "P2": Phase(
                id="P2", name="Second part", kind=PhaseKind.SEA, window=Window(start_ms=split_ms, end_ms=window.end_ms)
            ),
        },
    )
    tracks = {unit: Track(unit=unit, legs=_to_the_crowd(index, window)) for index, unit in enumerate(units)}
    return replace(
        small_run(),
        exercise=exercise,
        tracks=tracks,
        planned_tracks=tracks,
        records=tuple(records),
        events=(),
        measures=(),
        summaries=(),
        closest_approaches=(),
    )


def _to_the_crowd(index: int, window: Window) -> tuple[Leg, ...]:
    """Two days at the berth, two days of passage, then stations half a mile apart."""
    station = _off(137.5 * index, 0.4 * index**0.5)
    sail_ms = window.start_ms + 2 * 24 * HOUR_MS
    arrive_ms = sail_ms + 2 * 24 * HOUR_MS
    return (
        hold(BASE, Window(start_ms=window.start_ms, end_ms=sail_ms)),
        *legs_in_window((BASE, station), Window(start_ms=sail_ms, end_ms=arrive_ms)),
        hold(station, Window(start_ms=arrive_ms, end_ms=window.end_ms)),
    )
