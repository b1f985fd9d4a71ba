"""The words of a card for seafarers, in one language each, so that a speaker can review them in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.messages.draft import Restriction
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ENGLISH", "CardWords"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """Everything that a card says in one language; names in braces are filled in.

    Attributes:
        language: as HTML names it.
        is_reviewed: whether a speaker has read all of it; until then a card says that it is machine-made.
        what: what goes on, by category.
        asked: what ships are asked to do, by restriction.
        advice: what to do at sea, in order; every sentence holds wherever the card is read.
        days: names of the days of the week, Monday first.
        months: names of the months.
        others: every other phrase by its name.
    """

    language: str
    is_reviewed: bool
    what: Mapping[Category, str]
    asked: Mapping[Restriction, str]
    advice: tuple[str, ...]
    days: tuple[str, ...]
    months: tuple[str, ...]
    others: Mapping[str, str]


ENGLISH = CardWords(
    language="en",
    is_reviewed=True,
    what={
        Category.GUNNERY: "Guns fire live shells at sea",
        Category.MISSILE: "Missiles are fired at sea",
        Category.BOMBING: "Aircraft drop bombs at sea",
        Category.ROCKET_LAUNCHING: "Parts of a rocket may fall into the sea",
        Category.MILITARY_EXERCISE: "Warships and aircraft exercise at sea",
        Category.HAZARDOUS_OPERATIONS: "Dangerous work goes on at sea",
        Category.NAVIGATION_PROHIBITED: "The sea is closed to ships",
        Category.UNDERWATER_OPERATIONS: "Work goes on under water",
        Category.DISTRESS: "People or a vessel are in distress",
        Category.OTHER: "Something goes on at sea that you should know of",
    },
    asked={
        Restriction.NONE: "Keep clear of the area at these times.",
        Restriction.WIDE_BERTH: "Keep well clear of the area at these times.",
        Restriction.DANGEROUS: "The area is dangerous at these times. Keep clear of it.",
        Restriction.PROHIBITED: "Do not enter the area at these times.",
    },
    advice=(
        "Plan your trip around the area, or go before or after these times.",
        "Take in nets, lines and pots before the first time given, or set them elsewhere.",
        "Listen on VHF channel 16 and for navigational warnings: times may change.",
        "If you are inside when it starts, leave by the shortest safe way and call on VHF channel 16.",
        "This card is no official warning. What the official warning says comes first.",
    ),
    days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    others={
        "keep clear": "Keep clear",
        "where": "Where",
        "when": "When",
        "reserve": "Only if it cannot be done at the times above",
        "do": "What to do",
        "local": "Local time (UTC{offset})",
        "utc": "UTC",
        "each day": "each day",
        "to": "to",
        "next day": "next day",
        "day before": "day before",
        "open": "From now on, until you are told that it is over",
        "area": "Area {label}",
        "an area": "The area",
        "circle": "within {distance} of {place}",
        "sector": "within {distance} of {place}, seen from there between {first} and {last} degrees true",
        "ring": "from {inner} to {distance} from {place}, seen from there between {first} and {last} degrees true",
        "polygon": "inside the lines that join, one after the other:",
        "corridor": "within {distance} on each side of the line through:",
        "line": "along the line through:",
        "position": "at {place}",
        "without": "but not:",
        "distance": "{miles} nautical miles ({kilometres} km)",
        "from": "Told by: {originator}",
        "number": "Official warning: {number}",
        "machine": "Made by a machine and not reviewed by a speaker of this language.",
        "chart": "The area on the chart. Not for navigation.",
        "chart title": "Keep clear of the hatched area",
    },
)
"""In English."""
