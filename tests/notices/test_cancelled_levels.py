"""A NOTAM that cancels repeats the levels of line Q of the one that it cancels."""

from __future__ import annotations

import re

from draft_cases import at, instant
from waterspace.domain import Band, Circle, Window
from waterspace.messages.draft import Draft, DraftArea
from waterspace.messages.reading import Category
from waterspace.messages.writing import notam
from waterspace.notices.ledger.amending import amendments, record
from waterspace.notices.ledger.book import Ledger
from waterspace.quantity import FOOT_M, HOUR_MS


def test_a_cancellation_of_the_ledger_has_the_levels_of_what_was_sent() -> None:
    start_ms = instant(2026, 7, 22)
    band = Band(floor_m=5_000 * FOOT_M, ceiling_m=10_050 * FOOT_M)
    draft = Draft(
        id="N1",
        kind="notam",
        firs=("RJJJ",),
        category=Category.GUNNERY,
        areas=(DraftArea(footprint=Circle(centre=at(39.0, 134.0), radius_m=9_260.0), band=band),),
        windows=(Window(start_ms=start_ms, end_ms=start_ms + 9 * HOUR_MS),),
    )
    sent_ms = start_ms - 168 * HOUR_MS
    (new,) = amendments([draft], Ledger(), now_ms=sent_ms, write=notam.write)
    ledger = record(Ledger(), new, "A0001/26", sent_ms)
    (gone,) = amendments([], ledger, now_ms=sent_ms, write=notam.write)
    levels = [re.findall(r"/W/(\d{3}/\d{3})/", text) for text in (new.text, gone.text)]
    assert levels == [["050/101"], ["050/101"]]
    assert "NOTAMC A0001/26" in gone.text
