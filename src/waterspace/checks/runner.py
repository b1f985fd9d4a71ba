"""Runner: applies the rules to a plan and puts what they say in order."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from waterspace.checks import limits as limits_
from waterspace.checks.acceptance import accepted, unused
from waterspace.checks.catalogue import chosen, get, known_limits, rules
from waterspace.checks.context import Context
from waterspace.checks.rule import NotCheckedError
from waterspace.domain import CheckResult, Finding, NotChecked, Overlap, Severity
from waterspace.errors import DataFileError
from waterspace.planfile.loading import without_collector

if TYPE_CHECKING:
    from waterspace.checks.rule import Remark, Rule
    from waterspace.domain import Exercise, Shape, Window

__all__ = ["check"]

_DATA_FILES = "WS008"
"""The rule that says what is wrong with a file of data."""
_UNUSED = "WS010"
"""The rule about suppressions that accept nothing."""
_ID_BYTES = 5
"""Of the digest in an id: two of a million findings share one in two of three plans never."""


def check(
    exercise: Exercise,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    limits: Mapping[str, str] | None = None,
) -> CheckResult:
    """What the rules have to say of a plan. It never raises because of what the plan says, nor because a rule fails.

    Args:
        exercise: the plan.
        select: codes, or beginnings of codes such as `WS2`; without any, all rules.
        ignore: codes or beginnings of codes to leave out.
        limits: name of a limit to a text such as `2 d`; those that the file sets go before these. A rule says what is
            wrong with those of the file; those given here must be right.

    Raises:
        UnknownRuleError: no rule has a code that was asked for.
        NotationError: a limit given here does not exist, or is not set to what it can be.
    """
    context = Context(exercise, _limits(exercise, limits or {}))
    applied = chosen(select, ignore)
    with without_collector():
        return _check(context, applied)


def _check(context: Context, applied: tuple[Rule, ...]) -> CheckResult:
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    told = any(rule.code == _DATA_FILES for rule in applied)
    for rule in applied:
        reason = _apply(rule, context, findings, told=told)
        if reason:
            not_checked.append(NotChecked(code=rule.code, reason=reason))
    return _result(context.exercise, applied, findings, not_checked)


def _result(
    exercise: Exercise, applied: tuple[Rule, ...], findings: list[Finding], not_checked: list[NotChecked]
) -> CheckResult:
    """What was found, in order, less what has been accepted."""
    named = _named(sorted(findings, key=_in_order))
    kept, put_aside = accepted(named, exercise.check.suppressions)
    codes = frozenset(rule.code for rule in applied)
    if _UNUSED in codes:
        remarks = unused(exercise, (put_aside, kept), codes)
        kept = sorted([*kept, *_named([_finding(get(_UNUSED), one, exercise) for one in remarks])], key=_in_order)
    return CheckResult(
        findings=tuple(kept),
        not_checked=tuple(not_checked),
        rules=len(applied) - len(not_checked) - len({finding.code for finding in kept if finding.is_internal}),
        suppressed=tuple(put_aside),
        left_out=tuple(rule.code for rule in rules() if rule.code not in codes),
    )


def _limits(exercise: Exercise, given: Mapping[str, str]) -> Mapping[str, float]:
    if not given and not exercise.check.limits:
        return {}
    values, wrong = limits_.read(given, known_limits())
    if wrong:
        name, sentence = next(iter(wrong.items()))
        raise limits_.UnusableLimitError(name, given[name], sentence)
    own, _ = limits_.read(exercise.check.limits, known_limits())
    return {**values, **own}


def _apply(rule: Rule, context: Context, findings: list[Finding], *, told: bool) -> str:
    """Add a rule's findings; the reason where it could not be applied in full, empty otherwise.

    Args:
        rule: to apply.
        context: of the plan.
        findings: to add to.
        told: whether a finding says what is wrong with a file of data, so that it need not be said again.
    """
    try:
        findings.extend(_finding(rule, remark, context.exercise) for remark in rule.check(context))
    except NotCheckedError as error:
        return str(error)
    except DataFileError as error:
        return f"{error.file} cannot be used, see {_DATA_FILES}" if told else str(error).removesuffix(".")
    except Exception as error:  # noqa: BLE001  # a rule that fails must not silence the others
        findings.append(_failure(rule, error, context.exercise))
    return ""


def _failure(rule: Rule, error: Exception, exercise: Exercise) -> Finding:
    """That a rule failed: a fault of Waterspace or of a plug-in, not of the plan."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}"
    message = (
        f"The rule {rule.code} {rule.name} failed and has checked this plan in part or not at all: "
        f"{type(error).__name__}: {error} ({place}). This is a fault of the program, not of the plan: please report it."
    )
    return Finding(
        code=rule.code,
        severity=Severity.ERROR,
        message=" ".join(message.split()),
        subjects=(),
        place=exercise.place("exercise"),
        is_internal=True,
    )


def _finding(rule: Rule, remark: Remark, exercise: Exercise) -> Finding:
    clash = remark.clash
    when = remark.windows or ((remark.window,) if remark.window is not None else ())
    position = remark.position
    if clash is not None:
        when, position = when or (clash.window,), position or clash.position
    return Finding(
        code=rule.code,
        severity=remark.severity or rule.severity,
        message=remark.message,
        subjects=remark.subjects,
        place=exercise.place(*remark.path),
        id=_id(rule.code, remark.subjects if remark.about is None else remark.about),
        position=position,
        when=when,
        shapes=(*_drawn(remark, when), *remark.shapes),
        amount=remark.amount,
        fix=remark.fix,
        local_offset_ms=exercise.local_offset_ms,
    )


def _drawn(remark: Remark, when: tuple[Window, ...]) -> tuple[Shape, ...]:
    """What two claims share."""
    clash = remark.clash
    if clash is None or clash.between is None:
        return ()
    return (Overlap(*clash.between, when[0]),)


def _id(code: str, about: tuple[str, ...]) -> str:
    """The same for the same matter, in whatever order it names those whom it is about."""
    said = "\0".join((code, *sorted(about)))
    return f"{code}-{hashlib.blake2b(said.encode(), digest_size=_ID_BYTES).hexdigest()}"


def _named(findings: list[Finding]) -> list[Finding]:
    """The findings with ids of which none comes twice; of those about the same, the second is numbered 2."""
    seen: dict[str, int] = {}
    named = []
    for finding in findings:
        seen[finding.id] = number = seen.get(finding.id, 0) + 1
        named.append(finding if number == 1 or not finding.id else replace(finding, id=f"{finding.id}-{number}"))
    return named


def _in_order(finding: Finding) -> tuple[int, int, str, tuple[str, ...], str]:
    return finding.place.line, finding.place.column, finding.code, finding.subjects, finding.message
