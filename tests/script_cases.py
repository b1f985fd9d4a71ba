"""Exercises whose scripts are data: each unit of a serial gives the orders that the serial's parameters list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from waterspace.domain import (
    Event,
    Exercise,
    Medium,
    Order,
    OutsideEvent,
    OutsideKind,
    Platform,
    Position,
    Record,
    Serial,
    SourceText,
    Unit,
    Wait,
    Window,
)
from waterspace.errors import OrderError, RelievedError
from waterspace.geometry.geodesic import destination
from waterspace.geometry.legs import hold
from waterspace.quantity import HOUR_MS, KNOT_MPS, NAUTICAL_MILE_M
from waterspace.serials import registry
from waterspace.serials.base import Briefing, Plan, Role, Script, SerialParameters, SerialType, Stage

__all__ = [
    "HERE",
    "PERIOD_MS",
    "SHIP",
    "UNITS",
    "Acts",
    "Luck",
    "Scripted",
    "at_sea",
    "install",
    "kinds",
    "outside",
    "scripted",
]

HERE = Position(lat_deg=39.8, lon_deg=133.2)
PERIOD_MS = 48 * HOUR_MS
UNITS = ("A", "B", "C")
SHIP = Platform(
    key="ship",
    name="Ship",
    kind="frigate",
    medium=Medium.SURFACE,
    max_speed_mps=28.0 * KNOT_MPS,
    economical_speed_mps=15.0 * KNOT_MPS,
)
PLATFORMS = {
    "ship": SHIP,
    "wreck": Platform(
        key="wreck",
        name="Wreck",
        kind="wreck",
        medium=Medium.SURFACE,
        max_speed_mps=0.0,
        economical_speed_mps=0.0,
        cruise_speed_mps=0.0,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Luck:
    """An act of the tests' own: wait for a time drawn from the unit's stream, and log the draw."""


Act = Order | Luck | Callable[[Stage["ScriptedParameters"]], Order]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What one unit does.

    Attributes:
        orders: given one after another.
        after_relief: orders given when the script is told to stop.
        after_failure: orders given when an order fails; None where the script does not cope with that.
        again: give the orders over and over.
    """

    orders: tuple[Act, ...] = ()
    after_relief: tuple[Order, ...] = ()
    after_failure: tuple[Order, ...] | None = None
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedParameters(SerialParameters):
    """The acts of every unit; a unit that is not named follows the plan."""

    acts: Mapping[str, Acts] = field(default_factory=dict)


class Scripted(SerialType[ScriptedParameters]):
    """Ships lie in a row, five miles apart, and then do what the parameters list."""

    key = "scripted"
    title = "scripted"
    summary = "A type for these tests."
    parameters = ScriptedParameters
    roles = (Role(name="lead", text="leads"), Role(name="others", text="follow", minimum=0))

    def plan(self, briefing: Briefing[ScriptedParameters]) -> Plan:
        return {
            unit: (hold(destination(HERE, 90.0, 5.0 * NAUTICAL_MILE_M * place), briefing.window),)
            for place, unit in enumerate(briefing.units())
        }

    def script(self, stage: Stage[ScriptedParameters], unit: str) -> Script:
        acts = stage.briefing.parameters.acts.get(unit)
        if acts is None:
            yield from super().script(stage, unit)
            return
        try:
            yield from _play(stage, unit, acts.orders)
            while acts.again:
                yield from _play(stage, unit, acts.orders)
        except RelievedError as error:
            yield Record(kind="act.relieved", text=str(error))
            yield from _give(acts.after_relief)
        except OrderError as error:
            if acts.after_failure is None:
                raise
            yield Record(kind="act.failed", text=str(error))
            yield from _give(acts.after_failure)


def _give(orders: tuple[Order, ...]) -> Script:
    for order in orders:  # noqa: UP028  # a tuple takes no answers
        yield order


def _play(stage: Stage[ScriptedParameters], unit: str, orders: tuple[Act, ...]) -> Script:
    for act in orders:
        if isinstance(act, Luck):
            draw = float(stage.stream(unit).random())
            yield Record(kind="act.draw", text=unit, data={"draw_ratio": draw})
            order: Order = Wait(duration_ms=round(draw * HOUR_MS))
        else:
            order = act(stage) if callable(act) else act
        wake = yield order
        if not isinstance(order, Record):
            text = f"{unit} {wake.reason.value}" + (f" {wake.text!r} from {wake.sender!r}" if wake.text else "")
            yield Record(kind="act.done", text=text, data=wake.data)


def install(monkeypatch_setattr: Callable[[object, str, object], None]) -> None:
    """Let the type be found, for as long as the monkeypatch lasts."""
    real, own = registry.get, Scripted()
    monkeypatch_setattr(registry, "get", lambda key: own if key == "scripted" else real(key))


def scripted(
    id_: str, start_h: float, acts: Mapping[str, Acts] | None = None, units: tuple[str, ...] = ("A", "B")
) -> Serial:
    """A serial of two hours whose first unit leads."""
    return Serial(
        id=id_,
        type="scripted",
        parameters=ScriptedParameters(acts=acts or {}),
        units={"lead": units[:1], "others": units[1:]},
        start_ms=round(start_h * HOUR_MS),
        duration_ms=2 * HOUR_MS,
    )


def at_sea(*serials: Serial, content: bytes = b"", wrecks: tuple[str, ...] = ()) -> Exercise:
    """An exercise of three ships, which begin ten miles to the south.

    Args:
        serials: of the exercise.
        content: stands for the file.
        wrecks: units that cannot move.
    """
    ships = [
        Unit(
            id=id_,
            name=id_,
            nation="JPN",
            platform="wreck" if id_ in wrecks else "ship",
            start=destination(HERE, 180.0, 10.0 * NAUTICAL_MILE_M),
        )
        for id_ in UNITS
    ]
    return Exercise(
        name="scripted",
        window=Window(start_ms=0, end_ms=PERIOD_MS),
        source=SourceText(file="scripted.exercise.yaml", content=content),
        platforms=PLATFORMS,
        units={unit.id: unit for unit in ships},
        serials={serial.id: serial for serial in serials},
    )


def outside(at_h: float, kind: OutsideKind, to: str, **more: object) -> OutsideEvent:
    """An outside event at an hour."""
    return replace(OutsideEvent(at_ms=round(at_h * HOUR_MS), kind=kind, to=to), **more)  # type: ignore[arg-type]


def kinds(events: tuple[Event, ...], kind: str) -> list[Event]:
    """The events of a kind."""
    return [event for event in events if event.kind == kind]
