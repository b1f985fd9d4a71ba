"""What changed in the weather that the plan counts on: its entries have no ids and are known by their times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.reports.changes.plans import Concern, Thing
from waterspace.reports.changes.sameness import same
from waterspace.reports.changes.values import ChangeKind
from waterspace.reports.changes.words import in_words
from waterspace.reports.lines import span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Weather
    from waterspace.reports.changes.plans import Pair
    from waterspace.reports.changes.values import Change

__all__ = ["weather_changes"]


def weather_changes(pair: Pair) -> Iterator[Change]:
    """Spells that came, went, or are otherwise."""
    olds, news = _apart(pair.old.exercise.weather, pair.new.exercise.weather)
    for old, new in _pairs(olds, news):
        yield from pair.details(_thing(pair, old, new), old, new)
    for new in news:
        words = _words(new, pair)
        yield _thing(pair, new).change("", ("", words, f"added: {words}"), kind=ChangeKind.ADDED)
    for old in olds:
        words = _words(old, pair)
        yield _thing(pair, old).change("", (words, "", f"dropped (was {words})"), kind=ChangeKind.DROPPED)


def _apart(olds: tuple[Weather, ...], news: tuple[Weather, ...]) -> tuple[list[Weather], list[Weather]]:
    """The spells of each plan that the other has not, in order of time."""
    left = sorted(news, key=_in_order)
    gone = []
    for old in sorted(olds, key=_in_order):
        twin = next((new for new in left if same(old, new)), None)
        if twin is None:
            gone.append(old)
        else:
            left.remove(twin)
    return gone, left


def _pairs(olds: list[Weather], news: list[Weather]) -> list[tuple[Weather, Weather]]:
    """Spells of the same time; else of the same start; else of the same end. They are taken out of both lists."""
    found: list[tuple[Weather, Weather]] = []
    for key in (_whole, _start, _end):
        for old in tuple(olds):
            new = next((one for one in news if key(one) == key(old)), None)
            if new is not None:
                olds.remove(old)
                news.remove(new)
                found.append((old, new))
    return found


def _whole(spell: Weather) -> object:
    return spell.window


def _start(spell: Weather) -> object:
    return spell.window.start_ms


def _end(spell: Weather) -> object:
    return spell.window.end_ms


def _thing(pair: Pair, *spells: Weather) -> Thing:
    """Concerns the units that are in a serial while it lasts."""
    units: set[str] = set()
    for plan in (pair.old, pair.new):
        for id_, window in plan.programme.timing.windows.items():
            if any(window.overlap(spell.window) for spell in spells):
                units.update(plan.exercise.units_in(plan.exercise.serials[id_]))
    concern = pair.concern_of(*units) if units else Concern()
    return Thing(
        section="weather", id="", title=f"Weather of {span(spells[-1].window, pair.offset_ms)}", concern=concern
    )


def _words(spell: Weather, pair: Pair) -> str:
    given = (
        ("sea state", "sea_state", spell.sea_state),
        ("wind from", "wind_from_deg", spell.wind_from_deg),
        ("at", "wind_speed_mps", spell.wind_speed_mps),
        ("visibility", "visibility_m", spell.visibility_m),
    )
    return ", ".join(
        f"{name} {in_words(key, value, pair.offset_ms)}" for name, key, value in given if value is not None
    )


def _in_order(spell: Weather) -> tuple[int, int, str]:
    return spell.window.start_ms, spell.window.end_ms, repr(spell)
