"""Names that stand twice, and lists out of order (WS011, WS012)."""

from __future__ import annotations

import pytest

from builders import findings_of, messages_of, plan
from waterspace.checks import check
from waterspace.domain import Sorting
from waterspace.planfile import loads
from waterspace.planfile.document import Document

SPELLS = """
weather:
  - {start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
  - {start: 2026-06-01T00:00Z, end: 2026-06-08T00:00Z, sea_state: 2}
"""


def test_ws011_says_who_shares_which_name() -> None:
    areas = "areas:\n" + "".join(
        f"  {id_}: {{name: {name}, circle: {{centre: 38-30.0N 134-00.0E, radius: 15 nm}}}}\n"
        for id_, name in (("WEST", "Fox-trot"), ("EAST", "fox trot"), ("MID", "FOX TROT"))
    )
    (said,) = messages_of("WS011", areas)
    assert said == (
        "advice: EAST, MID and WEST are all called fox trot; whoever hears of the area fox trot cannot tell which is "
        "meant. Give each a name of its own."
    )


def test_ws011_lets_a_ship_and_an_area_share_a_name() -> None:
    assert not findings_of(
        "WS011", "areas:\n  WEST: {name: Alfa, circle: {centre: 38-30.0N 134-00.0E, radius: 5 nm}}\n"
    )


def test_ws012_says_which_entry_is_out_of_order_and_sorts_the_list() -> None:
    (found,) = findings_of("WS012", SPELLS)
    assert found.message == (
        "Entry 2 of the weather begins at 010000Z JUN 26, before the entry above it (080000Z JUN 26). "
        "Put the entries in order of time."
    )
    assert found.fix is not None
    assert found.fix.is_safe
    assert found.fix.edits == (Sorting(("weather",), (1, 0)),)
    mended = Document(plan(SPELLS).source.content, "plan.exercise.yaml").edit(found.fix.edits).text
    assert not check(loads(mended, file="plan.exercise.yaml"), select=["WS012"]).findings


def test_ws012_offers_no_sorting_that_would_take_comments_from_their_entries() -> None:
    text = """
weather:
  [{start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}, # after the front
   {start: 2026-06-01T00:00Z, end: 2026-06-08T00:00Z, sea_state: 2}]
"""
    (found,) = findings_of("WS012", text)
    assert found.fix is None
    assert found.message.endswith(
        "Put the entries in order of time by hand, for between them stand comments that sorting would leave behind."
    )
    (found,) = findings_of("WS012", text.replace(", # after the front", ","))
    assert found.fix is not None


def test_ws012_leaves_an_overlap_to_the_planner() -> None:
    text = """
weather:
  - {start: 2026-06-01T00:00Z, end: 2026-06-08T02:00Z, sea_state: 2}
  - {start: 2026-06-08T00:00Z, end: 2026-06-12T00:00Z, sea_state: 3}
"""
    (found,) = findings_of("WS012", text)
    assert found.message.startswith("Two spells of weather overlap: 010000Z to 080200Z JUN 26 and ")
    assert "share 2 h." in found.message
    assert found.fix is None


@pytest.mark.parametrize("section", ["reserve", "windows"])
def test_ws012_reads_windows_as_they_stand_in_the_file(section: str) -> None:
    late, early = (
        "{start: 2026-06-10T00:00Z, end: 2026-06-10T02:00Z}",
        "{start: 2026-06-09T00:00Z, end: 2026-06-09T02:00Z}",
    )
    if section == "reserve":
        text = (
            "serials:\n  S1: {type: assembly, area: WEST, units: {units: ALFA}, start: 2026-06-08T00:00Z, "
            f"duration: 2 h, reserve: [{late}, {early}]}}\n"
        )
    else:
        text = f"quiet_hours:\n  Q1: {{windows: [{late}, {early}]}}\n"
    assert len(findings_of("WS012", text)) == 1
    assert not findings_of("WS012", text.replace(f"{late}, {early}", f"{early}, {late}"))
