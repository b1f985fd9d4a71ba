"""Notebook: a check, a run or a campaign as a small piece of HTML, for the cell of a notebook that ends in one.

It needs nothing else: no script, no style sheet, no network. Every text of the exercise is escaped.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from waterspace.campaigns import Campaign
from waterspace.domain import CheckResult, Run
from waterspace.reports.campaign_rows import difference_rows, influence_rows, subject_rows
from waterspace.reports.conduct import measure_groups, programme_rows
from waterspace.reports.findings import summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from waterspace.domain import Exercise
    from waterspace.reports.conduct import ProgrammeRow

__all__ = ["MOST_ROWS", "html_of"]

MOST_ROWS = 50
"""Rows of a table in a cell; how many more there are is said below it."""

_LEFT = "text-align:left;vertical-align:top"
_QUIET = "fill:#5b7488;stroke:none"


def html_of(value: object) -> str:
    """What a notebook shows of a value.

    Raises:
        TypeError: it is nothing that is shown so.
    """
    if isinstance(value, CheckResult):
        return _of_check(value)
    if isinstance(value, Run):
        return _of_run(value)
    if isinstance(value, Campaign):
        return _of_campaign(value)
    raise TypeError(f"found {type(value).__name__}; expected a CheckResult, a Run or a Campaign")


def _of_check(result: CheckResult) -> str:
    rows = [(one.severity.value, one.code, str(one.place), one.message) for one in result.findings]
    gaps = [("not checked", one.code, "", one.reason) for one in result.not_checked]
    return _piece("Check", summary(result), _table(("", "rule", "place", "finding"), [*rows, *gaps]))


def _of_run(run: Run) -> str:
    programme = [(row.id, row.name or row.type, *_times(row), _ended(row)) for row in programme_rows(run)]
    heads = ("serial", "", "planned", "actual", "")
    serials = {record.serial for record in run.records}
    measures = [
        (group.subject, ", ".join(f"{row.amount.name} {row.amount.text}" for row in group.rows))
        for group in measure_groups(run)
        if group.subject in serials
    ]
    words = f"seed {run.seed}, {len(run.events)} events, digest {run.digest[:12]}"
    words += f"; it could not go on: {run.broken}" if run.broken else ""
    body = _table(heads, programme) + _table(("serial", "measures"), measures)
    return _piece(run.exercise.name, words, body)


def _times(row: ProgrammeRow) -> tuple[str, str]:
    planned, actual = (
        "" if window is None else f"{window[0].zulu} to {window[1].zulu}" for window in (row.planned, row.actual)
    )
    return planned, actual


def _ended(row: ProgrammeRow) -> str:
    return "; ".join(filter(None, (row.status, row.start_text, row.end_text, row.reason)))


def _of_campaign(campaign: Campaign) -> str:
    plans, variants = campaign.plan.plans, campaign.plan.variants
    words = f"{len(campaign.rows)} runs"
    words += f", {len(variants)} variants" if len(variants) > 1 else ""
    words += f", {_file(plans[0])} against {_file(plans[1])}" if len(plans) > 1 else ""
    words += f", seed {campaign.plan.wishes.seed}, digest {campaign.digest[:12]}"
    parts = [_differences(campaign)] if len(plans) > 1 else [_measures(campaign)]
    if campaign.plan.factors:
        parts.append(_influences(campaign))
    return _piece(plans[0].name, words, "".join(parts))


def _file(plan: Exercise) -> str:
    return plan.source.file.replace("\\", "/").rpartition("/")[2]


def _measures(campaign: Campaign) -> str:
    """Those of serials that differ between runs; of what units burn there is too much for a cell."""
    serials = {"The exercise", *campaign.plan.plans[0].serials}
    rows = [
        (row.column, row.mean, row.interval, row.median, str(row.count), _Drawn(row.drawing))
        for subject in subject_rows(campaign)
        if subject.subject in serials
        for row in subject.varying
    ]
    return _table(("measure", "mean", "interval", "median", "runs", "distribution"), rows)


def _differences(campaign: Campaign) -> str:
    rows = [
        (row.column, row.first, row.second, row.difference, row.interval, "leaves out zero" if row.differs else "")
        for row in difference_rows(campaign)
        if row.column.partition(".")[0] in {"exercise", *campaign.plan.plans[0].serials}
    ]
    return _table(("measure", "first plan", "second plan", "difference", "interval", ""), rows)


def _influences(campaign: Campaign) -> str:
    serials = {"exercise", *campaign.plan.plans[0].serials}
    rows = [
        (row.column, *(f"{share} {way}".strip() for share, _, way in row.shares))
        for row in influence_rows(campaign)
        if row.column.partition(".")[0] in serials
    ]
    return _table(("share of variance", *(factor.path for factor in campaign.plan.factors)), rows)


class _Drawn(str):
    """A small picture made of numbers, which is not escaped."""

    __slots__ = ()


def _piece(title: str, words: str, body: str) -> str:
    return f"<div><p><b>{escape(title)}</b> {escape(words)}</p>{body}</div>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table, or nothing where there is no row."""
    every = list(rows)
    if not every:
        return ""
    head = "".join(f'<th style="{_LEFT}">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(_cell(text) for text in row)}</tr>" for row in every[:MOST_ROWS])
    more = len(every) - MOST_ROWS
    rest = f"<p>and {more} more</p>" if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _cell(text: str) -> str:
    style = f"{_LEFT};{_QUIET}" if isinstance(text, _Drawn) else _LEFT
    return f'<td style="{style}">{text if isinstance(text, _Drawn) else escape(text)}</td>'
