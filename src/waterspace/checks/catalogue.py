"""Catalogue: every rule, by code, by family and in words."""

from __future__ import annotations

import difflib
import textwrap
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from waterspace.checks.rule import registered
from waterspace.errors import UnknownRuleError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.checks.limits import Limit
    from waterspace.checks.rule import Rule

__all__ = ["FAMILIES", "MODULES", "chosen", "codes_matching", "explain", "family", "get", "known_limits", "rules"]

FAMILIES = {
    "WS0": "Integrity",
    "WS1": "Resources",
    "WS2": "Mutual interference",
    "WS3": "Third parties and law",
    "WS4": "Environment",
    "WS5": "Notices",
    "WS6": "Safety of people",
    "WS7": "Objectives, command and assessment",
}
"""First characters of a code, and what its family is about."""

MODULES = (
    "integrity.entries",
    "integrity.timing",
    "integrity.taken_times",
    "integrity.homes",
    "integrity.data_files",
    "integrity.own_check",
    "integrity.names",
    "integrity.countries",
    "resources.assignments",
    "resources.movement",
    "resources.leaving",
    "resources.bases",
    "resources.stores",
    "resources.flying",
    "resources.decks",
    "interference.dangers_meeting",
    "interference.room",
    "interference.spacing",
    "interference.altitude",
    "interference.submerged",
    "interference.range_rules",
    "interference.hours",
    "third_parties.territorial_sea",
    "third_parties.waters_of_others",
    "third_parties.fishing",
    "third_parties.lanes",
    "third_parties.straits_and_ports",
    "third_parties.airspace",
    "third_parties.passage",
    "third_parties.other_exercises",
    "third_parties.warnings",
    "third_parties.permissions",
    "environment.daylight",
    "environment.weather",
    "environment.firing_hours",
    "environment.animals",
    "environment.land",
    "environment.depth",
    "environment.anchoring",
    "environment.replenishing",
    "notices.announcing",
    "notices.coverage",
    "notices.promulgation",
    "notices.reserves",
    "notices.notams",
    "notices.parties",
    "people.safety",
    "people.rest",
    "people.care",
    "people.communications",
    "assessment.objectives",
    "assessment.command",
    "assessment.measures",
    "assessment.robustness",
)
"""Modules that hold rules, by family."""

_WIDTH = 96


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in order of code."""
    for module in MODULES:
        import_module(f"waterspace.checks.families.{module}")
    return registered()


@cache
def known_limits() -> tuple[Limit, ...]:
    """Every limit that a staff may set, in order of name; one that several rules share comes once."""
    found = {limit.name: limit for one in rules() for limit in one.limits}
    return tuple(found[name] for name in sorted(found))


def get(code: str) -> Rule:
    """The rule with a code such as `WS502`, or with a name such as `notice-late`.

    Raises:
        UnknownRuleError: there is none; the message suggests the nearest.
    """
    for one in rules():
        if code.upper() == one.code or code.casefold() == one.name:
            return one
    near_names = difflib.get_close_matches(code.casefold(), [one.name for one in rules()], n=3, cutoff=0.8)
    if near_names:
        raise UnknownRuleError(f"there is no rule {code}; did you mean {' or '.join(near_names)}?")
    family_first = [one.code for one in rules() if one.code.startswith(code.upper()[:3])]
    close = difflib.get_close_matches(code.upper(), family_first or [one.code for one in rules()], n=3, cutoff=0.7)
    advice = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(FAMILIES)} with two more digits"
    raise UnknownRuleError(f"there is no rule {code}; {advice}")


def codes_matching(prefix: str) -> tuple[str, ...]:
    """Codes of the rules that begin with a text such as `WS2` or `WS201`, in order."""
    return tuple(one.code for one in rules() if prefix and one.code.startswith(prefix.upper()))


def chosen(select: Iterable[str] = (), ignore: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Some of the rules, in order of code.

    Args:
        select: codes, or beginnings of codes such as `WS2`; without any, all rules.
        ignore: codes or beginnings of codes to leave out.

    Raises:
        UnknownRuleError: no rule has a code that was asked for.
    """
    wanted, unwanted = ({code for prefix in given for code in _codes(prefix)} for given in (select, ignore))
    return tuple(rule for rule in rules() if rule.code not in unwanted and (not wanted or rule.code in wanted))


def _codes(prefix: str) -> tuple[str, ...]:
    return codes_matching(prefix) or (get(prefix).code,)


def family(code: str) -> str:
    """Title of the family of a code."""
    return FAMILIES[code[:3]]


def explain(rule: Rule) -> str:
    """A rule in words, for a terminal."""
    head = f"{rule.code} {rule.name} ({rule.severity.value})"
    parts = [
        f"{head}\n{family(rule.code)}",
        _paragraph(rule.summary),
        _paragraph(f"Why: {rule.why}"),
        _paragraph(f"Source: {rule.source}"),
        *(_limit(limit) for limit in rule.limits),
        *(_data(rule, key) for key in rule.reads),
        f"Bad:\n{textwrap.indent(rule.bad.strip(), '    ')}",
        f"Good:\n{textwrap.indent(rule.good.strip(), '    ')}",
    ]
    return "\n\n".join(parts)


def _limit(limit: Limit) -> str:
    """A limit in words: its name, what it is without the staff, what it bounds, and where the number comes from."""
    said = f"Limit {limit.name}, {limit.write(limit.default)} unless the staff sets it: {limit.meaning}"
    return _paragraph(f"{said} Source: {limit.source}.")


def _data(rule: Rule, key: str) -> str:
    """The data that a rule reads: under which key the plan names the file, and what stands in the examples' one."""
    file = rule.reads[key]
    content = textwrap.indent(rule.files[file].strip(), "    ")
    return f"{_paragraph(f'Data: it reads the file that {key} names; in the examples this is {file}:')}\n{content}"


def _paragraph(text: str) -> str:
    return textwrap.fill(text, width=_WIDTH, break_long_words=False, break_on_hyphens=False)
