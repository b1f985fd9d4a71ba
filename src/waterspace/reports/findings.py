"""Findings in words for a person, and in the formats of other programs: JSON, SARIF, workflow annotations."""

from __future__ import annotations

import json
import math
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from waterspace import checks
from waterspace.checks.words import span
from waterspace.domain import CheckResult, Edit, Finding, Place, Severity, Window
from waterspace.notation import format_offset, format_time_iso
from waterspace.reports.amounts import amount_words
from waterspace.version import __version__

if TYPE_CHECKING:
    from waterspace.checks import Rule
    from waterspace.domain import Fix, Suppressed
    from waterspace.errors import PlanFileError

__all__ = [
    "FAULT_CODE",
    "FORMATS",
    "as_geojson",
    "as_github",
    "as_json",
    "as_sarif",
    "as_text",
    "by_severity",
    "faults_as_result",
    "summary",
    "together",
]

FAULT_CODE = "WS000"

_WIDTH = 80
_INDENT = "    "
_STANDARD_INPUT = "-"
_FEW = 4
"""So many rules that were not checked are named in the last line; more are counted there, and named above it."""

_COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[33m", Severity.ADVICE: "\x1b[36m"}
_PLAIN = "\x1b[0m"
_NOUNS = {Severity.ERROR: ("error", "errors"), Severity.WARNING: ("warning", "warnings")}

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "note"}
_GITHUB_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.ADVICE: "notice"}
_GITHUB_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_GITHUB_PROPERTY_ESCAPES = {**_GITHUB_ESCAPES, ":": "%3A", ",": "%2C"}


def faults_as_result(error: PlanFileError) -> CheckResult:
    """The faults of a file that cannot be understood, as findings. No rule was applied to it."""
    findings = tuple(
        Finding(
            code=FAULT_CODE,
            severity=Severity.ERROR,
            message=" ".join(filter(None, (fault.message, fault.advice))),
            subjects=tuple(filter(None, (fault.path,))),
            place=Place(file=fault.file, line=max(fault.line, 1), column=max(fault.column, 1)),
        )
        for fault in error.faults
    )
    return CheckResult(findings=findings, not_checked=(), rules=0)


def together(results: Iterable[CheckResult]) -> CheckResult:
    """The results of several files as one, in their order; what was not checked is named once."""
    all_ = tuple(results)
    not_checked = dict.fromkeys(one for result in all_ for one in result.not_checked)
    return CheckResult(
        findings=tuple(finding for result in all_ for finding in result.findings),
        suppressed=tuple(one for result in all_ for one in result.suppressed),
        not_checked=tuple(sorted(not_checked, key=lambda one: (one.code, one.reason))),
        rules=max((result.rules for result in all_), default=0),
        known=tuple(finding for result in all_ for finding in result.known),
        baselines=tuple(dict.fromkeys(file for result in all_ for file in result.baselines)),
        left_out=tuple(sorted({code for result in all_ for code in result.left_out})),
    )


def by_severity(result: CheckResult) -> CheckResult:
    """The same result with errors first, then warnings, then advice; findings of one severity keep their order."""
    order = {severity: rank for rank, severity in enumerate(Severity)}
    return replace(result, findings=tuple(sorted(result.findings, key=lambda one: order[one.severity])))


# -------------------------------------------------------------------------------------------------------------- text


