"""From a text to what is wrong with it: the work that is done in the background while somebody types."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from waterspace.checks import baseline, settings
from waterspace.checks.settings import Settings
from waterspace.domain import Severity
from waterspace.errors import DataFileError, PlanFileError, WaterspaceError
from waterspace.lsp.marks import FILE_FAULT, Mark, marks_of_faults, marks_of_result

if TYPE_CHECKING:
    from waterspace.checks.session import Session
    from waterspace.domain import CheckResult, Exercise
    from waterspace.lsp.plan import Plan

__all__ = ["Inspection", "inspect", "settings_of"]

_NONE: tuple[Mark, ...] = ()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What was found out about a text.

    Attributes:
        plan: that was looked at.
        marks: what is wrong with it.
        exercise: None where the text cannot be understood.
        has_safe_fixes: whether a finding, known ones included, says what would safely mend it; never where the
            settings cannot be read, for then nothing is mended.
    """

    plan: Plan
    marks: tuple[Mark, ...]
    exercise: Exercise | None
    has_safe_fixes: bool = False


def inspect(plan: Plan, session: Session) -> Inspection:
    """Load and check a text. It never raises.

    Args:
        plan: with the text.
        session: of the file, which makes each check quicker for the one before.
    """
    exercise, marks, has_safe_fixes = None, _NONE, False
    try:
        settings_, marks = _settings(plan, session.file)
        chosen = settings_ or Settings()
        content = plan.text.source.encode("utf-8", "surrogatepass")
        result = session.check(content, chosen.select, chosen.ignore, chosen.limits)
        exercise = session.exercise
        has_safe_fixes = settings_ is not None and any(one.fix and one.fix.is_safe for one in result.findings)
        new, faults = _less_what_is_known(plan, result, chosen)
        marks += (*faults, *marks_of_result(plan, new))
    except PlanFileError as error:
        marks += marks_of_faults(plan, error.faults)
    except WaterspaceError as error:
        marks += (_whole_file(plan, str(error)),)
    except Exception as error:  # noqa: BLE001  # whatever is left is our own fault, and the editor is told so
        _LOG.exception("%s could not be checked", session.file)
        said = f"The check failed: {type(error).__name__}: {error}. This is a fault of the program, not of the plan."
        marks = (_whole_file(plan, said),)
    return Inspection(plan=plan, marks=marks, exercise=exercise, has_safe_fixes=has_safe_fixes)


def _settings(plan: Plan, file: str) -> tuple[Settings | None, tuple[Mark, ...]]:
    """The settings that hold for a file; None where they cannot be read, and marks that say so."""
    try:
        return settings_of(file), ()
    except PlanFileError as error:
        return None, tuple(_whole_file(plan, str(fault)) for fault in error.faults)


def settings_of(file: str) -> Settings:
    """The settings that hold for a file.

    Raises:
        PlanFileError: they cannot be read.
    """
    path = settings.find(file)
    return Settings() if path is None else settings.read(path)


def _less_what_is_known(plan: Plan, result: CheckResult, chosen: Settings) -> tuple[CheckResult, tuple[Mark, ...]]:
    """What the baseline does not know; where it cannot be read everything, and a mark that says so."""
    if chosen.baseline is None:
        return result, ()
    try:
        known = baseline.read(chosen.baseline)
    except DataFileError as error:
        return result, (_whole_file(plan, str(error)),)
    return replace(result, findings=baseline.new(result.findings, known)), ()


def _whole_file(plan: Plan, message: str) -> Mark:
    return Mark(span=plan.text.span_of_line(0), severity=Severity.ERROR, code=FILE_FAULT, message=message)
