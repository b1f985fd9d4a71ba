"""Finding: something a rule has to say about a plan."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from waterspace.domain.showing import shown

if TYPE_CHECKING:
    from waterspace.domain.place import Place, Position
    from waterspace.domain.reservation import Window

__all__ = ["CheckResult", "Finding", "NotChecked", "Severity"]


class Severity(StrEnum):
    """How much a finding matters: an error stops `check` with exit status 1."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, who is meant, where, when, and by how much.

    Attributes:
        code: of the rule, such as `WS201`.
        message: one or two sentences for a person, with names, positions, times and amounts.
        subjects: ids of what is meant, most important first.
        place: where in the file to look.
        position: where on the sea, if the finding has one.
        window: when, if the finding has a time.
    """

    code: str
    severity: Severity
    message: str
    subjects: tuple[str, ...]
    place: Place
    position: Position | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotChecked:
    """A rule that could not be applied, and why. Silence must never read as safe."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """Everything the rules had to say.

    Attributes:
        findings: in order of place in the file, then of code.
        not_checked: in order of code.
        rules: how many rules were applied, those in `not_checked` left out.
    """

    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]
    rules: int = 0

    @property
    def has_errors(self) -> bool:
        """Whether any finding is of severity error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def _repr_html_(self) -> str:
        return shown(self)
