"""The nouns of an exercise at sea, as frozen dataclasses. Standard library only.

Each is imported when it is first asked for: making a frozen class costs more than most of what is done with it, and few
who want a position want an order too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from waterspace.domain.amount import AMOUNT_UNITS, Amount, AmountUnit
    from waterspace.domain.arrangements import Agreement, AnimalWatch, Habitat, Net, NotamCircle, QuietHours
    from waterspace.domain.checking import CheckSettings, Suppression
    from waterspace.domain.circumstances import Link, Reliability
    from waterspace.domain.data_files import DataFiles
    from waterspace.domain.exercise import (
        Area,
        ContextExercise,
        Exercise,
        Inject,
        Objective,
        Observer,
        Participant,
        Phase,
        PhaseKind,
        PlannedNotice,
        SourceText,
        Weather,
    )
    from waterspace.domain.finding import (
        CheckResult,
        Edit,
        Finding,
        Fix,
        NotChecked,
        Overlap,
        Severity,
        Shape,
        Sorting,
        Suppressed,
    )
    from waterspace.domain.footprint import (
        Circle,
        Corridor,
        Footprint,
        Joined,
        MovingBox,
        Polygon,
        Sector,
        Without,
    )
    from waterspace.domain.order import (
        NEWS,
        RANGE_NEWS,
        Await,
        BearingFrom,
        CloseTo,
        Follow,
        KeepStation,
        Order,
        Proceed,
        Record,
        Send,
        Signal,
        Wait,
        WaitUntil,
        Wake,
        WakeReason,
    )
    from waterspace.domain.outside import OutsideEvent, OutsideKind
    from waterspace.domain.permission import TERRITORIAL_SEA, Permission
    from waterspace.domain.place import Confidence, Place, Position, Provenance
    from waterspace.domain.policy import WrittenPolicy
    from waterspace.domain.reservation import SURFACE, Band, Hazard, Reservation, Window
    from waterspace.domain.run import ClosestApproach, Event, Measure, Run, SerialRecord, SerialStatus, UnitSummary
    from waterspace.domain.schedule import ClockTime, Schedule, SunEvent, SunTime, Weekday, join_windows
    from waterspace.domain.sensors import Sensors
    from waterspace.domain.serial import Conditions, Serial
    from waterspace.domain.track import Leg, Track
    from waterspace.domain.traffic import FishingFleet, SeaTraffic
    from waterspace.domain.unit import Group, Medium, Platform, Unit

__all__ = [
    "AMOUNT_UNITS",
    "NEWS",
    "RANGE_NEWS",
    "SURFACE",
    "TERRITORIAL_SEA",
    "Agreement",
    "Amount",
    "AmountUnit",
    "AnimalWatch",
    "Area",
    "Await",
    "Band",
    "BearingFrom",
    "CheckResult",
    "CheckSettings",
    "Circle",
    "ClockTime",
    "CloseTo",
    "ClosestApproach",
    "Conditions",
    "Confidence",
    "ContextExercise",
    "Corridor",
    "DataFiles",
    "Edit",
    "Event",
    "Exercise",
    "Finding",
    "FishingFleet",
    "Fix",
    "Follow",
    "Footprint",
    "Group",
    "Habitat",
    "Hazard",
    "Inject",
    "Joined",
    "KeepStation",
    "Leg",
    "Link",
    "Measure",
    "Medium",
    "MovingBox",
    "Net",
    "NotChecked",
    "NotamCircle",
    "Objective",
    "Observer",
    "Order",
    "OutsideEvent",
    "OutsideKind",
    "Overlap",
    "Participant",
    "Permission",
    "Phase",
    "PhaseKind",
    "Place",
    "PlannedNotice",
    "Platform",
    "Polygon",
    "Position",
    "Proceed",
    "Provenance",
    "QuietHours",
    "Record",
    "Reliability",
    "Reservation",
    "Run",
    "Schedule",
    "SeaTraffic",
    "Sector",
    "Send",
    "Sensors",
    "Serial",
    "SerialRecord",
    "SerialStatus",
    "Severity",
    "Shape",
    "Signal",
    "Sorting",
    "SourceText",
    "SunEvent",
    "SunTime",
    "Suppressed",
    "Suppression",
    "Track",
    "Unit",
    "UnitSummary",
    "Wait",
    "WaitUntil",
    "Wake",
    "WakeReason",
    "Weather",
    "Weekday",
    "Window",
    "Without",
    "WrittenPolicy",
    "join_windows",
]

_HOMES = {
    "amount": ("AMOUNT_UNITS", "Amount", "AmountUnit"),
    "arrangements": ("Agreement", "AnimalWatch", "Habitat", "Net", "NotamCircle", "QuietHours"),
    "checking": ("CheckSettings", "Suppression"),
    "circumstances": ("Link", "Reliability"),
    "data_files": ("DataFiles",),
    "exercise": (
        "Area",
        "ContextExercise",
        "Exercise",
        "Inject",
        "Objective",
        "Observer",
        "Participant",
        "Phase",
        "PhaseKind",
        "PlannedNotice",
        "SourceText",
        "Weather",
    ),
    "finding": (
        "CheckResult",
        "Edit",
        "Finding",
        "Fix",
        "NotChecked",
        "Overlap",
        "Severity",
        "Shape",
        "Sorting",
        "Suppressed",
    ),
    "footprint": ("Circle", "Corridor", "Footprint", "Joined", "MovingBox", "Polygon", "Sector", "Without"),
    "order": (
        "NEWS",
        "RANGE_NEWS",
        "Await",
        "BearingFrom",
        "CloseTo",
        "Follow",
        "KeepStation",
        "Order",
        "Proceed",
        "Record",
        "Send",
        "Signal",
        "Wait",
        "WaitUntil",
        "Wake",
        "WakeReason",
    ),
    "outside": ("OutsideEvent", "OutsideKind"),
    "permission": ("TERRITORIAL_SEA", "Permission"),
    "place": ("Confidence", "Place", "Position", "Provenance"),
    "policy": ("WrittenPolicy",),
    "reservation": ("SURFACE", "Band", "Hazard", "Reservation", "Window"),
    "run": ("ClosestApproach", "Event", "Measure", "Run", "SerialRecord", "SerialStatus", "UnitSummary"),
    "schedule": ("ClockTime", "Schedule", "SunEvent", "SunTime", "Weekday", "join_windows"),
    "sensors": ("Sensors",),
    "serial": ("Conditions", "Serial"),
    "track": ("Leg", "Track"),
    "traffic": ("FishingFleet", "SeaTraffic"),
    "unit": ("Group", "Medium", "Platform", "Unit"),
}
_MODULES = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401  # the names above are of many kinds
    if name in _MODULES:
        value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
        globals()[name] = value
        return value
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted(__all__)