def as_text(result: CheckResult, *, colour: bool = False, is_explained: bool = False) -> str:
    """A paragraph for each finding, what keeps rules from being applied in full, and a summary in one line.

    Args:
        result: of one file or of several.
        colour: whether severities are coloured for a terminal.
        is_explained: whether the reason for its rule and its source stand under the first finding of each.
    """
    parts, explained = [], set[str]()
    for finding in result.findings:
        parts.append(_paragraph(finding, colour=colour))
        if is_explained and finding.code not in explained:
            explained.add(finding.code)
            parts[-1] += _reason(finding.code)
    if result.suppressed:
        parts.append("".join(_accepted(one) for one in result.suppressed))
    codes: dict[str, list[str]] = {}
    for one in result.not_checked:
        codes.setdefault(one.reason, []).append(one.code)
    gaps = [
        textwrap.fill(f"not checked {', '.join(some)}: {reason}.", width=_WIDTH, subsequent_indent="    ")
        for reason, some in codes.items()
    ]
    if gaps:
        parts.append("\n".join(gaps) + "\n")
    last = textwrap.fill(
        summary(result),
        width=_WIDTH,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join([*parts, f"{last}\n"])


def summary(result: CheckResult) -> str:
    """How many findings there are, how many are not shown, how many rules were applied, and which, if few, were not."""
    counts = Counter(finding.severity for finding in result.findings)
    words = [f"{counts[one]} {_NOUNS[one][counts[one] != 1]}" for one in _NOUNS if counts[one]]
    if counts[Severity.ADVICE]:
        words.append(f"{counts[Severity.ADVICE]} advice")
    found = ", ".join(words) or "no findings"
    if result.baselines:
        found = f"{', '.join(words)} new" if words else "no new findings"
        found += f"; {_known(result)}, baseline {', '.join(result.baselines)}"
    if result.suppressed:
        found += f"; {len(result.suppressed)} accepted"
    faults = sum(finding.code == FAULT_CODE for finding in result.findings)
    if faults and faults == len(result.findings):
        return f"{found}: the file cannot be understood, so no rule was applied"
    codes = tuple(dict.fromkeys(one.code for one in result.not_checked))
    partly = ", ".join(codes) if len(codes) <= _FEW else f"{len(codes)} rules"
    applied = f"{result.rules} {'rule' if result.rules == 1 else 'rules'} applied in full"
    if result.left_out:
        applied += f", {len(result.left_out)} left out by choice ({_choice(result.left_out)})"
    return f"{found}; {applied}; not checked, or in part only: {partly or 'none'}"


def _choice(left_out: tuple[str, ...]) -> str:
    """Which rules were not to be applied, and who says so."""
    named = f"{', '.join(left_out)}; " if len(left_out) <= _FEW else ""
    return f"{named}--select, --ignore or waterspace.toml"


def _known(result: CheckResult) -> str:
    """`39 known ones not shown (19 errors)`."""
    if not result.known:
        return "nothing hidden as known"
    errors = sum(finding.severity is Severity.ERROR for finding in result.known)
    noun = "one" if len(result.known) == 1 else "ones"
    grave = f" ({errors} {_NOUNS[Severity.ERROR][errors != 1]})" if errors else ""
    return f"{len(result.known)} known {noun} not shown{grave}"


def _paragraph(finding: Finding, *, colour: bool) -> str:
    severity = finding.severity.value
    if colour:
        severity = f"{_COLOURS[finding.severity]}{severity}{_PLAIN}"
    rule = _rule(finding.code)
    name = "" if rule is None else f" {rule.name}"
    told = [_indented(finding.message), *map(_indented, filter(None, (_evidence(finding),)))]
    if finding.fix is not None:
        how = "Fix" if finding.fix.is_safe else "Could be mended"
        told.append(_indented(f"{how}: {finding.fix.title}."))
    told += [_indented(f"Suggestion: {one.title}.") for one in finding.suggestions]
    return f"{finding.place}: {severity} {finding.code}{name}\n{''.join(told)}"


def _evidence(finding: Finding) -> str:
    """What the sentence may not say: the time in the other zone, how often more, how much against which limit."""
    parts, offset_ms = [], finding.local_offset_ms
    if finding.when and offset_ms:
        window = finding.when[0]
        there = Window(start_ms=window.start_ms + offset_ms, end_ms=window.end_ms + offset_ms)
        parts.append(f"Local time {span(there).replace('Z', '')} ({format_offset(offset_ms)})")
    if len(finding.when) > 1:
        more = len(finding.when) - 1
        parts.append(f"{more} more {'time' if more == 1 else 'times'}")
    if finding.amount is not None:
        parts.append(amount_words(finding.amount))
    return f"{'; '.join(parts)}." if parts else ""


def _reason(code: str) -> str:
    """Why a rule is there and where it comes from."""
    rule = _rule(code)
    if rule is None:
        return ""
    said = [f"Why: {rule.why}", f"Source: {rule.source}."]
    said += [f"Data: the file under {key}." for key in rule.reads]
    return "".join(map(_indented, said))


def _accepted(one: Suppressed) -> str:
    """A line or two about a finding that somebody has accepted."""
    finding, by = one.finding, one.suppression
    about = ", ".join(finding.subjects)
    text = f"accepted {finding.code} at {finding.place} ({about}) by {by.by}: {by.reason}"
    return textwrap.fill(text, width=_WIDTH, subsequent_indent=_INDENT, break_long_words=False) + "\n"


def _indented(text: str) -> str:
    filled = textwrap.fill(
        text,
        width=_WIDTH,
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{filled}\n"


def _rule(code: str) -> Rule | None:
    """The rule with a code; None where this version no longer has it."""
    return checks.get(code) if checks.codes_matching(code) else None


# -------------------------------------------------------------------------------------------------------------- JSON


def as_json(result: CheckResult) -> str:
    """`{"findings": [...], "not_checked": [...]}`; `suppressed` and `left_out` where somebody chose so."""
    record: dict[str, Any] = {
        "findings": [_record(finding) for finding in result.findings],
        "not_checked": [{"code": one.code, "reason": one.reason} for one in result.not_checked],
    }
    if result.suppressed:
        record["suppressed"] = [
            {**_record(one.finding), "reason": one.suppression.reason, "by": one.suppression.by}
            for one in result.suppressed
        ]
    if result.baselines:
        record["known"] = _known_record(result)
    if result.left_out:
        record["left_out"] = list(result.left_out)
    return _dump(record)


def _known_record(result: CheckResult) -> dict[str, Any]:
    """What a baseline hides."""
    errors = sum(finding.severity is Severity.ERROR for finding in result.known)
    return {"findings": len(result.known), "errors": errors, "baselines": list(result.baselines)}


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "subjects": list(finding.subjects),
        "where": finding.where,
        "when": [_interval(window) for window in finding.when],
        "value": _number(finding.value),
        "limit": _number(finding.limit),
        "unit": finding.unit or None,
        "fix": None if finding.fix is None else _fix(finding.fix),
        "suggestions": [_fix(one) for one in finding.suggestions],
        "internal": finding.is_internal,
    }


def _interval(window: Window) -> dict[str, str]:
    return {"start": format_time_iso(window.start_ms), "end": format_time_iso(window.end_ms)}


def _number(value: float | None) -> float | None:
    """A number that JSON can hold, to nine digits."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.9g}")


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [
        {"path": list(edit.path), "text": edit.text}
        if isinstance(edit, Edit)
        else {"path": list(edit.path), "order": list(edit.order)}
        for edit in fix.edits
    ]
    return {"title": fix.title, "safe": fix.is_safe, "edits": edits}


# ----------------------------------------------------------------------------------------------------------- GeoJSON


def as_geojson(result: CheckResult) -> str:
    """A feature collection of every finding that has a place on the sea.

    What a map cannot show stands in its member `waterspace`, so that a plan which could not be read, or a rule that
    failed, never looks like a plan without findings.
    """
    features = [
        {"type": "Feature", "id": finding.id, "geometry": where, "properties": _properties(finding)}
        for finding in result.findings
        if (where := finding.where) is not None
    ]
    placeless = [one for one in result.findings if one.where is None]
    faults = [one for one in placeless if one.code == FAULT_CODE]
    internal = [one for one in result.findings if one.is_internal]
    told: dict[str, Any] = {
        "faults": [_properties(one) for one in faults],
        "internal": [_properties(one) for one in internal],
        "not_checked": [{"code": one.code, "reason": one.reason} for one in result.not_checked],
        "without_place": [_properties(one) for one in placeless if one not in faults and one not in internal],
    }
    if result.baselines:
        told["known"] = _known_record(result)
    return _dump({"type": "FeatureCollection", "features": features, "waterspace": told})


def _properties(finding: Finding) -> dict[str, Any]:
    rule = _rule(finding.code)
    told = {
        key: value
        for key, value in _record(finding).items()
        if key not in {"id", "where", "fix", "suggestions", "internal"}
    }
    return {"name": finding.code if rule is None else rule.name, **told}


def _dump(record: Mapping[str, Any]) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


# ------------------------------------------------------------------------------------------------------------- SARIF


def as_sarif(result: CheckResult) -> str:
    """A SARIF 2.1.0 log with one run; rules that were not applied in full are notifications of the run."""
    index = {rule.code: number for number, rule in enumerate(checks.rules())}
    notifications = [
        {"associatedRule": {"id": one.code}, "level": "note", "message": {"text": f"Not checked: {one.reason}."}}
        for one in result.not_checked
    ]
    run = {
        "tool": {
            "driver": {
                "name": "waterspace",
                "version": __version__,
                "rules": [_sarif_rule(rule) for rule in checks.rules()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not result.has_failed, "toolExecutionNotifications": notifications}],
        "results": [
            *(_sarif_result(finding, index) for finding in result.findings),
            *(_sarif_accepted(one, index) for one in result.suppressed),
        ],
    }
    return _dump({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.why} Source: {rule.source}."},
        "help": {"text": checks.explain(rule)},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
        "properties": {"tags": [checks.family(rule.code)]},
    }


def _sarif_result(finding: Finding, index: Mapping[str, int]) -> dict[str, Any]:
    place = finding.place
    return {
        "ruleId": finding.code,
        "ruleIndex": index.get(finding.code, -1),
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": finding.message},
        "partialFingerprints": {"waterspaceFinding/v1": finding.id} if finding.id else {},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(place.file)},
                    "region": {"startLine": place.line, "startColumn": place.column},
                }
            }
        ],
    }


def _sarif_accepted(one: Suppressed, index: Mapping[str, int]) -> dict[str, Any]:
    said = f"{one.suppression.reason} ({one.suppression.by})"
    suppression = {"kind": "inSource", "status": "accepted", "justification": said}
    return {**_sarif_result(one.finding, index), "suppressions": [suppression]}


def _uri(file: str) -> str:
    """A file as SARIF names it: relative paths stay relative."""
    if file == _STANDARD_INPUT:
        return "stdin"
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


# ------------------------------------------------------------------------------------------------- workflow commands


def as_github(result: CheckResult) -> str:
    """One workflow command for each finding and for each rule that was not applied in full."""
    lines = [_github_command(finding) for finding in result.findings]
    lines += [
        f"::notice title={one.code} not checked::{_escaped(one.reason, _GITHUB_ESCAPES)}" for one in result.not_checked
    ]
    return "".join(f"{line}\n" for line in [*lines, summary(result)])


def _github_command(finding: Finding) -> str:
    rule = _rule(finding.code)
    title = finding.code if rule is None else f"{finding.code} {rule.name}"
    properties = {
        "file": finding.place.file,
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": title,
    }
    told = ",".join(f"{key}={_escaped(value, _GITHUB_PROPERTY_ESCAPES)}" for key, value in properties.items())
    return f"::{_GITHUB_COMMANDS[finding.severity]} {told}::{_escaped(finding.message, _GITHUB_ESCAPES)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)


FORMATS: Mapping[str, Callable[[CheckResult], str]] = {
    "text": as_text,
    "json": as_json,
    "sarif": as_sarif,
    "github": as_github,
    "geojson": as_geojson,
}
"""Name of a format, as the command line has it, to what writes it."""
