"""Audiences: whom a planned notice reaches, by what the file says it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.checks.rule import Remark
from waterspace.checks.words import did_you_mean, surely_meant
from waterspace.domain import Edit, Fix
from waterspace.messages import audience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from waterspace.domain import Exercise, PlannedNotice

__all__ = ["reaches_airmen", "reaches_ships", "unknown_kinds"]


def reaches_airmen(notice: PlannedNotice) -> bool:
    """Whether aircraft are told by it."""
    return audience.reaches_airmen(notice.kind)


def reaches_ships(notice: PlannedNotice) -> bool:
    """Whether ships of any flag are told by it; a kind that is not known tells nobody."""
    return audience.reaches_ships(notice.kind)


def unknown_kinds(exercise: Exercise) -> Iterator[Remark]:
    """One remark for each notice of a kind that says to nobody whom it reaches."""
    for id_, notice in exercise.notices.items():
        if audience.kind_of(notice.kind) is not None:
            continue
        hint = (
            did_you_mean(notice.kind, audience.WORDS) or " Write navarea, coastal, navtex, local or notam, or letter."
        )
        meant = surely_meant(notice.kind, audience.WORDS)
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
