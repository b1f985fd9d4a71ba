"""Finding: something a rule has to say about a plan, with its evidence and what would mend it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from waterspace.domain.showing import shown

if TYPE_CHECKING:
    from waterspace.domain.amount import Amount
    from waterspace.domain.checking import Suppression
    from waterspace.domain.footprint import Footprint
    from waterspace.domain.place import Place, Position
    from waterspace.domain.reservation import Window
    from waterspace.domain.track import Leg

__all__ = [
    "CheckResult",
    "Edit",
    "Finding",
    "Fix",
    "NotChecked",
    "Overlap",
    "Severity",
    "Shape",
    "Sorting",
    "Suppressed",
]

_DRAUGHTSMAN = "waterspace.geometry.geojson"
"""Knows how to lay shapes out as GeoJSON; named, not imported, because geometry knows the domain."""


class Severity(StrEnum):
    """How much a finding matters: an error stops `check` with exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Overlap:
    """The water that two footprints share while a window lasts."""

    first: Footprint
    second: Footprint
    window: Window


Shape: TypeAlias = "Position | Footprint | Overlap | tuple[Leg, ...]"
"""Something that a map can draw for a finding: a place, an area, what two areas share, a way."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Another text for one value of the file; a key that its mapping lacks is added at the end of it."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Sorting:
    """Another order for the entries of one list of the file: the numbers of the entries as they are now."""

    path: tuple[str, ...]
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """What would mend a finding.

    Attributes:
        title: what it does, as an order: `Cancel the notice at 230900Z JUL 23`.
        edits: of the file, applied together.
        is_safe: whether it may be done without asking: the plan itself does not change by it.
    """

    title: str
    edits: tuple[Edit | Sorting, ...]
    is_safe: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, who is meant, where, when, by how much, against which limit, and what would mend it.

    Attributes:
        code: of the rule, such as `WS201`.
        message: one or two sentences for a person, with names, positions, times and amounts.
        subjects: ids of what is meant, most important first.
        place: where in the file to look.
        id: the same for the same matter after an edit elsewhere, such as `WS201-1f0c9e4b7a`; empty for faults.
        position: where on the sea, if the finding has one.
        when: the times at which it holds, in order; empty where it has none.
        shapes: what a map draws.
        amount: how much was found against which limit; None where nothing was measured.
        fix: what would mend it; None where nobody but a person can tell.
        suggestions: other ways out that were looked for and verified, the smallest of each kind; empty where nobody
            looked.
        is_internal: whether the rule failed, so that it is not known what it would have said.
        local_offset_ms: local time minus UTC, for display only.
    """

    code: str
    severity: Severity
    message: str
    subjects: tuple[str, ...]
    place: Place
    id: str = ""
    position: Position | None = None
    when: tuple[Window, ...] = ()
    shapes: tuple[Shape, ...] = ()
    amount: Amount | None = None
    fix: Fix | None = None
    suggestions: tuple[Fix, ...] = ()
    is_internal: bool = False
    local_offset_ms: int = 0

    @property
    def window(self) -> Window | None:
        """The first time at which it holds, if it has one."""
        return self.when[0] if self.when else None

    @property
    def value(self) -> float | None:
        """How much was found."""
        return None if self.amount is None else self.amount.value

    @property
    def limit(self) -> float | None:
        """How much there may be, or must."""
        return None if self.amount is None else self.amount.limit

    @property
    def unit(self) -> str:
        """Of value and limit."""
        return "" if self.amount is None else self.amount.unit

    @property
    def where(self) -> Mapping[str, Any] | None:
        """A GeoJSON geometry of what a map draws, else of its position; None where it has no place on the sea."""
        if not self.shapes and self.position is None:
            return None
        drawn: Mapping[str, Any] | None = import_module(_DRAUGHTSMAN).geometry_of(
            self.shapes or (self.position,), self.position
        )
        return drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """A rule that could not be applied, and why. Silence must never read as safe."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A finding that a person has accepted, and who did for which reason."""

    finding: Finding
    suppression: Suppression


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Everything the rules had to say.

    Attributes:
        findings: in order of place in the file, then of code.
        not_checked: in order of code.
        rules: how many rules were applied, those in `not_checked` left out.
        suppressed: findings that the file says have been accepted, in the order of findings.
        known: findings that a baseline has already, which are left out of `findings`.
        baselines: files of known findings that were asked.
        left_out: codes of the rules that were not to be applied, in order.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    rules: int = 0
    suppressed: tuple[Suppressed, ...] = ()
    known: tuple[Finding, ...] = ()
    baselines: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def has_errors(self) -> bool:
        """Whether any finding is of severity error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def has_failed(self) -> bool:
        """Whether a rule failed, so that it is not known what it would have said."""
        return any(finding.is_internal for finding in self.findings)

    def _repr_html_(self) -> str:
        return shown(self)
