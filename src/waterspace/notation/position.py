"""Positions as mariners write them: `39-48.0N 133-12.6E`."""

from __future__ import annotations

import re

from waterspace.errors import NotationError

__all__ = ["POSITION", "format_position", "parse_position"]

POSITION = "a position such as 39-48.0N 133-12.6E"
"""What is expected, for messages."""

_SAME = str.maketrans(
    {"′": "'", "’": "'", "ʹ": "'", "´": "'", "″": '"', "”": '"', "º": "°", "˚": "°", "−": "-", "–": "-", "\xa0": " "}  # noqa: RUF001
)
"""Look-alikes of the signs for minutes, seconds and degrees, and of the dash and the space."""

_LETTER_LAST = re.compile(r"([^NSEW]+)([NSEW])[,;/\s]*([^NSEW]+)([NSEW])")
_LETTER_FIRST = re.compile(r"([NSEW])([^NSEW]+?)[,;/\s]*([NSEW])([^NSEW]+)")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d)")
_PARTS = re.compile(
    r"""\s*(\d+(?:\.\d+)?)                               # degrees, or a run of digits
        (?:\s*[-°\s]\s*(\d{1,2}(?:\.\d+)?)               # minutes
        (?:\s*[-'\s]\s*(\d{1,2}(?:\.\d+)?))?)?           # seconds
        \s*['"°]*\s*""",
    re.VERBOSE,
)
_LATITUDE_DIGITS = 2
_LONGITUDE_DIGITS = 3
_SIXTY = 60.0


def parse_position(text: str) -> tuple[float, float]:
    """Latitude and longitude in degrees, north and east positive.

    Raises:
        NotationError: for anything that is not one latitude and one longitude, each with its hemisphere.
    """
    plain = _DECIMAL_COMMA.sub(".", text.strip().upper().translate(_SAME))
    if match := _LETTER_LAST.fullmatch(plain):
        lat_text, lat_letter, lon_text, lon_letter = match.groups()
    elif match := _LETTER_FIRST.fullmatch(plain):
        lat_letter, lat_text, lon_letter, lon_text = match.groups()
    else:
        raise NotationError(text, POSITION, _why_not(plain))
    if lat_letter in "EW" and lon_letter in "NS":
        raise NotationError(text, POSITION, "the latitude comes first")
    if lat_letter in "EW" or lon_letter in "NS":
        raise NotationError(text, POSITION, "one latitude (N or S) and one longitude (E or W) are needed")
    lat_deg = _degrees(text, lat_text, _LATITUDE_DIGITS, "latitude", 90.0)
    lon_deg = _degrees(text, lon_text, _LONGITUDE_DIGITS, "longitude", 180.0)
    return (-lat_deg if lat_letter == "S" else lat_deg), (-lon_deg if lon_letter == "W" else lon_deg)


def format_position(lat_deg: float, lon_deg: float) -> str:
    """`39-48.0N 133-12.6E`, to a tenth of a minute."""
    return f"{_format_half(lat_deg, _LATITUDE_DIGITS, 'NS')} {_format_half(lon_deg, _LONGITUDE_DIGITS, 'EW')}"


def _format_half(value_deg: float, digits: int, letters: str) -> str:
    tenths = round(abs(value_deg) * _SIXTY * 10)
    whole_deg, rest = divmod(tenths, 600)
    letter = letters[1] if value_deg < 0 and tenths else letters[0]
    return f"{whole_deg:0{digits}d}-{rest // 10:02d}.{rest % 10}{letter}"


def _degrees(text: str, part: str, digits: int, name: str, greatest_deg: float) -> float:
    match = _PARTS.fullmatch(part)
    if match is None:
        raise NotationError(text, POSITION, f"the {name} is not degrees, minutes and seconds")
    degrees, minutes, seconds = match.groups()
    if minutes is None:
        degrees, minutes, seconds = _split_run(text, degrees, digits, name)
    if (minutes and "." in degrees) or (seconds and "." in minutes):
        raise NotationError(text, POSITION, f"in the {name} only the last number may have decimals")
    for word, number in (("minutes", minutes), ("seconds", seconds)):
        if number and float(number) >= _SIXTY:
            raise NotationError(text, POSITION, f"the {name} has {number} {word}, but there are 60 in the next unit up")
    total = _SIXTY * (_SIXTY * float(degrees) + float(minutes or 0)) + float(seconds or 0)
    value_deg = total / (_SIXTY * _SIXTY) if minutes else float(degrees)
    if value_deg > greatest_deg:
        raise NotationError(text, POSITION, f"the {name} is beyond {greatest_deg:.0f} degrees")
    return value_deg


def _split_run(text: str, run: str, digits: int, name: str) -> tuple[str, str, str]:
    """`394800` as degrees, minutes and seconds; `39.8` as degrees alone."""
    length = len(run.partition(".")[0])
    if length <= digits:
        return run, "", ""
    if length == digits + 2:
        return run[:digits], run[digits:], ""
    if length == digits + 4:
        return run[:digits], run[digits : digits + 2], run[digits + 2 :]
    pattern = "D" * digits
    raise NotationError(
        text, POSITION, f"a {name} without separators is written {pattern}MM or {pattern}MMSS, found {length} digits"
    )


def _why_not(plain: str) -> str:
    if re.fullmatch(r"[\[(]?\s*[-+]?[\d.]+\s*[,;\s]\s*[-+]?[\d.]+\s*[\])]?", plain):
        return "nobody knows which number is the latitude; add N or S and E or W"
    if re.search(r"\d", plain) and not re.search(r"[NSEW]", plain):
        return "the hemispheres N or S and E or W are missing"
    return ""
