"""Runner: applies the rules to a plan and puts what they say in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from waterspace.checks.catalogue import codes_matching, get, rules
from waterspace.checks.context import Context
from waterspace.checks.rule import NotCheckedError
from waterspace.domain import CheckResult, Finding, NotChecked
from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from waterspace.checks.rule import Remark, Rule
    from waterspace.domain import Exercise

__all__ = ["check"]


def check(exercise: Exercise, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> CheckResult:
    """What the rules have to say of a plan. It never raises because of what the plan says.

    Args:
        exercise: the plan.
        select: codes, or beginnings of codes such as `WS2`; without any, all rules.
        ignore: codes or beginnings of codes to leave out.

    Raises:
        UnknownRuleError: no rule has a code that was asked for.
    """
    context = Context(exercise)
    findings: list[Finding] = []
    not_checked: list[NotChecked] = []
    chosen = _chosen(tuple(select), tuple(ignore))
    for rule in chosen:
        reason = _apply(rule, context, findings)
        if reason:
            not_checked.append(NotChecked(code=rule.code, reason=reason))
    findings.sort(key=_in_order)
    return CheckResult(findings=tuple(findings), not_checked=tuple(not_checked), rules=len(chosen) - len(not_checked))


def _chosen(select: tuple[str, ...], ignore: tuple[str, ...]) -> tuple[Rule, ...]:
    wanted = {code for prefix in select for code in _codes(prefix)}
    unwanted = {code for prefix in ignore for code in _codes(prefix)}
    return tuple(rule for rule in rules() if rule.code not in unwanted and (not select or rule.code in wanted))


def _codes(prefix: str) -> tuple[str, ...]:
    return codes_matching(prefix) or (get(prefix).code,)


def _apply(rule: Rule, context: Context, findings: list[Finding]) -> str:
    """Add a rule's findings; the reason where it could not be applied in full, empty otherwise."""
    try:
        findings.extend(_finding(rule, remark, context.exercise) for remark in rule.check(context))
    except (NotCheckedError, DataFileError) as error:
        return str(error)
    return ""


def _finding(rule: Rule, remark: Remark, exercise: Exercise) -> Finding:
    return Finding(
        code=rule.code,
        severity=remark.severity or rule.severity,
        message=remark.message,
        subjects=remark.subjects,
        place=exercise.place(*remark.path),
        position=remark.position,
        window=remark.window,
    )


def _in_order(finding: Finding) -> tuple[int, int, str, tuple[str, ...], str]:
    return finding.place.line, finding.place.column, finding.code, finding.subjects, finding.message
