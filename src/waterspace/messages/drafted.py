"""What stands around drafts in our own files: the line above each text, and the sheets that are no message.

The line is written here and known again here, so that a draft is read as the one message that it is, and a promulgation
plan or a list of what is to be done about notices as none. Whatever else stands in such a file is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.errors import NotationError
from waterspace.messages.draft import STATUS
from waterspace.notation import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AMENDMENTS", "PLAN", "Section", "head", "is_sheet", "sections"]

PLAN = "PROMULGATION PLAN: "
"""Begins the sheet of a promulgation plan; the next line begins with the status."""
AMENDMENTS = "What is to be done about the notices in "
"""Begins the list of what a ledger asks for, one line for each notice."""
_HEAD = re.compile(rf"--- {re.escape(STATUS)} --- (?P<id>\S+)[^\n]*?(?: --- (?P<time>\d{{6}}Z [A-Z]{{3}} \d\d))?\s*$")
_BESIDE = re.compile(r"--- .+ ---\s*$")
_OF_PLAN = re.compile(
    r"\s*$|UTC +DO +|[A-Z]{3} \d\d [A-Z]{3} \d{4}\s*$|\d{4}Z  [A-Z]+ |[ ]{8,}\S|LATE IN THE PLAN: |LEFT OUT\s*$"
    r"|Nothing is to be promulgated: |.*; nothing is promulgated\.\s*$"
)
_OF_AMENDMENTS = re.compile(r"(?:FIRST )?[A-Z]+  \S|\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some lines of a text that belong together.

    Attributes:
        text: of them, without the line above a draft.
        line: the first of them in the whole text, from 1.
        id: of the draft that it is; empty of what is no draft.
        near_ms: an instant near that of its issue, for forms that name no year; None where none is told.
    """

    text: str
    line: int = 1
    id: str = ""
    near_ms: int | None = None


def head(id_: str, *, near_ms: int | None = None, beside: str = "") -> str:
    """What stands above the text of a draft, outside of it, with the blank line below.

    Args:
        id_: of the draft.
        near_ms: when it is issued, for a form that names no year.
        beside: what else is to be known of the text; may be empty.
    """
    when = "" if near_ms is None else f" --- {format_time(near_ms)}"
    lines = [f"--- {STATUS} --- {id_}{when}", *([f"--- {beside} ---"] if beside else []), "", ""]
    return "\n".join(lines)


def is_sheet(document: object) -> bool:
    """Whether a JSON document is a promulgation plan of ours, which holds no message."""
    return isinstance(document, Mapping) and document.get("status") == STATUS and "steps" in document


def sections(text: str) -> list[Section]:
    """The drafts of a text and what else stands in it, in order, without sheets; the text itself where it has none."""
    if STATUS not in text and AMENDMENTS not in text:
        return [Section(text=text)]
    return list(_sections(text.split("\n")))


def _sections(lines: Sequence[str]) -> Iterator[Section]:
    begins, at = 0, 0
    id_, near_ms = "", None
    while at < len(lines):
        start = at
        found = _HEAD.match(lines[at])
        if found is not None:
            at += 2 if at + 1 < len(lines) and _BESIDE.match(lines[at + 1]) else 1
            while at < len(lines) and not lines[at].strip():
                at += 1
        else:
            at = _after_sheet(lines, at)
        if at == start:
            at += 1
            continue
        yield from _section(lines, begins, start, id_, near_ms)
        begins = at
        id_, near_ms = (found["id"], _near_ms(found["time"])) if found is not None else ("", None)
    yield from _section(lines, begins, len(lines), id_, near_ms)


def _section(lines: Sequence[str], begins: int, ends: int, id_: str, near_ms: int | None) -> Iterator[Section]:
    text = "\n".join(lines[begins:ends])
    if text.strip():
        yield Section(text=text, line=begins + 1, id=id_, near_ms=near_ms)


def _after_sheet(lines: Sequence[str], at: int) -> int:
    """The line after a sheet that begins at a line; the same line where none begins there."""
    if lines[at].startswith(PLAN) and at + 1 < len(lines) and lines[at + 1].startswith(STATUS):
        at, form = at + 2, _OF_PLAN
    elif lines[at].startswith(AMENDMENTS):
        at, form = at + 1, _OF_AMENDMENTS
    else:
        return at
    while at < len(lines) and form.match(lines[at]):
        at += 1
    return at


def _near_ms(words: str | None) -> int | None:
    if words is None:
        return None
    try:
        return parse_time(words)
    except NotationError:
        return None
