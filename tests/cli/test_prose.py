"""Answers in words: lines that fit, and never break where a reader would stumble."""

from __future__ import annotations

import io
import os
import pty
import re
import struct
import sys
import termios
from fcntl import ioctl
from subprocess import Popen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waterspace.cli import prose
from waterspace.domain import Band
from waterspace.notation import parse_band, parse_height
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

WHOLE = ("35-05.9N 129-02.5E", "220130Z JUL 23", "0.3 nm", "12 m", "https://example.org/a-very-long-address-of-a-page")
HOUR_IN_JULY_MS = 1_690_000_000_000


def on_terminal(columns: int, *arguments: str) -> str:
    """What a command prints on a real terminal of a width."""
    here, there = pty.openpty()
    ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    environment = {key: value for key, value in os.environ.items() if key not in {"COLUMNS", "LINES"}}
    with Popen([sys.executable, "-m", "waterspace", *arguments], stdout=there, stdin=there, env=environment) as process:
        os.close(there)
        parts = []
        while True:
            try:
                part = os.read(here, 65536)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            parts.append(part)
        assert process.wait(timeout=60) == 0
    os.close(here)
    return b"".join(parts).decode().replace("\r\n", "\n")


@given(st.lists(st.sampled_from((*WHOLE, "and", "the", "depth", "of")), min_size=1, max_size=40))
def test_a_position_a_time_and_an_amount_stay_on_one_line(words: list[str]) -> None:
    lines = prose.wrapped(" ".join(words), "note: ")
    assert " ".join(" ".join(lines).split()) == "note: " + " ".join(words)
    assert all(len(line) <= 100 for line in lines)
    text = "\n".join(lines)
    for whole in WHOLE[:2]:
        assert text.count(whole) == words.count(whole)
    assert not re.search(r"\d\n +(?:nm|m)\b", text)


@pytest.mark.parametrize(("given", "columns"), [(80, 80), (180, 100), (60, 60), (20, 40)])
def test_a_terminal_is_used_within_bounds(monkeypatch: pytest.MonkeyPatch, given: int, columns: int) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", str(given))
    monkeypatch.setattr(sys, "stdout", Terminal())
    assert prose.columns() == columns


wide, narrow = (pytest.param(*widths, marks=pytest.mark.deep) for widths in ((180, 100), (60, 68)))


@pytest.mark.parametrize(("columns", "most"), [(80, 80), wide, narrow])
def test_lines_fit_the_terminal_and_have_no_colours(columns: int, most: int) -> None:
    text = on_terminal(columns, "where", "41-20N 140-16E", "--at", "2023-07-20T12:00Z")
    assert "\x1b" not in text
    longest = max(len(line) for line in text.splitlines() if "https://" not in line)
    assert most - 15 < longest <= most
    assert "41-20.0N 140-16.0E" in text


@pytest.mark.parametrize("start", ["40-10N 134-00E", pytest.param("Vladivostok", marks=pytest.mark.deep)])
def test_the_table_of_a_route_with_times_fits_80_columns(start: str) -> None:
    timed = ("--depart", "2023-07-18T00:00Z", "--speed", "15 kn")
    lines = on_terminal(80, "route", start, "39-48N 133-12E", *timed).splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert sum(bool(re.match(r" +\d+  \d\d-\d\d\.\dN \d{3}-.*JUL 23$", line)) for line in lines) > 1


@pytest.mark.parametrize(
    ("distance_m", "expected"),
    [(0.0, "0.00 nm"), (148.0, "0.08 nm"), (0.996 * NAUTICAL_MILE_M, "1.0 nm"), (12.34 * NAUTICAL_MILE_M, "12.3 nm")],
)
def test_a_distance_at_sea_is_in_miles_and_near_by_in_hundredths(distance_m: float, expected: str) -> None:
    assert prose.miles(distance_m) == expected


@pytest.mark.parametrize(
    ("lon_deg", "hours"), [(0.0, 0), (7.4, 0), (7.6, 1), (133.2, 9), (-7.6, -1), (180.0, 12), (-179.9, -12)]
)
def test_zone_time_is_an_hour_for_every_fifteen_degrees(lon_deg: float, hours: int) -> None:
    assert prose.zone_offset_ms(lon_deg) == hours * HOUR_MS


def test_a_time_by_two_clocks_is_told_once_where_they_agree() -> None:
    assert prose.clocks(HOUR_IN_JULY_MS, 0) == "220426Z JUL 23"
    assert prose.clocks(HOUR_IN_JULY_MS, 9 * HOUR_MS) == "220426Z JUL 23 (221326I)"
    assert prose.clocks(HOUR_IN_JULY_MS, 9 * HOUR_MS + HOUR_MS // 2) == "220426Z JUL 23 (2023-07-22 13:56+09:30)"


HEIGHTS = ("depth 15 m", "depth 40 m", "surface", "50 ft", "60 m", "300 m", "3000 ft", "25000 m")


@given(st.sampled_from(HEIGHTS), st.sampled_from(HEIGHTS))
def test_a_band_reads_as_it_was_written_in_metres_and_in_feet(floor: str, ceiling: str) -> None:
    floor_m, ceiling_m = parse_height(floor), parse_height(ceiling)
    if floor_m < ceiling_m:
        assert prose.band(Band(floor_m=floor_m, ceiling_m=ceiling_m)) == f"{floor} to {ceiling}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("surface to FL100", "surface to 10000 ft (FL100)"),
        ("FL055 to unlimited", "5500 ft (FL055) to unlimited"),
        ("sea bed to depth 100 ft", "sea bed to depth 100 ft"),
        ("depth 10000 ft to surface", "depth 10000 ft to surface"),
        ("1234.5 m to 20000 ft", "4050 ft to 20000 ft (FL200)"),
    ],
)
def test_a_height_in_hundreds_of_feet_tells_its_flight_level_too(text: str, told: str) -> None:
    floor_m, ceiling_m = parse_band(text)
    assert prose.band(Band(floor_m=floor_m, ceiling_m=ceiling_m)) == told
