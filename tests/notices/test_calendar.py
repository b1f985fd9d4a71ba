"""Calendars: what is in them comes out again by the rules of RFC 5545."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from waterspace.notices.promulgation.calendar import Entry, as_calendar
from waterspace.quantity import DAY_MS, HOUR_MS

STAMP_MS = 1_784_505_600_000  # 2026-07-20T00:00Z
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=200)


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def plain(value: str) -> str:
    signs = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda match: signs.get(match.group(1), match.group(1)), value)


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    depth: list[str] = []
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            depth.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert depth.pop() == value
        elif depth[-1] == "VEVENT":
            found[-1][name] = plain(value)
        elif depth[-1] == "VALARM":
            found[-1][f"ALARM-{name}"] = plain(value)
    assert depth == []
    return found


@given(
    summary=TEXTS.map(lambda text: text.replace("\n", " ")),
    description=TEXTS,
    start_ms=st.integers(0, 4_000_000_000_000),
    hours=st.none() | st.integers(1, 500),
)
def test_every_entry_comes_out_as_it_went_in(summary: str, description: str, start_ms: int, hours: int | None) -> None:
    end_ms = None if hours is None else start_ms + hours * HOUR_MS
    entry = Entry(id="N1@SPRING", start_ms=start_ms, end_ms=end_ms, summary=summary, description=description)
    text = as_calendar([entry], name="Spring, and more", stamp_ms=STAMP_MS)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    (event,) = events(text)
    assert event["SUMMARY"] == summary
    assert event.get("DESCRIPTION", "") == description
    assert ("DTEND" in event) is (hours is not None)
    assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTART"])


def test_a_calendar_has_what_the_standard_asks_for_in_order_of_time() -> None:
    late = Entry(id="b", start_ms=STAMP_MS + DAY_MS, summary="Cancel", is_cancelled=True, sequence=2)
    early = Entry(
        id="a",
        start_ms=STAMP_MS,
        end_ms=STAMP_MS + HOUR_MS,
        summary="Send",
        alarm_ms=HOUR_MS,
        categories=("NOTAM", "A,B"),
    )
    text = as_calendar([late, early], name="Plan", stamp_ms=STAMP_MS)
    lines = unfolded(text)
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Waterspace//Promulgation plan//EN"]
    first, second = events(text)
    assert (first["UID"], second["UID"]) == ("a", "b")
    assert (first["DTSTART"], first["DTEND"], first["DTSTAMP"]) == (
        "20260720T000000Z",
        "20260720T010000Z",
        "20260720T000000Z",
    )
    assert first["ALARM-TRIGGER"] == "-PT60M"
    assert "CATEGORIES:NOTAM,A\\,B" in lines
    assert (second["STATUS"], second["SEQUENCE"]) == ("CANCELLED", "2")


def test_the_same_entries_give_the_same_text() -> None:
    entries = [Entry(id=str(number), start_ms=STAMP_MS, summary="x") for number in range(3)]
    assert as_calendar(entries, name="P", stamp_ms=0) == as_calendar(reversed(entries), name="P", stamp_ms=0)
