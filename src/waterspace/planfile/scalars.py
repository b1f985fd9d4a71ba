"""Readers: they give a text from the file its meaning, inside the wire models."""

from __future__ import annotations

import difflib
import operator
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from waterspace import notation
from waterspace.domain import Position
from waterspace.errors import NotationError

if TYPE_CHECKING:
    from enum import StrEnum

    from pydantic_core import CoreSchema, core_schema

__all__ = [
    "ANGLE",
    "BEARING",
    "COUNT",
    "DISTANCE",
    "DURATION",
    "FLAG",
    "HEIGHT",
    "ID",
    "LONGEST",
    "MASS",
    "NUMBER",
    "POSITION",
    "RATIO",
    "ROLE",
    "SPEED",
    "STATE",
    "TEXT",
    "TIME",
    "AtLeast",
    "ComparedReader",
    "OneOrMore",
    "Reader",
    "TooFewError",
    "UnknownWordError",
    "bounded",
    "near_miss",
    "near_miss_or_all",
    "show",
    "words",
]

T = TypeVar("T")
E = TypeVar("E", bound="StrEnum")
N = TypeVar("N", int, float)

LONGEST = 200
"""Characters in the longest quantity; anything longer is a mistake, and not worth a careful look."""
_SHOWN = 60


class UnknownWordError(NotationError):
    """A word that is not one of a few.

    Attributes:
        choices: the words allowed.
    """

    def __init__(self, found: str, choices: tuple[str, ...]) -> None:
        self.choices = choices
        super().__init__(found, f"one of {', '.join(choices)}")


def near_miss(word: str, choices: tuple[str, ...]) -> str:
    """Advice on a word that is not among the choices; empty where none is near."""
    folded = {choice.lower().replace(" ", "_"): choice for choice in choices}
    asked = word[:_SHOWN].lower().replace(" ", "_").replace("-", "_")
    close = difflib.get_close_matches(asked, folded, n=1, cutoff=0.6)
    return f"Did you mean {folded[close[0]]}?" if close else ""


def near_miss_or_all(word: str, choices: tuple[str, ...]) -> str:
    """Advice on a word that is not among the choices: the nearest one, or all of them where none is near."""
    return near_miss(word, choices) or (f"Known here: {', '.join(choices)}." if choices else "")


def show(value: object) -> str:
    """A value from the file, in a few words."""
    if isinstance(value, str):
        return value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return "a list" if isinstance(value, list) else "a mapping"


@dataclass(frozen=True, slots=True, eq=False)
class Reader(Generic[T]):
    """Gives a text its meaning; stands in an annotation: `Annotated[float, DISTANCE]`.

    Attributes:
        parse: from text to value; raises `NotationError`.
        expected: in words, with an example.
        schema: JSON Schema of the text.
        longest: how many characters are looked at before the text is refused.
        bounds: what is refused although it can be read, in words, such as `at most 9`; empty where nothing is.
    """

    parse: Callable[[str], T]
    expected: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    longest: int = LONGEST
    bounds: str = ""

    def read(self, value: object) -> T:
        """The meaning of a value from the file.

        Raises:
            NotationError: it is not a text, or not such a text.
        """
        if not isinstance(value, str):
            raise NotationError(show(value), self.expected, _why_no_text(value))
        if len(value) > self.longest:
            raise NotationError(show(value), self.expected, f"it has more than {self.longest} characters")
        return self.parse(value)

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """How pydantic reads it."""
        return {"type": "function-plain", "function": {"type": "no-info", "function": self.read}}

    def __get_pydantic_json_schema__(self, core: object, handler: object) -> dict[str, Any]:
        """How editors complete and check it."""
        return {"type": "string", **self.schema}


def _why_no_text(value: object) -> str:
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value):
        return "nobody knows which number of a pair is the latitude; write it as 39-48.0N 133-12.6E"
    return ""


