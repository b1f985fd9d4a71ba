"""Laws of a comparison: of a plan with itself, the other way round, and with the same plan written another way."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import bad_exercises
from waterspace import planfile
from waterspace.domain import Circle, Exercise, Polygon, Position
from waterspace.notation import format_time, parse_distance, parse_duration, parse_position, parse_speed, parse_time
from waterspace.quantity import MINUTE_MS, SECOND_MS
from waterspace.reports.changes import Change, ChangeKind, compare
from waterspace.reports.changes.sameness import same

EXAMPLES = Path(__file__).parents[2] / "examples"
MIRRORED = {ChangeKind.ADDED: ChangeKind.DROPPED, ChangeKind.DROPPED: ChangeKind.ADDED}
some = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


# ---------------------------------------------------------------------------------------- itself, and the other way


@some
@given(bad_exercises())
def test_a_plan_however_bad_does_not_differ_from_itself(exercise: Exercise) -> None:
    assert compare(exercise, replace(exercise)).is_empty


@some
@given(bad_exercises(), bad_exercises())
def test_the_other_way_round_what_came_went_and_what_was_later_is_earlier(old: Exercise, new: Exercise) -> None:
    new = replace(new, local_offset_ms=old.local_offset_ms)  # words follow the local time of the newer plan
    there, back = compare(old, new), compare(new, old)
    called = {(one.section, one.new): one.old for one in there.changes if one.kind is ChangeKind.RENAMED}
    assert sorted(_mirrored(there.changes, called)) == sorted(map(_plain, back.changes))
    assert there.is_empty == back.is_empty
    assert {nation.nation for nation in there.nations} == {nation.nation for nation in back.nations}


def _plain(change: Change) -> tuple[str, ...]:
    """What a change says without the words of its sentence."""
    return (
        change.kind.value,
        change.section,
        change.id,
        change.topic,
        change.old,
        change.new,
        str(change.shift_ms),
        "None" if change.moved_m is None else f"{change.moved_m:.1f}",
        ",".join(change.nations),
    )


def _mirrored(changes: tuple[Change, ...], called: dict[tuple[str, str], str]) -> Iterator[tuple[str, ...]]:
    for one in changes:
        yield _plain(
            replace(
                one,
                kind=MIRRORED.get(one.kind, one.kind),
                id=called.get((one.section, one.id), one.id),
                old=one.new,
                new=one.old,
                shift_ms=None if one.shift_ms is None else -one.shift_ms,
            )
        )


# --------------------------------------------------------------------------------------------- written in another way


@cache
def example(name: str) -> tuple[str, Exercise]:
    text = (EXAMPLES / f"{name}.exercise.yaml").read_text(encoding="utf-8")
    return text, planfile.loads(text, "as-agreed.exercise.yaml")


UNORDERED = {"covers", "languages", "objectives", "after", "participants", "roles"}
"""Lists whose order says nothing."""


class Respelling:
    """Writes the same plan in another way, by chance."""

    def __init__(self, luck: random.Random) -> None:
        self.luck = luck

    def text(self, text: str) -> str:
        value = self.value(yaml.load(text, Loader=yaml.BaseLoader), "")  # noqa: S506  # every scalar is read as text
        flow = self.luck.choice((None, False))
        dumped = yaml.safe_dump(
            value, sort_keys=False, default_flow_style=flow, width=self.luck.choice((60, 120)), allow_unicode=True
        )
        lines = dumped.splitlines()
        places = [at for at, line in enumerate(lines) if re.match(r"^[a-z_]+:", line)]
        for at in sorted(self.luck.sample(places, k=len(places) // 2), reverse=True):
            lines.insert(at, "# what follows was agreed on")
        return "\n".join(lines) + "\n"

    def value(self, value: Any, key: str) -> Any:  # noqa: ANN401  # YAML holds anything
        if isinstance(value, dict):
            items = list(value.items())
            self.luck.shuffle(items)
            return {name: self.value(one, name) for name, one in items}
        if isinstance(value, list):
            return self.list([self.value(one, key) for one in value], key)
        return self.scalar(value, key)

    def list(self, values: list[Any], key: str) -> list[Any]:
        if key == "polygon":
            first = self.luck.randrange(len(values))
            values = values[first:] + values[:first]
            return values[::-1] if self.luck.random() < 0.5 else values
        if key in UNORDERED or key == "weather":
            self.luck.shuffle(values)
        return values

    def scalar(self, text: str, key: str) -> str:  # noqa: PLR0911  # one for each notation
        if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z", text):
            return self.time(text)
        if re.fullmatch(r"\d+-\d+(\.\d+)?[NS] \d+-\d+(\.\d+)?[EW]", text):
            lat_deg, lon_deg = parse_position(text)
            return self.luck.choice((text, text.lower(), f"{abs(lat_deg):.7f}N {abs(lon_deg):.7f}E"))
        if key in {"name", "text", "note", "source", "commander", "hull", "vertical", "conditions"}:
            return text
        if re.fullmatch(r"(\d+ (d|h|min|s) ?)+", text + " "):
            minutes = parse_duration(text) // MINUTE_MS
            return self.luck.choice((text, f"{minutes} min", f"PT{minutes}M"))
        if re.fullmatch(r"\d+(\.\d+)? nm", text):
            return self.luck.choice((text, f"{parse_distance(text):.4f} m", f"{parse_distance(text) / 1000:.7f} km"))
        if re.fullmatch(r"\d+(\.\d+)? kn", text):
            return self.luck.choice((text, f"{parse_speed(text):.7f} m/s", text.replace("kn", "knots")))
        return text

    def time(self, text: str) -> str:
        time_ms = parse_time(text)
        whole = time_ms % MINUTE_MS == 0
        forms = [text, text.replace("T", " ")]
        if whole:
            forms += [format_time(time_ms), format_time(time_ms, 9 * 60 * MINUTE_MS).replace(" ", "")]
        return self.luck.choice(forms)


@pytest.mark.parametrize("name", ["northern-interaction-2023", "passex", "sarex-2024", "convoy"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_a_plan_written_in_another_way_is_the_same_plan(name: str, seed: int) -> None:
    text, exercise = example(name)
    variant = Respelling(random.Random(seed)).text(text)  # noqa: S311  # Hypothesis gives the seed
    assert variant != text
    comparison = compare(exercise, planfile.loads(variant, "another-way.exercise.yaml"))
    assert [one.sentence for one in comparison.changes] == []
    assert comparison.is_empty


def test_the_respelling_really_writes_other_quantities() -> None:
    text, _ = example("northern-interaction-2023")
    lots = (random.Random(seed) for seed in range(6))  # noqa: S311  # the same every time
    variant = "\n".join(Respelling(luck).text(text) for luck in lots)
    assert re.search(r"\d+ min\b|PT\d+M", variant)
    assert re.search(r"\d\.\d+ m/s", variant)
    assert re.search(r"\d+I ?JUL", variant)
    assert "# what follows" in variant


# ------------------------------------------------------------------------------------------------------ the same value


def positions() -> st.SearchStrategy[Position]:
    return st.builds(lambda lat, lon: Position(lat_deg=lat, lon_deg=lon), st.floats(-80, 80), st.floats(-179, 179))


@given(st.lists(positions(), min_size=3, max_size=6, unique=True), st.integers(0, 5), st.booleans())
def test_a_polygon_is_the_same_from_any_corner_and_either_way_round(
    corners: list[Position], first: int, turned: bool
) -> None:
    at = first % len(corners)
    ring = corners[at:] + corners[:at]
    other = Polygon(vertices=tuple(reversed(ring)) if turned else tuple(ring))
    assert same(Polygon(vertices=tuple(corners)), other)


@given(positions(), st.floats(10.0, 1e5), st.floats(1e-3, 2.0))
def test_a_radius_that_differs_by_a_thousandth_or_more_is_another(
    centre: Position, radius_m: float, more: float
) -> None:
    circle = Circle(centre=centre, radius_m=radius_m)
    assert not same(circle, replace(circle, radius_m=radius_m * (1.0 + more)))
    assert same(circle, replace(circle, radius_m=radius_m * (1.0 + 1e-9)))


@given(st.integers(-(10**13), 10**13), st.integers(1, SECOND_MS))
def test_times_are_compared_to_the_millisecond(time_ms: int, by_ms: int) -> None:
    assert not same(time_ms, time_ms + by_ms)
