"""Safe fixes are applied until none is left, and a fix that makes matters worse is taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.example import whole
from waterspace.checks.mending import Mended, mend
from waterspace.domain import CheckResult, Edit, Exercise, Finding, Fix, Place, Severity
from waterspace.planfile import Document

Says = Callable[[Exercise], Iterator[Finding]]


def finding(code: str, severity: Severity = Severity.ADVICE, fix: Fix | None = None) -> Finding:
    return Finding(
        code=code, severity=severity, message="", subjects=(), place=Place(file="", line=1, column=1), id=code, fix=fix
    )


def renaming(unit: str, name: str) -> Fix:
    return Fix(title=f"Call {unit} {name}", edits=(Edit(("units", unit, "name"), name),))


def mended(says: Says) -> Mended:
    return mend(
        Document(whole("").encode()), lambda exercise: CheckResult(findings=tuple(says(exercise)), not_checked=())
    )


def names(mended_: Mended) -> list[str]:
    return [mended_.document.value(f"units.{unit}.name") for unit in ("ALFA", "BRAVO")]


def both(exercise: Exercise, severity: Severity = Severity.ADVICE) -> Iterator[Finding]:
    """Two ships are to be called otherwise."""
    if exercise.units["ALFA"].name == "Alfa":
        yield finding("A", severity, renaming("ALFA", "Apple"))
    if exercise.units["BRAVO"].name == "Bravo":
        yield finding("B", severity, renaming("BRAVO", "Banana"))


def test_a_fix_that_brings_an_error_is_taken_back_and_the_others_stay() -> None:
    def says(exercise: Exercise) -> Iterator[Finding]:
        yield from both(exercise)
        if exercise.units["ALFA"].name == "Apple":
            yield finding("E", Severity.ERROR)

    found = mended(says)
    assert names(found) == ["Alfa", "Banana"]
    assert [one.code for one in found.done] == ["B"]
    assert [one.code for one in found.result.findings] == ["A"]


def test_two_fixes_that_bring_an_error_together_are_not_both_applied() -> None:
    def says(exercise: Exercise) -> Iterator[Finding]:
        yield from both(exercise)
        if [unit.name for unit in exercise.units.values()] == ["Apple", "Banana"]:
            yield finding("E", Severity.ERROR)

    found = mended(says)
    assert names(found) == ["Apple", "Bravo"]
    assert not [one for one in found.result.findings if one.severity is Severity.ERROR]


def test_what_mends_an_error_may_uncover_another_and_its_fix_follows() -> None:
    def says(exercise: Exercise) -> Iterator[Finding]:
        if exercise.units["ALFA"].name == "Alfa":
            yield finding("A", Severity.ERROR, renaming("ALFA", "Apple"))
        elif exercise.units["BRAVO"].name == "Bravo":
            yield finding("B", Severity.ERROR, renaming("BRAVO", "Banana"))
        else:
            yield finding("C", Severity.ERROR)

    found = mended(says)
    assert names(found) == ["Apple", "Banana"]
    assert [one.code for one in found.done] == ["A", "B"]


@pytest.mark.parametrize("severity", [Severity.ERROR, Severity.ADVICE])
def test_a_fix_that_does_not_take_its_finding_away_is_taken_back(severity: Severity) -> None:
    def says(exercise: Exercise) -> Iterator[Finding]:
        assert exercise.units
        yield finding("A", severity, renaming("ALFA", "Apple"))
        if exercise.units["BRAVO"].name == "Bravo":
            yield finding("B", severity, renaming("BRAVO", "Banana"))

    assert names(mended(says)) == ["Alfa", "Banana"]


def _many(count: int) -> str:
    """Serials that all name an area which is not there."""
    rows = (
        f"  S{n}: {{type: assembly, area: WESTT, units: {{units: [ALFA, BRAVO]}}, start: 2026-06-02T{n % 24:02d}:00Z, "
        "duration: 1 min, objectives: O1}\n"
        for n in range(count)
    )
    return whole("serials:\n" + "".join(rows))


def _misspelt(exercise: Exercise, severity: Severity) -> Iterator[Finding]:
    for id_, serial in exercise.serials.items():
        if serial.area == "WESTT":
            fix = Fix(title="", edits=(Edit(("serials", id_, "area"), "WEST"),))
            yield finding(id_, severity, fix)


def test_many_fixes_are_applied_at_once_and_those_that_fail_are_found_by_halves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loads = planfile.loads
    read: list[int] = []
    checked: list[int] = []

    def counted(text: str | bytes, file: str) -> Exercise:
        read.append(1)
        return loads(text, file)

    monkeypatch.setattr(planfile, "loads", counted)

    def says(exercise: Exercise) -> Iterator[Finding]:
        checked.append(1)
        yield from _misspelt(exercise, Severity.WARNING)
        if exercise.serials["S37"].area == "WEST":
            yield finding("E", Severity.ERROR)
        fix = Fix(title="", edits=(Edit(("serials", "S9", "start"), "no time"),))
        yield finding("Z", Severity.WARNING, fix)

    found = mend(Document(_many(100).encode()), lambda one: CheckResult(findings=tuple(says(one)), not_checked=()))
    assert [one.code for one in found.done] == [f"S{n}" for n in range(100) if n != 37]
    assert found.document.text.count("area: WESTT,") == 1
    assert len(checked) < 20
    assert len(read) < 60


def test_of_two_fixes_of_one_text_both_are_applied_one_after_the_other() -> None:
    def says(exercise: Exercise) -> Iterator[Finding]:
        if exercise.units["ALFA"].name == "Alfa":
            yield finding("A", fix=renaming("ALFA", "Apple"))
            yield finding("B", fix=renaming("ALFA", "Banana"))

    assert names(mended(says)) == ["Banana", "Bravo"]


def test_the_rules_themselves_are_mended_to_the_end() -> None:
    text = whole("").replace("covers: WEST", "covers: WESST")
    found = mend(Document(text.encode()), check)
    assert found.document.text.count("covers: WEST,") == 2
    assert not {one.code for one in found.result.findings if one.fix and one.fix.is_safe}
