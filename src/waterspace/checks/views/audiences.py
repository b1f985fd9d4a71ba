"""Audiences: whom a planned notice reaches, by what the file says it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from waterspace.checks.rule import Remark
from waterspace.checks.words import did_you_mean, surely_meant
from waterspace.domain import Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, PlannedNotice

__all__ = ["reaches_airmen", "reaches_ships", "unknown_kinds"]

_SHIPS = frozenset(
    {
        "ais",
        "avurnav",
        "broadcast",
        "coastal",
        "hydroarc",
        "hydrolant",
        "hydropac",
        "local",
        "mariners",
        "navarea",
        "navigational",
        "navtex",
        "nm",
        "ntm",
        "plain",
        "s-124",
        "safetynet",
        "vhf",
    }
)
"""Words for what is broadcast or published to whoever is at sea.

Source: IMO resolution A.706(17) and IHO S-53 (NAVAREA, coastal and local warnings, NAVTEX, SafetyNET); HYDROLANT,
HYDROPAC and HYDROARC of NGA; S-124 of IHO; the others assumed.
"""

_AIRMEN = frozenset({"notam"})
_ADDRESSED = frozenset({"letter", "note", "message", "signal"})
"""Words for what reaches those alone to whom it is sent, as `to` names them (assumed)."""

_WORD = re.compile(r"s-?124|[^\W\d_]+")


def reaches_airmen(notice: PlannedNotice) -> bool:
    """Whether aircraft are told by it."""
    return "notam" in notice.kind.casefold()


def reaches_ships(notice: PlannedNotice) -> bool:
    """Whether ships of any flag are told by it; a kind that is not known tells nobody."""
    return not reaches_airmen(notice) and not _SHIPS.isdisjoint(_words(notice.kind))


def _words(kind: str) -> tuple[str, ...]:
    """`navarea`, `xi` of `NAVAREA XI`; `notam` of `NOTAMs`."""
    words = [word.replace("s124", "s-124") for word in _WORD.findall(kind.casefold())]
    return tuple(word.removesuffix("s") if word.removesuffix("s") in _SHIPS | _ADDRESSED else word for word in words)


def unknown_kinds(exercise: Exercise) -> Iterator[Remark]:
    """One remark for each notice of a kind that says to nobody whom it reaches."""
    known = _SHIPS | _AIRMEN | _ADDRESSED
    for id_, notice in exercise.notices.items():
        if reaches_airmen(notice) or not known.isdisjoint(_words(notice.kind)):
            continue
        hint = did_you_mean(notice.kind, known) or " Write navarea, coastal, navtex, local or notam, or letter."
        meant = surely_meant(notice.kind, known)
        path = ("notices", id_, "kind")
        yield Remark(
            message=(
                f"{id_} is of kind {notice.kind}, but there is no such kind of notice; it counts as a warning to "
                f"nobody.{hint}"
            ),
            subjects=(id_, notice.kind),
            path=path,
            fix=Fix(title=f"Write {meant} for {notice.kind}", edits=(Edit(path, meant),)) if meant else None,
        )
