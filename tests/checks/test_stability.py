"""Findings do not depend on the order of entries or on how ids and names are spelt, and keep their ids.

Asked of the example of every rule and of defects that are planted for it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from planted_defects import planted
from waterspace import checks, planfile
from waterspace.checks.example import whole
from waterspace.serials import registry

if TYPE_CHECKING:
    from pathlib import Path

    from waterspace.checks import Rule
    from waterspace.domain import Exercise, Finding

    Load = Callable[[str], Exercise]

pytestmark = pytest.mark.no_cover
"""The rules run here on plans on which others measure them."""

RULES = [rule for rule in checks.rules() if rule.code != "WS000"]
BY_ORDER = {"WS012": "it is about the order of entries"}
BY_SPELLING = {
    "WS001": "the suggestion depends on how names are spelt, and so does whether one is safe to take",
    "WS010": "it may be about what a rule is called",
}

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)

_SECTIONS = (
    *("units", "groups", "areas", "objectives", "serials", "phases", "notices", "permissions", "injects"),
    *(
        "nets",
        "links",
        "agreements",
        "quiet_hours",
        "habitats",
        "standing_reservations",
        "other_exercises",
        "observers",
    ),
)
_UNORDERED = {
    "participants": ("languages",),
    "objectives": ("measures",),
    "notices": ("covers", "firs", "to"),
    "permissions": ("covers",),
    "other_exercises": ("participants",),
    "serials": ("after", "reserve"),
    "nets": ("units", "serials"),
    "agreements": ("parties",),
    "quiet_hours": ("windows", "covers"),
    "habitats": ("windows",),
}
"""Keys of the entries of a section that hold lists whose order says nothing."""
_NAMED = ("units", "groups", "areas", "serials")
_UNHEARD = dict.fromkeys(map(ord, " -"))
_DECIMALS = 6
_FEW, _MANY = 2, 25
"""How many defects of each rule are planted."""


@pytest.fixture
def load(rule: Rule, tmp_path: Path) -> Load:
    """Reads a text in a folder with the files of data of a rule's examples."""
    for name, content in rule.files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return lambda text: planfile.loads(text, str(tmp_path / "plan.exercise.yaml"))


def findings(exercise: Exercise, rule: Rule) -> tuple[Finding, ...]:
    return checks.check(exercise, select=[rule.code]).findings


def turned(exercise: Exercise) -> Exercise:
    """The exercise with the entries of every section, and of every list without an order, the other way round."""
    parts = {field.name: getattr(exercise, field.name) for field in fields(exercise)}
    turned_parts: dict[str, Any] = {
        name: dict(reversed(list(value.items())))
        for name, value in parts.items()
        if isinstance(value, Mapping) and name != "places"
    }
    for section, keys in _UNORDERED.items():
        turned_parts[section] = {
            id_: replace(entry, **{key: getattr(entry, key)[::-1] for key in keys})
            for id_, entry in turned_parts[section].items()
        }
    return replace(exercise, weather=exercise.weather[::-1], **turned_parts)


def respelt(text: str, exercise: Exercise) -> tuple[str, Mapping[str, str]]:
    """The text with other ids and names, in the opposite alphabetical order, and what each id is called now.

    Ids and names that sound the same do so afterwards, too.
    """
    ids = sorted({id_ for section in _SECTIONS for id_ in getattr(exercise, section)}, reverse=True)
    called = {entry.name for section in _NAMED for entry in getattr(exercise, section).values() if entry.name}
    names = {id_: f"Q{number:02d}X" for number, id_ in enumerate(ids)}
    sounds = {_heard(id_): new.capitalize() for id_, new in names.items()}
    others = sorted({_heard(name) for name in called} - sounds.keys(), reverse=True)
    sounds |= {sound: f"Zz{number:02d}y" for number, sound in enumerate(others)}
    new = {name: sounds[_heard(name)] for name in called} | names
    words = "|".join(map(re.escape, sorted(new, key=len, reverse=True)))
    return re.sub(rf"(?<![\w.-])({words})(?![\w-])", lambda match: new[match[1]], text), names


def _heard(name: str) -> str:
    return name.casefold().translate(_UNHEARD)


def traits(finding: Finding, names: Mapping[str, str]) -> tuple[object, ...]:
    position, amount = finding.position, finding.amount
    return (
        finding.code,
        finding.severity,
        frozenset(names.get(id_, id_) for id_ in finding.subjects),
        None if position is None else (round(position.lat_deg, _DECIMALS), round(position.lon_deg, _DECIMALS)),
        finding.when,
        None if amount is None else (round(amount.value, _DECIMALS), round(amount.limit, _DECIMALS), amount.unit),
    )


def keeps_its_order(text: str, rule: Rule, load: Load) -> None:
    exercise = load(text)
    there, back = findings(exercise, rule), findings(turned(exercise), rule)
    assert {(one.id, one.severity, one.message) for one in there} == {
        (one.id, one.severity, one.message) for one in back
    }, text


