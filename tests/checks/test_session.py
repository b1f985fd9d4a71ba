"""A session finds what a check that begins anew finds, whatever was edited before."""

from __future__ import annotations

import re
import sys
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from waterspace import planfile
from waterspace.checks import check
from waterspace.checks.session import Session
from waterspace.errors import PlanFileError
from waterspace.geometry.answers import Answers
from waterspace.programme import build as build_programme

if TYPE_CHECKING:
    from waterspace.domain import CheckResult

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_NORTHERN = (_EXAMPLES / "northern-interaction-2023.exercise.yaml").read_text(encoding="utf-8")
_SAREX = (_EXAMPLES / "sarex-2024.exercise.yaml").read_text(encoding="utf-8")

_KEEPING = ("waterspace.checks", "waterspace.geometry", "waterspace.serials.seamanship", "waterspace.programme")
"""Where something is kept between checks that depends on a plan."""

slow = settings(deadline=None, suppress_health_check=list(HealthCheck))


class _Edit(NamedTuple):
    """What is looked for, and what may stand in its place; `{0}` is what stood there."""

    pattern: str
    instead: tuple[str, ...]


_EDITS = (
    _Edit(r"(?<=T)\d\d(?=:\d\dZ)", ("00", "03", "07", "23")),  # hours of starts, ends, notices
    _Edit(r"(?<=duration: )\d+(?= h)", ("1", "2", "5")),
    _Edit(r"\d\d-\d\d(?=[.\d]*N )", ("39-20", "40-05", "43-00")),  # latitudes of areas, units, routes
    _Edit(r"(?<=radius: )\d+(?= nm)", ("3", "10", "40")),
    _Edit(r"(?<=class: )\w+", ("type054a", "ka27", "unknown")),
    _Edit(r"(?<=name: )\w+", ("Another", "{0} too")),
    _Edit(r"(?<=home: )\w+", ("QIQIHAR", "CNTAO", "NOBODY")),
    _Edit(r"(?<=objectives: )O\d", ("O1", "O99")),
    _Edit(r"(?<=area: )\w+", ("MEETING", "SIERRA", "NOWHERE")),
    _Edit(r"(?<=sea_state: \")\d", ("1", "7")),
    _Edit(r"(?<=type: )\w+", ("assembly", "transit", "no_such_type")),
    _Edit(r"(?<=covers: \[)\w+", ("S109", "S116")),
    _Edit(r"(?m)^  (?:S\d+|[A-Z]+):$", ("{0} {{", "  Z9:")),  # a file that cannot be read; another id
)


@st.composite
def edits(draw: st.DrawFn) -> tuple[int, int, int, bool]:
    """Which pattern, which place, what instead, and whether the text before goes on from here or the first one."""
    which = draw(st.integers(0, len(_EDITS) - 1))
    return which, draw(st.integers(0, 200)), draw(st.integers(0, 5)), draw(st.booleans())


def edited(text: str, edit: tuple[int, int, int, bool]) -> str:
    """A text with one edit."""
    pattern, choices = _EDITS[edit[0]]
    places = list(re.finditer(pattern, text))
    if not places:
        return text
    place = places[edit[1] % len(places)]
    return text[: place.start()] + choices[edit[2] % len(choices)].format(place[0]) + text[place.end() :]


def forget() -> None:
    """Empty whatever the rules and the geometry keep between checks."""
    for name, module in list(sys.modules.items()):
        if not name.startswith(_KEEPING) or name.endswith(".catalogue"):
            continue
        for thing in list(vars(module).values()):
            if hasattr(thing, "cache_clear") and getattr(thing, "__module__", "") == name:
                thing.cache_clear()
            if isinstance(thing, Answers):
                thing.forget()
            if isinstance(thing, deque):
                thing.clear()


def said(work: Session | None, text: str) -> CheckResult | tuple[object, ...]:
    """What is said of a text, by a session or by a check that begins anew."""
    try:
        return check(planfile.loads(text)) if work is None else work.check(text)
    except PlanFileError as error:
        return error.faults


def assert_same_as_anew(text: str, steps: list[tuple[int, int, int, bool]]) -> None:
    """Every result of a session is that of a check which nothing went before."""
    texts = [text]
    for step in steps:
        texts.append(edited(texts[-1] if step[3] else text, step))
    session = Session()
    found = [said(session, one) for one in texts]
    for one, result in zip(texts, found, strict=True):
        forget()
        assert said(None, one) == result


@given(st.lists(edits(), min_size=1, max_size=4))
@settings(slow, max_examples=4)
def test_a_session_says_what_a_check_anew_says(steps: list[tuple[int, int, int, bool]]) -> None:
    assert_same_as_anew(_SAREX, steps)


@pytest.mark.deep
@given(st.sampled_from((_SAREX, _NORTHERN)), st.lists(edits(), min_size=1, max_size=8))
@settings(slow, max_examples=60)
def test_a_session_says_what_a_check_anew_says_at_length(text: str, steps: list[tuple[int, int, int, bool]]) -> None:
    assert_same_as_anew(text, steps)


def test_a_session_survives_a_text_that_cannot_be_read() -> None:
    session = Session("mine.yaml")
    before = session.check(_SAREX)
    with pytest.raises(PlanFileError):
        session.check(_SAREX.replace("serials:", "serials: ["))
    assert session.check(_SAREX) == before
    assert all(finding.place.file == "mine.yaml" for finding in before.findings)


def test_a_programme_takes_over_the_plans_and_ways_that_have_not_changed_and_no_others() -> None:
    first = build_programme(planfile.loads(_NORTHERN))
    later = _NORTHERN.replace("start: 2023-07-22T06:30Z", "start: 2023-07-22T06:45Z")
    assert later != _NORTHERN
    second = build_programme(planfile.loads(later), first)
    replanned = {id_ for id_, plan in second.plans.items() if plan is not first.plans[id_]}
    assert replanned == {"S112"}
    rerouted = {unit for unit, track in second.tracks.items() if track is not first.tracks[unit]}
    moved = set(second.exercise.units_in(second.exercise.serials["S112"]))
    carried = {unit.id for unit in second.exercise.units.values() if unit.home_unit in moved}
    assert rerouted == moved | carried


def test_a_programme_takes_nothing_over_where_a_unit_has_another_class() -> None:
    first = build_programme(planfile.loads(_NORTHERN))
    other = build_programme(planfile.loads(_NORTHERN.replace("class: type903a", "class: dubna")), first)
    assert all(plan is not first.plans[id_] for id_, plan in other.plans.items())
