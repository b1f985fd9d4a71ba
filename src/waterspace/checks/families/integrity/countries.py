"""Integrity (WS0): the countries that a plan names exist."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from waterspace.checks.rule import Remark, rule
from waterspace.checks.words import listing
from waterspace.domain import Severity
from waterspace.notation.countries import COUNTRIES, is_country

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.checks.context import Context
    from waterspace.domain import Exercise

__all__ = ["country_unknown"]

_NEAR = 0.6


@rule(
    code="WS013",
    name="country-unknown",
    severity=Severity.WARNING,
    summary="The plan names a country by letters that stand for none.",
    why=(
        "Whose territorial sea a ship is in, whose leave she needs and who is told go by these letters. A ship of "
        "`JAP` is a foreigner in the waters of `JPN`, and leave given by `JPM` is nobody's. Countries that an exercise "
        "makes up may have the letters that the standard leaves free: `AAA` to `AAZ`, `QMA` to `QZZ`, `XAA` to "
        "`XZZ`, `ZZA` to `ZZZ`."
    ),
    source="ISO 3166-1:2020, alpha-3 codes and those left to users (not verified against the standard itself)",
    bad="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KRO, class: cutter, start: 38-31.0N 134-00.0E}
participants:
  JPN: {service: coast guard}
  KRO: {service: coast guard}
""",
    good="""
units:
  ALFA: {name: Alfa, nation: JPN, class: cutter, start: 38-30.0N 134-00.0E, command_ship: yes}
  BRAVO: {name: Bravo, nation: KOR, class: cutter, start: 38-31.0N 134-00.0E}
participants:
  JPN: {service: coast guard}
  KOR: {service: coast guard}
""",
)
def country_unknown(context: Context) -> Iterator[Remark]:
    """One remark for each such country, at the first place that names it."""
    named: dict[str, list[tuple[str, ...]]] = {}
    for country, path in _named(context.exercise):
        if country and not is_country(country):
            named.setdefault(country, []).append(path)
    known = {country for country, _ in _named(context.exercise) if is_country(country)}
    for country, paths in named.items():
        places = sorted({".".join(path[:2]) for path in paths})
        message = (
            f"There is no country {country}, which {listing(places)} {'names' if len(places) == 1 else 'name'}."
            f"{_meant(country, known)}"
        )
        yield Remark(message=message, subjects=(country,), path=paths[0])


def _named(exercise: Exercise) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every country that the file names, with the keys to it."""
    yield exercise.host, ("exercise", "host")
    for country in exercise.participants:
        yield country, ("participants", country)
    for id_, unit in exercise.units.items():
        yield unit.nation, ("units", id_, "nation")
    for id_, permission in exercise.permissions.items():
        yield permission.state, ("permissions", id_, "state")
    for id_, notice in exercise.notices.items():
        yield from ((country, ("notices", id_, "to")) for country in notice.to)
    for id_, agreement in exercise.agreements.items():
        yield from ((country, ("agreements", id_, "parties")) for country in agreement.parties)


def _meant(country: str, known: set[str]) -> str:
    """A suggestion, of the countries of the plan before all others."""
    for choices in (known, COUNTRIES):
        near = difflib.get_close_matches(country, sorted(choices), n=1, cutoff=_NEAR)
        if near:
            return f" Did you mean {near[0]}?"
    return " Write its three letters of ISO 3166-1."