def keeps_its_spelling(text: str, rule: Rule, load: Load) -> None:
    exercise = load(text)
    other, names = respelt(text, exercise)
    there, back = findings(exercise, rule), findings(load(other), rule)
    assert Counter(traits(one, names) for one in there) == Counter(traits(one, {}) for one in back), text


def keeps_its_ids(text: str, rule: Rule, load: Load) -> None:
    edited = f"# an edit\n\n{_longer(text)}"
    before, after = ({one.id for one in findings(load(one_text), rule)} for one_text in (text, edited))
    assert before, text
    assert before <= after, text


@every_rule
def test_the_order_of_entries_changes_nothing(rule: Rule, load: Load) -> None:
    if rule.code in BY_ORDER:
        pytest.skip(BY_ORDER[rule.code])
    keeps_its_order(whole(rule.bad), rule, load)


@every_rule
def test_the_spelling_of_ids_and_names_changes_nothing(rule: Rule, load: Load) -> None:
    if rule.code in BY_SPELLING:
        pytest.skip(BY_SPELLING[rule.code])
    keeps_its_spelling(whole(rule.bad), rule, load)


def _longer(text: str) -> str:
    """A text with another area, another ship, a serial of its own and a notice of it, all far away from the rest."""
    more = {
        "areas": "ELSEWHERE: {name: Elsewhere, circle: {centre: 20-00.0N 160-00.0E, radius: 5 nm}}",
        "units": "YANKEE: {name: Yankee, nation: JPN, class: cutter, start: 20-00.0N 160-00.0E}",
        "serials": "S99: {type: assembly, area: ELSEWHERE, units: {units: YANKEE}, start: 2026-06-03T00:00Z}",
        "notices": "N99: {kind: navarea, covers: S99, originator: JPN, planned: 2026-06-02T00:00Z}",
    }
    for section, entry in more.items():
        text = text.replace(f"\n{section}:\n", f"\n{section}:\n  {entry}\n", 1)
    return text


@every_rule
def test_an_id_survives_an_edit_elsewhere(rule: Rule, load: Load) -> None:
    keeps_its_ids(whole(rule.bad), rule, load)


def in_company(exercise: Exercise) -> Exercise:
    """The exercise with one more unit, like the first, in every role of a serial that has room for one."""
    units, serials = dict(exercise.units), {}
    for id_, serial in exercise.serials.items():
        roles = dict(serial.units)
        for role in registry.get(serial.type).roles if registry.exists(serial.type) else ():
            names = [name for name in exercise.expand(roles.get(role.name, ())) if name in exercise.units]
            count = sum(exercise.units[name].count for name in names)
            if names and (role.maximum is None or count < role.maximum):
                first = exercise.units[names[0]]
                units[f"{first.id}2ND"] = replace(first, id=f"{first.id}2ND", name=f"{first.name} the second", count=1)
                roles[role.name] = (*roles[role.name], f"{first.id}2ND")
        serials[id_] = replace(serial, units=roles)
    return replace(exercise, units=units, serials=serials)


def keeps_its_ids_in_company(text: str, rule: Rule, load: Load) -> None:
    """What is still found is known as before; a unit more may also mend what was wrong."""
    exercise = load(text)
    before, after = ({one.id for one in findings(plan, rule)} for plan in (exercise, in_company(exercise)))
    assert not after or before <= after, text


@every_rule
def test_an_id_survives_a_unit_that_joins_a_serial(rule: Rule, load: Load) -> None:
    keeps_its_ids_in_company(whole(rule.bad), rule, load)


def _plant(rule: Rule, load: Load, count: int) -> None:
    """Ask all of it of so many planted defects."""

    @settings(max_examples=count, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(planted()[rule.code])
    def hold(pair: tuple[str, str]) -> None:
        text = whole(pair[0])
        if rule.code not in BY_ORDER:
            keeps_its_order(text, rule, load)
        if rule.code not in BY_SPELLING:
            keeps_its_spelling(text, rule, load)
        keeps_its_ids(text, rule, load)

    hold()


@every_rule
def test_what_is_found_of_planted_defects_is_as_stable(rule: Rule, load: Load) -> None:
    _plant(rule, load, _FEW)


@pytest.mark.deep
@every_rule
def test_what_is_found_of_many_planted_defects_is_as_stable(rule: Rule, load: Load) -> None:
    _plant(rule, load, _MANY)


@every_rule
def test_ids_of_one_check_are_all_different(rule: Rule, load: Load) -> None:
    for text in (rule.bad, rule.good):
        ids = [one.id for one in checks.check(load(whole(text))).findings]
        assert len(ids) == len(set(ids))
        assert not [id_ for id_ in ids if _is_numbered(id_)]


def _is_numbered(id_: str) -> bool:
    """Whether an id is that of a matter told before, with a number at its end that changes when that one is mended."""
    return id_.count("-") > 1
