"""Factors: values of the exercise file that a campaign varies, by their path."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.errors import CampaignError, PlanFileError
from waterspace.planfile import loads

if TYPE_CHECKING:
    from waterspace.domain import Exercise
    from waterspace.planfile import Document

__all__ = ["Factor", "read_factor"]

_RANGE = re.compile(r"(.+?)\.\.(.+)")
_AMOUNT = re.compile(r"(\D*?)([-+]?\d+(?:\.\d+)?)(\D*)")
_DIGITS = 4
"""Digits of the width of a range to which a value within it is written."""
_MOST_PATHS = 3
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_UNKNOWN_NAME = "WS001"
"""The rule on names that the file does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A value that is varied.

    Attributes:
        path: as the user wrote it; the name of its column.
        places: the dotted paths in the file that take the value.
        before: what stands before the number, such as `depth `.
        unit: what stands after it, such as ` kn`.
        low: lower end of a range.
        high: upper end.
        whole: whether only whole numbers will do.
        choices: the texts of a list; empty where it is a range.
    """

    path: str
    places: tuple[str, ...]
    before: str = ""
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    choices: tuple[str, ...] = ()

    def at(self, share: float) -> str:
        """The text at a share of the way through the range or the list, 0 to below 1."""
        if self.choices:
            return self.choices[min(int(share * len(self.choices)), len(self.choices) - 1)]
        if self.whole:
            steps = int(self.high - self.low) + 1
            return self.write(self.low + min(int(share * steps), steps - 1))
        return self.write(self.low + share * (self.high - self.low))

    def levels(self, count: int) -> tuple[str, ...]:
        """The texts of a grid: every one of a list, or evenly spaced ones from end to end of a range."""
        if self.choices:
            return self.choices
        spaced = [self.low + (self.high - self.low) * index / max(1, count - 1) for index in range(count)]
        return tuple(dict.fromkeys(self.write(float(round(value)) if self.whole else value) for value in spaced))

    def value(self, text: str) -> float | str:
        """What stands in the table for a text: its number, in the unit of the range; a text of a list without order."""
        if self.choices and not self.unit_of_choices():
            return text
        match = _AMOUNT.fullmatch(text.strip())
        assert match is not None, "only amounts get here"
        return float(match[2])

    def unit_of_choices(self) -> bool:
        """Whether every text is a number with the same words around it, so that the numbers have an order."""
        found = [_AMOUNT.fullmatch(choice.strip()) for choice in self.choices]
        return all(match is not None for match in found) and len({(m[1], m[3].strip()) for m in found if m}) == 1

    def write(self, value: float) -> str:
        """The text of a number of the range."""
        places = 0 if self.whole else max(0, _DIGITS - 1 - math.floor(math.log10(self.high - self.low)))
        number = f"{value:.{places}f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        return f"{self.before}{number}{self.unit}"

    @property
    def words(self) -> str:
        """The unit for a reader, empty where there is none."""
        if self.choices:
            match = _AMOUNT.fullmatch(self.choices[0].strip())
            return match[3].strip() if match is not None and self.unit_of_choices() else ""
        return self.unit.strip()


def read_factor(text: str, documents: Sequence[Document]) -> Factor:
    """A factor from `PATH=a..b` or `PATH=a,b,c`, tried on each of the plans.

    A part of the path that meets a list without naming an item, or `*`, means every item.

    Raises:
        CampaignError: it cannot be read, its path does not exist, or the plan refuses a value.
    """
    path, sign, given = (part.strip() for part in text.partition("="))
    if not sign or not path or not given:
        raise CampaignError(
            f'--vary {text!r}: expected PATH=FROM..TO or PATH=A,B,C, such as "serials.S1.speed=8 kn..14 kn"'
        )
    places = tuple(dict.fromkeys(place for document in documents for place in _places(path, document)))
    for document in documents:
        if not _places(path, document):
            raise CampaignError(_no_such_path(path, document))
    factor = _read_values(path, given, places)
    for document in documents:
        for sample in factor.choices or (factor.at(0.0), factor.write(factor.high)):
            _try(factor, sample, document)
    if factor.choices or not (factor.low.is_integer() and factor.high.is_integer()):
        return factor
    if _NAME.fullmatch(factor.write(factor.low)):
        return _of_names(factor, documents)
    half = factor.write(factor.low + 0.5)
    try:
        for document in documents:
            _try(factor, half, document)
    except CampaignError:
        return Factor(
            path=path,
            places=places,
            before=factor.before,
            unit=factor.unit,
            low=factor.low,
            high=factor.high,
            whole=True,
        )
    return factor


def _of_names(factor: Factor, documents: Sequence[Document]) -> Factor:
    """A range of names with a number at the end, such as SCREEN2..SCREEN4: every one of them, and nothing between."""
    whole = replace(factor, whole=True)
    for number in range(int(factor.low), int(factor.high) + 1):
        for document in documents:
            _try(whole, whole.write(float(number)), document)
    return whole


def _read_values(path: str, given: str, places: tuple[str, ...]) -> Factor:
    ends = _RANGE.fullmatch(given)
    if ends is None:
        choices = tuple(dict.fromkeys(choice.strip() for choice in given.split(",") if choice.strip()))
        if len(choices) < 2:
            raise CampaignError(f"--vary {path}: {given!r} is one value; give a range such as 4 kn..12 kn, or several")
        return Factor(path=path, places=places, choices=choices)
    low, high = (_AMOUNT.fullmatch(end.strip()) for end in ends.groups())
    if low is None or high is None:
        found = ends[1] if low is None else ends[2]
        raise CampaignError(
            f"--vary {path}: an end of the range is {found.strip()!r}, which is no number with one unit; "
            "write for example 4 kn..12 kn, or list the values with commas"
        )
    before, unit = high[1], high[3].rstrip()
    if (low[1].strip() or low[3].strip()) and (low[1], low[3].strip()) != (before, unit.strip()):
        raise CampaignError(
            f"--vary {path}: the ends {ends[1].strip()!r} and {ends[2].strip()!r} differ in their units"
        )
    if float(low[2]) >= float(high[2]):
        raise CampaignError(f"--vary {path}: the range {given!r} must go from the lesser value to the greater")
    return Factor(path=path, places=places, before=before, unit=unit, low=float(low[2]), high=float(high[2]))


def _try(factor: Factor, text: str, document: Document) -> None:
    """Refuse a value that the file's own checks refuse."""
    own = [place for place in factor.places if place in set(document.texts())]
    try:
        edited = loads(document.replace_all(dict.fromkeys(own, text)).content, document.file)
    except PlanFileError as error:
        fault = error.faults[0]
        advice = f" {fault.advice}" if fault.advice else ""
        raise CampaignError(
            f"--vary {factor.path}: {document.file} cannot have {text!r} at {own[0]}: {fault.message}{advice}"
        ) from None
    if _NAME.fullmatch(text):
        _refuse_strange_name(factor, text, document, edited)


