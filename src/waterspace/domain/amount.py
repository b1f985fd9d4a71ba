"""Amount: how much a rule found against which limit, in one of the units that findings know."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple, TypeAlias

__all__ = ["AMOUNT_UNITS", "Amount", "AmountUnit"]

AmountUnit: TypeAlias = Literal[
    "%",
    "Douglas sea state",
    "d",
    "degrees",
    "density",
    "ft",
    "h",
    "h too early",
    "helicopters",
    "kn",
    "m",
    "min",
    "nm",
    "serials",
    "share of leads in practice that were shorter",
]
"""How the unit of an amount is spelled; there are no others, so that who reads findings can know them all."""

AMOUNT_UNITS: Final[Mapping[AmountUnit, str]] = MappingProxyType(
    {
        "%": "hundredths of a whole that the finding names",
        "Douglas sea state": "degree of the Douglas sea scale, 0 to 9",
        "d": "days of 24 hours",
        "degrees": "degrees of arc",
        "density": "traffic in a place, in the unit of the user's own file of traffic density",
        "ft": "feet of height above the mean sea level",
        "h": "hours",
        "h too early": "hours by which something ends before the last that it is for; the limit is nought",
        "helicopters": "helicopters at one time",
        "kn": "knots",
        "m": "metres",
        "min": "minutes",
        "nm": "nautical miles of 1852 m",
        "serials": "number of serials",
        "share of leads in practice that were shorter": (
            "share, 0 to 1, of the notices measured in practice that were given less far ahead"
        ),
    }
)
"""What each unit of an amount means."""


class Amount(NamedTuple):
    """By how much, against which limit, in a unit that a person reads: 2.1 of 3 `d`."""

    value: float
    limit: float
    unit: AmountUnit
