"""What a reader makes of a message: warned areas with their times, and what it did not understand.

A reader never guesses in silence. What it is sure of becomes a `WarnedArea`; whatever might change the meaning and was
not understood becomes a `Doubt` that points at the characters. One doubt is enough for a person to have to look.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain import Band
from waterspace.domain.quick import quick

if TYPE_CHECKING:
    from waterspace.domain import Footprint, Position

__all__ = ["CLAIMS", "Category", "Doubt", "Form", "Message", "Reading", "Span", "Spell", "Verdict", "WarnedArea"]


class Verdict(StrEnum):
    """How far a message was understood.

    `NO_AREA` is for a message that names no place by coordinates and needs none, such as a cancellation.
    """

    UNDERSTOOD = "understood"
    REVIEW = "review"
    NO_AREA = "no area"


class Form(StrEnum):
    """What the places of a warned area make: an area, a line without a width, a single position."""

    AREA = "area"
    LINE = "line"
    POSITION = "position"


class Category(StrEnum):
    """What a message warns of, as far as the exercise is concerned; the words of the message decide.

    `MISSILE` is for torpedoes as well: both run to their target by themselves.
    """

    GUNNERY = "gunnery"
    MISSILE = "missile"
    BOMBING = "bombing"
    ROCKET_LAUNCHING = "rocket_launching"
    MILITARY_EXERCISE = "military_exercise"
    HAZARDOUS_OPERATIONS = "hazardous_operations"
    NAVIGATION_PROHIBITED = "navigation_prohibited"
    UNDERWATER_OPERATIONS = "underwater_operations"
    DISTRESS = "distress"
    OTHER = "other"


CLAIMS = frozenset(Category) - {Category.OTHER, Category.DISTRESS}
"""What takes place somewhere for a time, so that a message of it without a place was not understood."""


@quick
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of a message's text, from `start` to just before `end`."""

    start: int
    end: int


@quick
@dataclass(frozen=True, slots=True, order=True)
class Spell:
    """A span of time that may be open.

    Attributes:
        start_ms: milliseconds since 1970-01-01T00:00Z; None where the message does not say and nothing implies it.
        end_ms: likewise; None until further notice.
    """

    start_ms: int | None
    end_ms: int | None


@quick
@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that was not understood, or that contradicts itself.

    Attributes:
        span: where in the text.
        reason: a sentence that says what was found and what was expected.
    """

    span: Span
    reason: str


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class WarnedArea:
    """One place that a message warns of, with its times.

    Attributes:
        form: what `positions` make.
        footprint: on the ellipsoid; a line has a corridor of no width, a position a circle of no radius.
        positions: as the text gives them, in its order: corners, the points of a line, or the centre.
        spans: which characters gave each of `positions`, in the same order.
        label: what the message calls it, such as `A`; empty where it has no name.
        spells: when it is in force, in order of time.
        reserves: alternate times, used instead of `spells` where these fail.
        band: heights, the whole column where the message says nothing.
        category: what happens there.
        resolution_deg: half of the last digit of the coarsest coordinate, how well the text itself knows the place.
    """

    form: Form
    footprint: Footprint
    positions: tuple[Position, ...]
    spans: tuple[Span, ...]
    label: str = ""
    spells: tuple[Spell, ...] = ()
    reserves: tuple[Spell, ...] = ()
    band: Band = Band()
    category: Category = Category.OTHER
    resolution_deg: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message as it was found, before anybody reads it.

    Attributes:
        id: what it calls itself, or its number in the file.
        text: every character as it came.
        file: where it was found.
        line: its first line there, from 1.
        issued_ms: date-time group of its issue, milliseconds since 1970-01-01T00:00Z; None where unknown. A date
            without a year is taken to be near it.
        doubts: what was wrong with it already when it was cut out of its file, such as an end that is missing.
    """

    id: str
    text: str
    file: str = ""
    line: int = 1
    issued_ms: int | None = None
    doubts: tuple[Doubt, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader makes of one message.

    Attributes:
        message: that was read.
        areas: in the order of the text.
        doubts: what was not understood, in the order of the text.
        remarks: what contradicts itself without leaving place or time in doubt, such as a circle that does not cover
            the area beside it; they change no verdict.
        cancels: the messages that it cancels, such as `HYDROPAC 1234/23`, in the order of the text.
        cancel_ms: when it cancels itself; None where it does not say.
        issued_ms: date-time group of issue that the text gives, else that of `message`; None where neither does.
        series: such as `HYDROPAC` or `NAVAREA XI`; empty where unknown.
        number: such as `2395/26`; empty where unknown.
    """

    message: Message
    areas: tuple[WarnedArea, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    remarks: tuple[Doubt, ...] = ()
    cancels: tuple[str, ...] = ()
    cancel_ms: int | None = None
    issued_ms: int | None = None
    series: str = ""
    number: str = ""

    @property
    def verdict(self) -> Verdict:
        """How far the message was understood."""
        if self.doubts:
            return Verdict.REVIEW
        return Verdict.UNDERSTOOD if self.areas else Verdict.NO_AREA

    @property
    def reason(self) -> str:
        """Why a person must look; empty where nobody must."""
        return " ".join(doubt.reason for doubt in self.doubts)
