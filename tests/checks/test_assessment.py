"""What shows whether objectives are met, and who leads (WS708, WS709)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from builders import findings_of, messages_of, plan, result_of
from waterspace.checks import check
from waterspace.domain import Edit
from waterspace.planfile import loads
from waterspace.planfile.document import Document
from waterspace.serials import registry

if TYPE_CHECKING:
    import pytest

LED = """
serials:
  S1: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-08T00:00Z, duration: 2 h, lead: JPN}
  S2: {type: assembly, area: WEST, units: {units: [ALFA, BRAVO]}, start: 2026-06-09T00:00Z, duration: 2 h, lead: JPN}
"""


def test_ws708_suggests_the_measure_that_was_meant_and_mends_it() -> None:
    first = next(iter(registry.get("assembly").measured_by))
    text = f"objectives:\n  O1: {{text: Both have met., measures: [{first}x]}}\n"
    (found,) = findings_of("WS708", text)
    assert found.message == (
        f"Objective O1 is to be shown by {first}x, which none of its serials measures. Did you mean {first}?"
    )
    assert found.fix is not None
    assert found.fix.edits == (Edit(("objectives", "O1", "measures", "0"), first),)
    mended = Document(plan(text).source.content, "plan.exercise.yaml").edit(found.fix.edits).text
    assert not check(loads(mended, file="plan.exercise.yaml"), select=["WS708"]).findings


def test_ws708_says_when_the_serials_measure_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(registry.get("assembly")), "measured_by", {})
    assert messages_of("WS708", "") == [
        (
            "warning: Objective O1 is served by S1 (assembly), whose types measure nothing. Add a serial that measures "
            "something, or say who judges it."
        )
    ]


def test_ws708_leaves_an_objective_without_a_serial_to_ws702() -> None:
    text = "objectives:\n  O1: {text: Meet.}\n  O2: {text: Talk., measures: [morale]}\n"
    assert not findings_of("WS708", text)


def test_ws709_says_who_leads_too_little() -> None:
    assert messages_of("WS709", LED) == [
        (
            "advice: KOR takes part in 2 serials with others and leads none; its even share would be 1, and 50% of "
            "that is looked for. Give it the lead of one more."
        )
    ]


def test_ws709_is_silent_without_leads_and_not_checked_for_serials_that_name_none() -> None:
    assert not findings_of("WS709", LED.replace(", lead: JPN", ""))
    result = result_of(
        LED.replace("2026-06-09T00:00Z, duration: 2 h, lead: JPN", "2026-06-09T00:00Z, duration: 2 h"), "WS709"
    )
    assert not result.findings
    assert [one.reason for one in result.not_checked] == ["nobody is named to lead S2"]
