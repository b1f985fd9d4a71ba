"""Origins: on whose word each fact of the plan stands, and what it takes to reproduce the run."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from waterspace.domain import Confidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from waterspace.domain import Run

__all__ = ["FactGroup", "FactRow", "Identity", "fact_groups", "identity"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """Facts of one kind that stand on the same word.

    Attributes:
        kind: such as `units`.
        names: what they are called in the plan.
        link: the source where it is a web address, empty otherwise.
    """

    kind: str
    names: tuple[str, ...]
    source: str
    link: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactGroup:
    """Facts that are equally sure.

    Attributes:
        key: `reported`, `estimated`, `assumed` or `unsaid`.
        count: of facts.
    """

    key: str
    title: str
    meaning: str
    count: int
    rows: tuple[FactRow, ...]


_GROUPS: Mapping[Confidence | None, tuple[str, str, str]] = {
    Confidence.ASSUMED: ("assumed", "Assumed", "Nobody published it: a template or a planner's guess stands in."),
    Confidence.ESTIMATED: ("estimated", "Estimated", "Worked out from what is published."),
    Confidence.REPORTED: ("reported", "Reported", "A source says so."),
    None: ("unsaid", "Not said", "The file does not say how sure this is."),
}
"""Groups in the order of the page: what a reader should doubt comes first."""

_KINDS: Mapping[str, str] = {
    "context.exercises": "other exercises",
    "context.observers": "observers",
    "context.reservations": "standing claims",
}


def fact_groups(run: Run) -> tuple[FactGroup, ...]:
    """Everything in the plan that carries provenance, by how sure it is; groups without a fact are left out."""
    gathered: dict[Confidence | None, dict[tuple[str, str, str], list[str]]] = {key: {} for key in _GROUPS}
    for path, name, provenance in run.exercise.facts():
        key = (_kind(path), provenance.source, provenance.note)
        gathered[provenance.confidence].setdefault(key, []).append(name)
    return tuple(_group(confidence, facts) for confidence, facts in gathered.items() if facts)


def _kind(path: str) -> str:
    """The section of the file that a path leads into, in words."""
    section = path.rpartition(".")[0] or path
    return _KINDS.get(section, section)


def _group(confidence: Confidence | None, facts: Mapping[tuple[str, str, str], list[str]]) -> FactGroup:
    key, title, meaning = _GROUPS[confidence]
    rows = tuple(
        FactRow(kind=kind, names=_counted(names), source=source, link=_link(source), note=note)
        for (kind, source, note), names in facts.items()
    )
    return FactGroup(key=key, title=title, meaning=meaning, count=sum(map(len, facts.values())), rows=rows)


def _counted(names: list[str]) -> tuple[str, ...]:
    """Names in order, each once, with how often where it is more."""
    return tuple(f"{name} ×{count}" if count > 1 else name for name, count in Counter(names).items())


def _link(source: str) -> str:
    """A source that is one web address and nothing else; any other scheme stays text."""
    return source if source.startswith(("https://", "http://")) and len(source.split()) == 1 else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What makes a run this run."""

    digest: str
    seed: int
    version: str
    input_sha256: str
    file: str
    command: str
    event_count: int


def identity(run: Run) -> Identity:
    """The run's identity and the command that gives the same digest again."""
    file = PurePath(run.exercise.source.file).name or run.exercise.source.file
    return Identity(
        digest=run.digest,
        seed=run.seed,
        version=run.version,
        input_sha256=run.input_sha256,
        file=file,
        command=f"waterspace run {shlex.quote(file)} --seed {run.seed} --out again",
        event_count=len(run.events),
    )
