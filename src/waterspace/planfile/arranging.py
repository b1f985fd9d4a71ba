"""Arrangements around the serials, as models of the file's keys: nets, agreements, quiet hours, habitats, checks.

A text under an attribute describes it to the planner: the JSON Schema shows it in editors.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from waterspace.domain import AnimalWatch, CheckSettings, Suppression
from waterspace.planfile.pieces import Fact, Shaped, SpanWire, Wire
from waterspace.planfile.scalars import AtLeast
from waterspace.planfile.values import (
    Distance,
    DistanceAboveZero,
    Duration,
    Id,
    Point,
    States,
    Text,
    Texts,
    Time,
    TimeAfterStart,
)

__all__ = [
    "AgreementWire",
    "AnimalWatchWire",
    "CheckWire",
    "HabitatWire",
    "NetWire",
    "NotamCircleWire",
    "QuietWire",
    "SuppressionWire",
]


class NetWire(Fact):
    """A line of the communications plan."""

    name: Text = ""
    """What it is called."""
    purpose: Text = ""
    """Such as safety, command or air control; a net for safety has the word safety in it."""
    channel: Text = ""
    """Frequency or channel, as you write it."""
    units: Texts = ()
    """Ids of the units or groups that keep watch on it; without it, all do."""
    serials: Texts = ()
    """Ids of the serials for which it is kept; without it, all."""
    language: Text = ""
    """The language spoken on it."""
    start: Time | None = None
    """From when it is kept; without it, from the beginning of the exercise."""
    end: TimeAfterStart | None = None
    """Until when it is kept; without it, to the end of the exercise."""


class AgreementWire(Fact):
    """What states have agreed on about exercises."""

    name: Text
    """What it is called."""
    parties: States
    """Countries that are bound by it."""
    kind: Text = ""
    """Such as incidents at sea."""
    notice: Duration | None = None
    """How long before an exercise the parties are to be told."""


class QuietWire(Fact):
    """Times at which nobody fires or makes other noise."""

    covers: Texts = ()
    """Ids of the serials or areas that are to be quiet; without it, all."""
    windows: Annotated[tuple[SpanWire, ...], AtLeast(1, "windows")]
    """When it is to be quiet."""


class HabitatWire(Shaped):
    """Water in which animals live that noise or ordnance would harm."""

    name: Text = ""
    """What it is called."""
    species: Text = ""
    """Which animals."""
    windows: tuple[SpanWire, ...] = ()
    """The season; without it, always."""


class AnimalWatchWire(Wire):
    """How a serial keeps clear of whales, seals and turtles."""

    distance: Distance
    """It stops when one comes within this distance."""
    delay: Duration
    """How long none must have been seen before it goes on."""
    before: Duration = 0
    """For how long a lookout watches before it begins."""

    def watch(self) -> AnimalWatch:
        """The value of the domain."""
        return AnimalWatch(distance_m=self.distance, delay_ms=self.delay, before_ms=self.before)


class NotamCircleWire(Wire):
    """The circle of a NOTAM's line Q."""

    centre: Point
    """Its middle, in whole minutes as line Q has it."""
    radius: DistanceAboveZero
    """Its radius, in whole nautical miles as line Q has it."""


class SuppressionWire(Wire):
    """Findings that a person has accepted. They are listed apart."""

    rule: Text
    """Code of the rule, or id of one finding."""
    about: Texts = ()
    """Ids that the finding must be about; without it, whatever it is about."""
    reason: Text
    """Why it is accepted."""
    by: Text
    """Who accepts it."""
    until: Time | None = None
    """When this ends to hold."""


class CheckWire(Wire):
    """What a staff says about the check of its plan."""

    limits: dict[Id, Text] = Field(default_factory=dict)
    """Limits of rules that are to be others than those that Waterspace brings; waterspace rule names them."""
    suppress: tuple[SuppressionWire, ...] = ()
    """Findings that have been accepted, each with a reason and a name."""

    def settings(self) -> CheckSettings:
        """The value of the domain."""
        return CheckSettings(
            limits=self.limits,
            suppressions=tuple(
                Suppression(rule=one.rule, about=one.about, reason=one.reason, by=one.by, until_ms=one.until)
                for one in self.suppress
            ),
        )
