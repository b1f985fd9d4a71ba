"""Permissions: leave that states have given, for what, and from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from waterspace.domain.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from waterspace.domain.reservation import Window

__all__ = ["TERRITORIAL_SEA", "Permission"]

TERRITORIAL_SEA: Final = "territorial sea"
"""The kind of permission that counts in a territorial sea, in small letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """Leave that a state has given.

    Attributes:
        state: ISO 3166-1 alpha-3 of the state that gave it.
        kind: such as `territorial sea`, `port call`, `overflight`.
        covers: ids of serials or areas; empty covers the exercise.
        date_ms: when it was given.
        reference: of the document.
        valid: from when to when it holds; None where it is not limited.
    """

    id: str
    state: str
    kind: str
    covers: tuple[str, ...] = ()
    date_ms: int | None = None
    reference: str = ""
    valid: Window | None = None
    provenance: Provenance = Provenance()

    @property
    def plain_kind(self) -> str:
        """Its kind in small letters, with single spaces."""
        return " ".join(self.kind.casefold().replace("_", " ").replace("-", " ").split())

    @property
    def is_for_sea(self) -> bool:
        """Whether it counts in a territorial sea; leave of another kind, such as to pass, is none to exercise."""
        return self.plain_kind == TERRITORIAL_SEA

    def covers_any(self, names: Collection[str]) -> bool:
        """Whether it is for something that has one of some names: it names one, or nothing at all."""
        return not self.covers or not set(self.covers).isdisjoint(names)

    def is_late_for(self, windows: Iterable[Window]) -> bool:
        """Whether it is dated after the first of some windows begins; never late for none."""
        return self.date_ms is not None and any(window.start_ms < self.date_ms for window in windows)

    def is_run_out_in(self, windows: Iterable[Window]) -> bool:
        """Whether it is not valid yet, or no longer, for some of the time of some windows."""
        return self.valid is not None and any(self.valid.overlap(window) != window for window in windows)
