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

_DATA_FILES = "WS008"
"""The rule that says what is wrong with a file of data."""


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
    told = any(rule.code == _DATA_FILES for rule in chosen)
    for rule in chosen:
        reason = _apply(rule, context, findings, told=told)
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