@dataclass(frozen=True, slots=True, eq=False)
class ComparedReader(Reader[N]):
    """A reader of values that must agree with another one of the same mapping, which stands before it in the model.

    Attributes:
        other: key of the other value.
        relation: what is expected, such as `after start`.
        fits: whether this value and the other one agree.
        write: how to show the other one.
    """

    other: str = "start"
    relation: str = "after start"
    fits: Callable[[N, N], bool] = operator.gt
    write: Callable[[N], str] = str

    def read_and_compare(self, value: object, info: core_schema.ValidationInfo) -> N:
        """The meaning of a value from the file, compared with the other one where that could be read.

        Raises:
            NotationError: it is not such a text, or does not agree.
        """
        this = self.read(value)
        other = info.data.get(self.other)
        if other is not None and not self.fits(this, other):
            key = self.other.removesuffix("_")  # a key that is a word of Python has one in the model
            raise NotationError(show(value), f"a value {self.relation}", f"{key} is {self.write(other)}")
        return this

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> CoreSchema:
        """How pydantic reads it."""
        return {"type": "function-plain", "function": {"type": "with-info", "function": self.read_and_compare}}


class OneOrMore:
    """Lets a single text stand for a list of one: `Annotated[tuple[Name, ...], OneOrMore()]`."""

    __slots__ = ()

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
        """How pydantic reads it."""
        inner = handler(source)
        return {"type": "function-before", "function": {"type": "no-info", "function": _as_list}, "schema": inner}

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: Callable[[CoreSchema], Any]) -> dict[str, Any]:
        """How editors complete and check it."""
        listing = handler(core)
        return {"anyOf": [listing["items"], listing]}


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class TooFewError(NotationError):
    """A list that is too short."""


@dataclass(frozen=True, slots=True, eq=False)
class AtLeast:
    """Asks for a number of items: `Annotated[tuple[Point, ...], AtLeast(2, "waypoints")]`.

    Attributes:
        count: how many at least.
        things: what the items are, for the message.
        ring: whether the last item may repeat the first, to close a ring; it is then left out.
    """

    count: int
    things: str
    ring: bool = False

    def check(self, items: tuple[T, ...]) -> tuple[T, ...]:
        """The items, without one that closes a ring.

        Raises:
            TooFewError: there are not enough.
        """
        if self.ring and len(items) > 1 and items[0] == items[-1]:
            items = items[:-1]
        if len(items) < self.count:
            raise TooFewError(f"{len(items)} {self.things}", f"at least {self.count}")
        return items

    def __get_pydantic_core_schema__(self, source: object, handler: Callable[[object], CoreSchema]) -> CoreSchema:
        """How pydantic reads it."""
        inner = handler(source)
        return {"type": "function-after", "function": {"type": "no-info", "function": self.check}, "schema": inner}

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: Callable[[CoreSchema], Any]) -> dict[str, Any]:
        """How editors complete and check it."""
        return {**handler(core), "minItems": self.count}


def bounded(
    reader: Reader[N],
    write: Callable[[N], str],
    *,
    minimum: float | None = None,
    maximum: float | None = None,
    above: float | None = None,
) -> Reader[N]:
    """A reader that also refuses values out of bounds.

    Args:
        reader: reads the value.
        write: how to show a bound.
        minimum: least value allowed.
        maximum: greatest value allowed.
        above: the value must be more than this.
    """

    def parse(text: str) -> N:
        value = reader.parse(text)
        if above is not None and value <= above:
            raise NotationError(text, reader.expected, f"it must be more than {write(type(value)(above))}")
        if minimum is not None and value < minimum:
            raise NotationError(text, reader.expected, f"it must be at least {write(type(value)(minimum))}")
        if maximum is not None and value > maximum:
            raise NotationError(text, reader.expected, f"it must be at most {write(type(value)(maximum))}")
        return value

    bounds = (("more than", above), ("at least", minimum), ("at most", maximum))
    said = ", ".join(f"{how} {write(_whole(bound))}" for how, bound in bounds if bound is not None)
    return replace(reader, parse=parse, bounds=said if _tell_apart(write, minimum, maximum) else "")


def _tell_apart(write: Callable[[Any], str], minimum: float | None, maximum: float | None) -> bool:
    """Whether two bounds read differently; a bearing of 000 is one of 360."""
    return minimum is None or maximum is None or write(_whole(minimum)) != write(_whole(maximum))


def _whole(bound: float) -> Any:  # noqa: ANN401  # what counts is written without a decimal point
    return int(bound) if float(bound).is_integer() else bound


