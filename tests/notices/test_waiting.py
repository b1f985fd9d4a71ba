"""A cancellation waits for the text that tells of the same danger where that cannot be sent yet."""

from __future__ import annotations

from dataclasses import replace

import pytest

from draft_cases import at, instant
from waterspace.domain import Circle, Window
from waterspace.errors import DraftError
from waterspace.messages.draft import Draft, DraftArea, Issuer
from waterspace.messages.reading import Category
from waterspace.messages.writing import notam
from waterspace.notices.ledger.amending import ActionKind, amendments, record
from waterspace.notices.ledger.book import Ledger
from waterspace.quantity import HOUR_MS, NAUTICAL_MILE_M

SENT_MS, FIRST_MS = instant(2026, 7, 15, 6), instant(2026, 7, 22)
NORTH, SOUTH = (
    DraftArea(footprint=Circle(centre=at(lat_deg, 134.0), radius_m=5.0 * NAUTICAL_MILE_M)) for lat_deg in (39.0, 38.0)
)


def airmen(id_: str, *areas: DraftArea) -> Draft:
    return Draft(
        id=id_,
        kind="notam",
        issuer=Issuer.JAPAN,
        series="",
        issued_ms=SENT_MS,
        category=Category.GUNNERY,
        areas=areas,
        windows=(Window(start_ms=FIRST_MS, end_ms=FIRST_MS + 9 * HOUR_MS),),
        firs=("RJJJ",),
    )


@pytest.mark.parametrize("is_stuck", [True, False])
@pytest.mark.parametrize("whole", [(NORTH, SOUTH), (NORTH,)])
def test_a_cancellation_waits_for_a_text_of_the_same_danger_that_cannot_be_sent(
    is_stuck: bool, whole: tuple[DraftArea, ...]
) -> None:
    ledger = Ledger()
    drafts = [airmen("N2", NORTH), airmen("N4", SOUTH)]
    for number, action in zip(
        ("A0456/26", "A0457/26"), amendments(drafts, ledger, now_ms=SENT_MS, write=notam.write), strict=True
    ):
        ledger = record(ledger, action, number, SENT_MS)

    def write(draft: Draft) -> str:
        if is_stuck and draft.id == "N2" and draft.paragraphs:
            raise DraftError("N2 cancels itself before the last of its times")
        return notam.write(draft)

    changed = replace(airmen("N2", *whole), windows=(Window(start_ms=FIRST_MS, end_ms=FIRST_MS + 10 * HOUR_MS),))
    (cancel,) = (
        one
        for one in amendments([changed], ledger, now_ms=SENT_MS + HOUR_MS, write=write)
        if one.kind is ActionKind.CANCEL
    )
    assert cancel.id == "N4"
    assert cancel.text
    assert ("Wait until N2 is out" in cancel.sentence) is (is_stuck and SOUTH in whole)
