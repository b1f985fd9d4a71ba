"""Headings of warnings: series, number and date-time group of issue."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from waterspace.messages.heading import issue_ms, read_heading
from waterspace.messages.lexing import plain, tokens


def _said(time_ms: int | None) -> str:
    return "" if time_ms is None else datetime.fromtimestamp(time_ms / 1000, UTC).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("text", "series", "number", "issued", "rest"),
    [
        ("150600Z JUL 26\nHYDROPAC 9999/26(97).\nSEA OF JAPAN.", "HYDROPAC", "9999/26", "2026-07-15T06:00", "SEA OF"),
        ("HYDROLANT 2345/18(24,25).\nWESTERN", "HYDROLANT", "2345/18", "", "WESTERN"),
        (
            "NAVAREA XI NO.26-0430 Date:2026/09/26 12 UTC\nNORTH PACIFIC",
            *("NAVAREA XI", "26-0430", "2026-09-26T12:00", "NORTH"),
        ),
        ("NAVAREA XIII 41/19\nKAMCHATKA", "NAVAREA XIII", "41/19", "", "KAMCHATKA"),
        ("48/19\nNAVAREA XIII\nKURIL", "NAVAREA XIII", "48/19", "", "KURIL"),
        ("ZCZC JA42\n150610 UTC JUL 26\nNAV WARN 0999/26\nSEA", "NAVTEX", "JA42", "2026-07-15T06:10", "SEA"),
        ("HN182/26 SOUTH CHINA SEA", "HN", "182/26", "", "SOUTH"),
        ("COASTAL WARNING MURMANSK 12/24 BARENTS SEA", "COASTAL WARNING MURMANSK", "12/24", "", "BARENTS"),
        ("SEA OF JAPAN. 1. 150600Z TO 150700Z JUL", "", "", "", "SEA OF"),
        ("1. GUNNERY EXERCISES", "", "", "", "1. GUN"),
    ],
)
def test_a_heading_gives_series_number_and_issue(text: str, series: str, number: str, issued: str, rest: str) -> None:
    heading = read_heading(tokens(plain(text)))
    assert (heading.series, heading.number, _said(heading.issued_ms)) == (series, number, issued)
    assert text[heading.end :].lstrip(" .\n").startswith(rest)
    assert not heading.doubts


def test_the_number_tells_the_year() -> None:
    assert read_heading(tokens("HYDROPAC 9999/26.")).year == 2026
    assert read_heading(tokens("NAVAREA XI NO.26-0430")).year is None


def test_an_issue_that_does_not_exist_is_doubted() -> None:
    heading = read_heading(tokens("310600Z JUN 26\nHYDROPAC 1/26."))
    assert heading.issued_ms is None
    assert "does not exist" in heading.doubts[0].reason


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("051400Z APR 2023", "2023-04-05T14:00"),
        ("2026-10-08T09:00Z", "2026-10-08T09:00"),
        ("NAVAREA XVII 68/12 052319Z AUG 12.", "2012-08-05T23:19"),
        ("nobody knows", ""),
    ],
)
def test_a_field_of_its_own_gives_the_issue(text: str, issued: str) -> None:
    assert _said(issue_ms(text)) == issued