def words(kind: type[E]) -> Reader[E]:
    """A reader of the words of an enumeration."""
    choices = tuple(member.value for member in kind)
    known = {member.value: member for member in kind}

    def parse(text: str) -> E:
        found = known.get(text.strip())
        if found is None:
            raise UnknownWordError(text, choices)
        return found

    return Reader(parse, f"one of {', '.join(choices)}", {"enum": list(choices)})


def _parse_text(text: str) -> str:
    if not text.strip():
        raise NotationError(text, "some text", "it is empty; write something, or remove the line")
    return text


def _parse_position(text: str) -> Position:
    lat_deg, lon_deg = notation.parse_position(text)
    return Position(lat_deg=lat_deg, lon_deg=lon_deg)


_ID_PATTERN = "[A-Za-z][A-Za-z0-9_-]{0,63}"
_ROLE_PATTERN = "[A-Za-z][A-Za-z0-9_ -]{0,63}"
_STATE_PATTERN = "[A-Z]{3}"


def _matching(pattern: str, expected: str) -> Reader[str]:
    accepts = re.compile(pattern).fullmatch

    def parse(text: str) -> str:
        if accepts(text) is None:
            raise NotationError(text, expected)
        return text

    return Reader(parse, expected, {"pattern": f"^{pattern}$"})


_AMOUNT_PATTERN = r"^\s*\d+(\.\d+)?\s*[A-Za-z]"
_LOOSE = {"type": ["string", "number", "boolean"]}
"""Editors read an unquoted 121 or yes as something other than text; Waterspace does not."""

TEXT = Reader(_parse_text, "some text", _LOOSE, sys.maxsize)
ID = _matching(_ID_PATTERN, "an id of letters, digits, _ and - that begins with a letter")
ROLE = _matching(_ROLE_PATTERN, "the name of a role, such as firing")
STATE = _matching(_STATE_PATTERN, "a country by three capital letters of ISO 3166-1 such as CHN")
FLAG = Reader(notation.parse_flag, notation.FLAG, {"type": ["string", "boolean"], "enum": ["yes", "no", True, False]})
COUNT = Reader(notation.parse_count, notation.COUNT, {"type": ["string", "integer"], "examples": [2]})
NUMBER = Reader(notation.parse_number, notation.NUMBER, {"type": ["string", "number"], "examples": [0.5]})
RATIO = Reader(notation.parse_ratio, notation.RATIO, {"type": ["string", "number"], "examples": ["50 %", 0.5]})
ANGLE = Reader(notation.parse_angle, notation.ANGLE, {"type": ["string", "number"], "examples": ["15 deg"]})
BEARING = Reader(notation.parse_bearing, notation.BEARING, {"type": ["string", "number"], "examples": ["045"]})
SPEED = Reader(notation.parse_speed, notation.SPEED, {"pattern": _AMOUNT_PATTERN, "examples": ["18 kn"]})
DISTANCE = Reader(notation.parse_distance, notation.DISTANCE, {"pattern": _AMOUNT_PATTERN, "examples": ["12 nm"]})
MASS = Reader(notation.parse_mass, notation.MASS, {"pattern": _AMOUNT_PATTERN, "examples": ["1500 t"]})
DURATION = Reader(
    notation.parse_duration,
    notation.DURATION,
    {"pattern": r"^\s*(\d+(\.\d+)?\s*[A-Za-z]|[Pp])", "examples": ["2 h", "1 h 30 min"]},
)
HEIGHT = Reader(notation.parse_height, notation.HEIGHT, {"examples": ["3000 ft", "FL100", "depth 40 m", "surface"]})
TIME = Reader(
    notation.parse_time,
    notation.TIME,
    {
        "pattern": r"^\s*(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d|\d\d\s*\d{4}\s*[A-Za-z]\s*[A-Za-z]{3})",
        "examples": ["2023-07-20T12:00Z", "2023-07-20T21:00+09:00", "201200ZJUL23"],
    },
)
POSITION = Reader(
    _parse_position,
    notation.POSITION,
    {
        "pattern": "^[^NSns]*[NSns].*[EWew]",
        "examples": ["39-48.0N 133-12.6E", "39°48.0'N 133°12.6'E", "39.8N 133.21E", "394800N1331236E"],
    },
)
