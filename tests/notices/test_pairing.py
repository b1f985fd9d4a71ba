"""Texts that were sent find their drafts without measuring what cannot matter, and the same pair of places once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from draft_cases import at, instant
from waterspace.domain import Circle, Window
from waterspace.messages.draft import Draft, DraftArea
from waterspace.messages.reading import Category
from waterspace.messages.writing import navarea
from waterspace.notices.ledger import Ledger, amendments, pairing, record
from waterspace.notices.ledger.amending import ActionKind
from waterspace.notices.ledger.changing import share
from waterspace.quantity import DAY_MS, HOUR_MS

if TYPE_CHECKING:
    from waterspace.domain import Footprint

NOW_MS = instant(2026, 6, 1)
DAYS = 6
HERE = Circle(centre=at(39.0, 134.0), radius_m=9000.0)
NEAR = Circle(centre=at(39.01, 134.0), radius_m=9000.0)


def drafts(area: Circle, name: str, later_ms: int = 0) -> list[Draft]:
    """The same firing on so many days, a notice each."""
    start_ms = instant(2026, 7, 1) + later_ms
    return [
        Draft(
            id=f"{name}{day}",
            kind="navarea",
            areas=(DraftArea(footprint=area),),
            windows=(Window(start_ms=start_ms + day * DAY_MS, end_ms=start_ms + day * DAY_MS + 9 * HOUR_MS),),
            category=Category.GUNNERY,
        )
        for day in range(DAYS)
    ]


def all_sent() -> Ledger:
    ledger = Ledger()
    for number, action in enumerate(amendments(drafts(HERE, "N"), ledger, now_ms=NOW_MS, write=navarea.write), 1):
        ledger = record(ledger, action, f"01{number:02d}/26", NOW_MS)
    return ledger


def test_notices_of_one_area_on_many_days_measure_its_share_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Footprint, Footprint]] = []

    def counted(one: Footprint, other: Footprint) -> float:
        asked.append((one, other))
        return share(one, other)

    monkeypatch.setattr(pairing, "share", counted)
    ledger = all_sent()
    renamed = drafts(NEAR, "M", HOUR_MS)
    todo = amendments(renamed, ledger, now_ms=NOW_MS, write=navarea.write)
    assert len(asked) == len(set(asked)) == 2
    follows = {action.id: action.sending.id for action in todo if action.sending is not None}
    assert {action.kind for action in todo} == {ActionKind.REPLACE}
    assert follows == {f"M{day}": f"N{day}" for day in range(DAYS)}


def test_places_that_are_dangerous_at_other_times_are_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(one: Footprint, other: Footprint) -> float:
        pytest.fail(f"the share of {one} in {other} was asked for")

    ledger = all_sent()
    monkeypatch.setattr(pairing, "share", refused)
    todo = amendments(drafts(NEAR, "M", 12 * HOUR_MS), ledger, now_ms=NOW_MS, write=navarea.write)
    assert sorted(action.kind for action in todo) == [ActionKind.CANCEL] * DAYS + [ActionKind.SEND] * DAYS


def test_a_text_that_one_new_text_cancels_too_is_neither_cancelled_nor_taken_by_another() -> None:
    ledger = all_sent()
    whole = drafts(HERE, "N")
    wide = [
        replace(draft, windows=tuple(window for one in whole for window in one.windows), id=f"W{at_}")
        for at_, draft in enumerate(whole[:2])
    ]
    wide[1] = replace(wide[1], charts=("INT 5",), areas=(DraftArea(footprint=NEAR),))
    todo = amendments(wide, ledger, now_ms=NOW_MS, write=navarea.write)
    told = [number for action in todo if action.draft is not None for number in action.draft.cancels]
    assert sorted(told) == sorted(one.number for one in ledger.sendings)
