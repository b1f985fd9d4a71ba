"""The kinds of value in an exercise file: annotations that say how a key's text is read."""

from __future__ import annotations

import operator
from datetime import date
from enum import StrEnum
from typing import Annotated

from waterspace import notation
from waterspace.domain import Confidence, Hazard, Medium, PhaseKind, Position, hours
from waterspace.domain.policy import Trouble, Verb
from waterspace.domain.schedule import DayTime
from waterspace.errors import NotationError
from waterspace.planfile import scalars
from waterspace.planfile.scalars import ComparedReader, OneOrMore, Reader, bounded, words
from waterspace.quantity import MINUTE_MS

__all__ = [
    "VERSION",
    "Bearing",
    "ConfidenceWord",
    "Count",
    "Date",
    "DateNotBeforeFrom",
    "Dates",
    "Distance",
    "DistanceAboveZero",
    "DistanceBelowRadius",
    "Duration",
    "DurationAboveZero",
    "DurationOfAMinute",
    "Flag",
    "HalfAngle",
    "HazardWord",
    "Height",
    "Home",
    "Hours",
    "Id",
    "Mass",
    "MediumWord",
    "Offset",
    "PhaseKindWord",
    "Point",
    "Role",
    "SeaState",
    "Some",
    "Speed",
    "State",
    "States",
    "Text",
    "Texts",
    "Time",
    "TimeAfterStart",
    "TimeNotBeforeEarliest",
    "TroubleWords",
    "VerbWord",
    "Version",
    "Vertical",
    "WeekdayWords",
    "WeibullShape",
]

VERSION = "1"
"""The version of the file's keys that is read here."""


def _read_version(text: str) -> str:
    if text.strip() != VERSION:
        raise NotationError(text, f"version {VERSION}", f"this Waterspace reads version {VERSION} of the file only")
    return VERSION


def _read_home(text: str) -> Position | str:
    """A position where the text is one or begins with a digit, as no name does; otherwise a name to be looked up."""
    try:
        return scalars.POSITION.parse(text)
    except NotationError:
        if text.strip()[:1].isdecimal():
            raise
    return scalars.TEXT.parse(text)


Version = Annotated[str, Reader(_read_version, f"version {VERSION}", {"type": ["string", "integer"], "enum": [1, "1"]})]
Id = Annotated[str, scalars.ID]
Role = Annotated[str, scalars.ROLE]
State = Annotated[str, scalars.STATE]
Text = Annotated[str, scalars.TEXT]
Texts = Annotated[tuple[Text, ...], OneOrMore()]
States = Annotated[tuple[State, ...], OneOrMore()]
Flag = Annotated[bool, scalars.FLAG]
Count = Annotated[int, scalars.COUNT]
Some = Annotated[int, bounded(scalars.COUNT, str, minimum=1)]
SeaState = Annotated[int, bounded(scalars.COUNT, str, maximum=9)]
Time = Annotated[int, scalars.TIME]
TimeAfterStart = Annotated[
    int, ComparedReader(notation.parse_time, notation.TIME, scalars.TIME.schema, write=notation.format_time)
]
TimeNotBeforeEarliest = Annotated[
    int,
    ComparedReader(
        notation.parse_time,
        notation.TIME,
        scalars.TIME.schema,
        other="earliest",
        relation="not before earliest",
        fits=operator.ge,
        write=notation.format_time,
    ),
]
Duration = Annotated[int, scalars.DURATION]
DurationAboveZero = Annotated[int, bounded(scalars.DURATION, notation.format_duration, above=0)]
DurationOfAMinute = Annotated[int, bounded(scalars.DURATION, notation.format_duration, minimum=MINUTE_MS)]
WeibullShape = Annotated[float, bounded(scalars.NUMBER, "{:g}".format, minimum=0.1, maximum=20.0)]
Offset = Annotated[int, Reader(notation.parse_offset, notation.OFFSET, {"examples": ["+09:00"]})]
Speed = Annotated[float, scalars.SPEED]
Distance = Annotated[float, scalars.DISTANCE]
DistanceAboveZero = Annotated[float, bounded(scalars.DISTANCE, notation.format_distance, above=0.0)]
DistanceBelowRadius = Annotated[
    float,
    ComparedReader(
        notation.parse_distance,
        notation.DISTANCE,
        scalars.DISTANCE.schema,
        other="radius",
        relation="less than radius",
        fits=operator.lt,
        write=notation.format_distance,
    ),
]
Mass = Annotated[float, scalars.MASS]
Height = Annotated[float, scalars.HEIGHT]
Bearing = Annotated[float, scalars.BEARING]
HalfAngle = Annotated[float, bounded(scalars.ANGLE, "{:g} degrees".format, above=0.0, maximum=180.0)]
Point = Annotated[Position, scalars.POSITION]
Home = Annotated[
    Position | str,
    Reader(_read_home, "a port, an airfield, a position or the id of a unit", {"examples": ["CNTAO", "UHWW"]}),
]
Vertical = Annotated[
    tuple[float, float],
    Reader(
        notation.parse_band,
        notation.BAND,
        {"pattern": " [Tt][Oo] ", "examples": ["surface to FL100", "depth 40 m to surface", "sea bed to unlimited"]},
    ),
]
MediumWord = Annotated[Medium, words(Medium)]
HazardWord = Annotated[Hazard, words(Hazard)]
PhaseKindWord = Annotated[PhaseKind, words(PhaseKind)]
ConfidenceWord = Annotated[Confidence, words(Confidence)]
VerbWord = Annotated[Verb, words(Verb)]
TroubleWords = Annotated[tuple[Annotated[Trouble, words(Trouble)], ...], OneOrMore()]


class _WeekdayWord(StrEnum):
    """A day of the week as the file writes it."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


_DATE_SCHEMA = {"pattern": r"^\s*\d{4}-\d\d-\d\d\s*$", "examples": ["2023-07-20"]}

Date = Annotated[date, Reader(hours.parse_date, hours.DATE, _DATE_SCHEMA)]
Dates = Annotated[tuple[Date, ...], OneOrMore()]
DateNotBeforeFrom = Annotated[
    date,
    ComparedReader(
        hours.parse_date,
        hours.DATE,
        _DATE_SCHEMA,
        other="from_",
        relation="not before from",
        fits=operator.ge,
        write=str,
    ),
]
Hours = Annotated[
    tuple[DayTime, DayTime],
    Reader(hours.parse_hours, hours.HOURS, {"examples": ["0000Z to 0900Z", "sunrise+30min to sunset-1h"]}),
]
WeekdayWords = Annotated[tuple[Annotated[_WeekdayWord, words(_WeekdayWord)], ...], OneOrMore()]
