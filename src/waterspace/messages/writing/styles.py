"""Styles of issuers: the words and the order of words by which each of them is known.

Source: texts of NAVAREA XI (Japan), NAVAREA XIII (Russia), the maritime safety administration of China in English, and
HYDROPAC and NAVAREA XII (United States), as they were broadcast from 2018 to 2026; what they leave open is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from waterspace.messages.draft import Issuer, Restriction
from waterspace.messages.phrasing.positions import BLANK, Notation
from waterspace.messages.phrasing.schedules import TimeStyle
from waterspace.messages.reading import Category

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["STYLES", "Style"]

_ACTIVITIES = {
    Category.GUNNERY: "GUNNERY EXERCISES",
    Category.MISSILE: "MISSILE FIRING EXERCISES",
    Category.BOMBING: "BOMBING EXERCISES",
    Category.ROCKET_LAUNCHING: "HAZARDOUS OPERATIONS, ROCKET LAUNCHING",
    Category.MILITARY_EXERCISE: "NAVAL EXERCISES",
    Category.HAZARDOUS_OPERATIONS: "HAZARDOUS OPERATIONS",
    Category.NAVIGATION_PROHIBITED: "NAVIGATION PROHIBITED",
    Category.UNDERWATER_OPERATIONS: "UNDERWATER OPERATIONS",
    Category.DISTRESS: "DISTRESS",
    Category.OTHER: "OPERATIONS",
}
_RESTRICTIONS = {
    Restriction.NONE: "",
    Restriction.WIDE_BERTH: "WIDE BERTH REQUESTED",
    Restriction.DANGEROUS: "DANGEROUS TO NAVIGATION",
    Restriction.PROHIBITED: "NAVIGATION PROHIBITED",
    Restriction.PROHIBITED_INSIDE: "NAVIGATION PROHIBITED IN TERRITORIAL WATERS DANGEROUS OUTSIDE",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How an issuer writes.

    Attributes:
        times: of day and of date.
        notation: of positions.
        is_shortest: whether positions leave out decimals that say nothing.
        series: of warnings whose draft names none.
        bounded: what announces corners, behind `AREA`.
        radius: behind the number of a distance, before the place that it is from.
        is_list_joined: whether the last corner stands behind `AND`.
        is_numbered: whether paragraphs have numbers even where there is only one.
        is_date_first: whether the date of issue stands above the series.
        activities: what goes on, in words.
        restrictions: what ships are asked to do, in words.
        itself: what a message calls itself.
        has_cancel_year: whether the time of cancellation always names its year.
    """

    times: TimeStyle
    notation: Notation = Notation.HUNDREDTHS
    is_shortest: bool = False
    series: str
    bounded: str = "BOUNDED BY"
    radius: str = "MILES OF"
    is_list_joined: bool = False
    is_numbered: bool = True
    is_date_first: bool = True
    activities: Mapping[Category, str] = field(default_factory=lambda: _ACTIVITIES)
    restrictions: Mapping[Restriction, str] = field(default_factory=lambda: _RESTRICTIONS)
    itself: str = "MSG"
    has_cancel_year: bool = True


_UTC = f"{BLANK}UTC"

STYLES: Mapping[Issuer, Style] = {
    Issuer.JAPAN: Style(
        times=TimeStyle(through="TO", overnight="COMMENCING DAILY"),
        notation=Notation.SECONDS,
        series="NAVAREA XI",
        is_numbered=False,
        is_date_first=False,
        activities=_ACTIVITIES | {Category.GUNNERY: "GUNNERY", Category.MISSILE: "MISSILE FIRING"},
        has_cancel_year=False,
    ),
    Issuer.RUSSIA: Style(
        times=TimeStyle(zone=_UTC, through="TO", is_zone_shared=True),
        is_shortest=True,
        series="NAVAREA XIII",
        activities=_ACTIVITIES | {Category.MISSILE: "MISSILE FIRINGS"},
        restrictions=_RESTRICTIONS | {Restriction.DANGEROUS: "AREA TEMPORARILY DANGEROUS TO NAVIGATION"},
        itself="MESSAGE",
    ),
    Issuer.CHINA: Style(
        times=TimeStyle(zone=_UTC, through="TO", before="FROM"),
        is_shortest=True,
        series="NAVAREA XI",
        bounded="BOUNDED BY THE LINES JOINING",
        radius="SEA MILES RADIUS OF",
        is_list_joined=True,
        is_numbered=False,
        activities=_ACTIVITIES
        | {
            Category.GUNNERY: "GUNNERY EXERCISE",
            Category.MISSILE: "MISSILE FIRING",
            Category.ROCKET_LAUNCHING: "ROCKET LAUNCHING",
            Category.MILITARY_EXERCISE: "MILITARY EXERCISE",
        },
        restrictions=_RESTRICTIONS | {Restriction.PROHIBITED: "ENTERING PROHIBITED"},
    ),
    Issuer.USA: Style(
        times=TimeStyle(),
        series="NAVAREA XII",
        bounded="BOUND BY",
    ),
}
"""The style of each issuer."""
