"""Baseline: the findings of a plan that are known, so that a check shows only what is new."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from waterspace.errors import DataFileError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable
    from pathlib import Path

    from waterspace.domain import Finding

__all__ = ["Baseline", "new", "read", "write"]

_VERSION = 1
_DECIMALS = 4


class Baseline(NamedTuple):
    """What was known: ids, and for findings whose ids may have changed what else tells them.

    Attributes:
        ids: how often each is known, for several files may have findings of one id.
        traits: of what is known, by id.
    """

    ids: Counter[str]
    traits: dict[str, str]


def write(findings: Iterable[Finding], path: Path, codes: Container[str]) -> None:
    """Write down all findings as known.

    Args:
        findings: of the rules that were applied.
        path: of the baseline; what it knows already of rules that were not applied is kept.
        codes: of the rules that were applied.

    Raises:
        DataFileError: there is such a file, and it is no baseline.
        OSError: the file cannot be written.
    """
    rows = [row for row in _rows(path) if row["id"].partition("-")[0] not in codes] if path.exists() else []
    rows += [
        {"id": finding.id, "subjects": list(finding.subjects), "message": finding.message, "traits": _traits(finding)}
        for finding in findings
        if finding.id
    ]
    text = json.dumps({"waterspace_baseline": _VERSION, "findings": rows}, indent=1, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")


def read(path: Path) -> Baseline:
    """The baseline in a file.

    Raises:
        DataFileError: it cannot be read, or is none.
    """
    rows = _rows(path)
    return Baseline(Counter(row["id"] for row in rows), {row["id"]: row["traits"] for row in rows})


def _rows(path: Path) -> list[dict[str, Any]]:
    """What a baseline knows, as it is written."""
    advice = "Write one with --write-baseline."
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        said = (error.strerror or str(error)).lower()
        raise DataFileError(str(path), f"it cannot be read as a baseline: {said}. {advice}") from None
    except ValueError as error:
        raise DataFileError(str(path), f"it cannot be read as a baseline: {error}. {advice}") from None
    if not isinstance(content, dict) or content.get("waterspace_baseline") != _VERSION:
        raise DataFileError(str(path), f"it is not a baseline of this version of Waterspace. {advice}")
    try:
        rows = [{**row, "id": str(row["id"]), "traits": str(row["traits"])} for row in content["findings"]]
    except (KeyError, TypeError) as error:
        raise DataFileError(str(path), f"it is not a whole baseline: {error!r} is missing. {advice}") from None
    return rows


def new(findings: Iterable[Finding], baseline: Baseline) -> tuple[Finding, ...]:
    """The findings that are not known, in the order given; faults and failed rules are never known.

    One that is known by no id is known by its traits if these are those of exactly one finding that is gone and of no
    other that is new: its subjects were renamed. Without a position or an amount nothing is known by its traits.
    """
    left = baseline.ids.copy()
    unknown: list[Finding] = []
    for finding in findings:
        if finding.id and left[finding.id] > 0:
            left[finding.id] -= 1
        else:
            unknown.append(finding)
    gone = Counter(baseline.traits[id_] for id_, count in left.items() if count > 0)
    come = Counter(_traits(finding) for finding in unknown)
    renamed = {traits for traits, count in gone.items() if traits and count == come[traits] == 1}
    return tuple(finding for finding in unknown if not finding.id or _traits(finding) not in renamed)


def _traits(finding: Finding) -> str:
    """Code, place, time and amount of a finding: what a change of names leaves; empty where that is too little."""
    position, amount = finding.position, finding.amount
    at = "" if position is None else f"{position.lat_deg:.{_DECIMALS}f} {position.lon_deg:.{_DECIMALS}f}"
    when = " ".join(f"{window.start_ms}-{window.end_ms}" for window in finding.when)
    much = "" if amount is None else f"{amount.value:.6g} {amount.limit:.6g} {amount.unit}"
    if not (at or much):
        return ""
    return "|".join((finding.code, at, when, much, str(len(finding.subjects))))
