"""Rules of interference say the same of a plan in another order, under other names, on another day, elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import util
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import plan
from waterspace import checks
from waterspace.geometry.geodesic import normalise_lon
from waterspace.notation import format_position, format_time_iso, parse_position, parse_time
from waterspace.quantity import DAY_MS

if TYPE_CHECKING:
    from random import Random

    from waterspace.domain import Exercise, Finding

T = TypeVar("T")

PLANTED = Path(__file__).parent / "planted"
MODULES = ("interference", "spacing", "altitude", "submerged", "range_rules", "hours")

few = settings(max_examples=5, deadline=None, database=None, suppress_health_check=list(HealthCheck))


def planted() -> dict[str, st.SearchStrategy[tuple[str, str]]]:
    """Code of each rule of the family to what is planted for it."""
    found: dict[str, st.SearchStrategy[tuple[str, str]]] = {}
    for name in MODULES:
        spec = util.spec_from_file_location(f"laws_{name}", PLANTED / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.update(module.DEFECTS)
    return found


DEFECTS = planted()
every_rule = pytest.mark.parametrize("code", sorted(DEFECTS))

Said = tuple[Any, ...]


def said(finding: Finding, names: Mapping[str, str] | None = None, later_ms: int = 0, east_deg: float = 0.0) -> Said:
    """What a finding comes to, with its subjects under other names, at another time, in another place."""
    place, known, where = finding.position, names or {}, None
    if place is not None:
        where = round(place.lat_deg, 3), round(normalise_lon(place.lon_deg + east_deg), 3) % 360.0
    when = tuple((window.start_ms + later_ms, window.end_ms + later_ms) for window in finding.when)
    subjects = tuple(sorted(known.get(subject, subject) for subject in finding.subjects))
    return finding.code, finding.severity.value, subjects, where, when, finding.amount


def of(exercise: Exercise, code: str) -> tuple[Finding, ...]:
    return checks.check(exercise, select=[code]).findings


def alike(some: list[Said], others: list[Said], off_ms: int = 0) -> None:
    """Whether findings are the same, whatever their order; times right to a second, places to a hundred metres."""
    some, others = sorted(some, key=repr), sorted(others, key=repr)
    assert [one[:3] for one in some] == [one[:3] for one in others]
    for one, other in zip(some, others, strict=True):
        assert one[3] == pytest.approx(other[3], abs=0.002)
        assert [pytest.approx(window, abs=max(off_ms, 1)) for window in one[4]] == list(other[4])
        assert (one[5] is None) == (other[5] is None)
        if one[5] is not None:
            assert one[5][:2] == pytest.approx(other[5][:2], abs=0.11)


@every_rule
def test_the_order_of_the_entries_does_not_matter(code: str) -> None:
    @few
    @given(DEFECTS[code], st.randoms(use_true_random=False))
    def hold(pair: tuple[str, str], luck: Random) -> None:
        exercise = plan(pair[0])
        moved = replace(
            exercise,
            serials=shuffled(exercise.serials, luck),
            units=shuffled(exercise.units, luck),
            areas=shuffled(exercise.areas, luck),
            quiet_hours=shuffled(exercise.quiet_hours, luck),
        )
        alike([said(one) for one in of(exercise, code)], [said(one) for one in of(moved, code)])

    hold()


def shuffled(entries: Mapping[str, T], luck: Random) -> dict[str, T]:
    return dict(luck.sample(list(entries.items()), len(entries)))


@every_rule
def test_ids_and_names_do_not_matter(code: str) -> None:
    @few
    @given(DEFECTS[code])
    def hold(pair: tuple[str, str]) -> None:
        exercise = plan(pair[0])
        ids = sorted({*exercise.serials, *exercise.units, *exercise.areas, *exercise.quiet_hours} - {"O1"})
        others = {id_: f"Z{len(ids) - number:02d}" for number, id_ in enumerate(ids)}
        names = {id_.title(): f"Other {others[id_]}" for id_ in ids if id_.title() != id_}
        renamed = plan(substituted(pair[0], others | names))
        alike([said(one, others) for one in of(exercise, code)], [said(one) for one in of(renamed, code)])

    hold()


def substituted(text: str, words: Mapping[str, str]) -> str:
    """A text with other words, each changed once."""
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?![\w-])")
    return pattern.sub(lambda match: words[match.group()], text)


@every_rule
def test_the_day_does_not_matter(code: str) -> None:
    @few
    @given(DEFECTS[code], st.integers(-300, 300))
    def hold(pair: tuple[str, str], days: int) -> None:
        later_ms = days * DAY_MS
        moved = changed(pair[0], TIME, lambda text: format_time_iso(parse_time(text) + later_ms))
        found, shifted = of(plan(pair[0]), code), of(plan(moved), code)
        alike([said(one, later_ms=later_ms) for one in found], [said(one) for one in shifted])

    hold()


@every_rule
def test_the_longitude_does_not_matter(code: str) -> None:
    @few
    @given(DEFECTS[code], st.integers(-180, 180))
    def hold(pair: tuple[str, str], east_deg: int) -> None:
        def turned(text: str) -> str:
            lat_deg, lon_deg = parse_position(text)
            return format_position(lat_deg, normalise_lon(lon_deg + east_deg))

        moved = changed(pair[0], PLACE, turned)
        found, shifted = of(plan(pair[0]), code), of(plan(moved), code)
        alike([said(one, east_deg=east_deg) for one in found], [said(one) for one in shifted], off_ms=60_000)

    hold()


TIME = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:]+Z")
PLACE = re.compile(r"\d{2}-[\d.]+[NS] \d{3}-[\d.]+[EW]")


def changed(text: str, pattern: re.Pattern[str], how: Callable[[str], str]) -> str:
    return pattern.sub(lambda match: how(match.group()), text)