def _refuse_strange_name(factor: Factor, text: str, document: Document, edited: Exercise) -> None:
    """A file may name what it does not have, and the check says so; a campaign would run without it, in silence."""
    from waterspace.checks import check

    before = {one.message for one in check(loads(document.content, document.file), select=(_UNKNOWN_NAME,)).findings}
    for finding in check(edited, select=(_UNKNOWN_NAME,)).findings:
        if finding.message not in before:
            raise CampaignError(f"--vary {factor.path}: {document.file} cannot have {text!r}: {finding.message}")


def _places(path: str, document: Document) -> tuple[str, ...]:
    """The texts of a file that a path means."""
    wanted = path.split(".")
    return tuple(text for text in document.texts() if _fits(wanted, text.split(".")))


def _fits(wanted: list[str], there: list[str]) -> bool:
    """Whether a path of the file is meant: `*` stands for any part, and the number of an item may be left out."""
    if not wanted or not there:
        return not wanted and not there
    if wanted[0] in {there[0], "*"} and _fits(wanted[1:], there[1:]):
        return True
    return there[0].isdecimal() and wanted[0] != there[0] and _fits(wanted, there[1:])


def _no_such_path(path: str, document: Document) -> str:
    known = list(dict.fromkeys(_without_numbers(document.texts())))
    same = [text for text in document.texts() if _numbers(text) == _numbers(path)] if _numbers(path) else []
    near = difflib.get_close_matches(path, same, n=_MOST_PATHS, cutoff=0.6)
    near = near or difflib.get_close_matches(path, known, n=_MOST_PATHS, cutoff=0.6)
    advice = f"Did you mean {' or '.join(near)}?" if near else _by_first_part(path, known)
    return (
        f"--vary {path}: {document.file} has no such value. {advice} "
        "A value that the file leaves to its default must be written there to be varied."
    )


def _numbers(path: str) -> list[tuple[int, str]]:
    """The numbers of items in a path, each with its place."""
    return [(place, part) for place, part in enumerate(path.split(".")) if part.isdecimal()]


def _without_numbers(paths: Iterator[str]) -> Iterator[str]:
    return (".".join(part for part in path.split(".") if not part.isdecimal()) for path in paths)


def _by_first_part(path: str, known: list[str]) -> str:
    first, _, rest = path.partition(".")
    tops = list(dict.fromkeys(name.partition(".")[0] for name in known))
    near = difflib.get_close_matches(first, tops, n=1, cutoff=0.6)
    if not near:
        return f"The file has {', '.join(tops)}."
    below = list(dict.fromkeys(name.split(".")[1] for name in known if name.startswith(f"{near[0]}.")))
    close = difflib.get_close_matches(rest.partition(".")[0], below, n=_MOST_PATHS, cutoff=0.4) or below[:_MOST_PATHS]
    return f"Under {near[0]} there is {', '.join(close)}."
