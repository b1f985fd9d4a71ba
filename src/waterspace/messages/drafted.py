"""What stands around drafts in our own files: the line above each text, and the sheets that are no message.

The line is written here and known again here, so that a draft is read as the one message that it is, and a promulgation
plan or a list of what is to be done about notices as none. Whatever else stands in such a file is kept: a sheet ends
with the first line that its form does not have at that place, and before any line that begins a message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.errors import NotationError
from waterspace.messages.draft import STATUS
from waterspace.messages.splitting import begins_message
from waterspace.notation import format_time, parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["AMENDMENTS", "PLAN", "Section", "head", "sections", "texts_of"]

PLAN = "PROMULGATION PLAN: "
"""Begins the sheet of a promulgation plan; the next line begins with the status."""
AMENDMENTS = "What is to be done about the notices in "
"""Begins the list of what a ledger asks for, one line for each notice."""
_HEAD = re.compile(rf"--- {re.escape(STATUS)} --- (?P<id>\S+)[^\n]*?(?: --- (?P<time>\d{{6}}Z [A-Z]{{3}} \d\d))?\s*$")
_BESIDE = re.compile(r"--- .+ ---\s*$")
_TASKS = ("PROMULGATE", "CONFIRM", "REPEAT", "CANCEL")
"""What the rows of a plan say that is to be done."""
_ACTIONS = ("SEND", "REPLACE", "CANCEL", "KEEP", "EXPIRED", "TOO LATE")
"""What the lines of a ledger's list say that is to be done, or is."""
_ACTION = re.compile(rf"(?:FIRST )?(?:{'|'.join(_ACTIONS)})  \S")
_BLANK = re.compile(r"\s*$")
_PLAN_LINES: Mapping[str, tuple[re.Pattern[str], frozenset[str]]] = {
    "blank": (_BLANK, frozenset({"top", "late", "head", "day", "row", "note", "nothing", "left out", "blank"})),
    "late": (re.compile(r"LATE IN THE PLAN: |OVER at \d{6}Z [A-Z]{3} \d\d: "), frozenset({"top", "late"})),
    "head": (re.compile("UTC +DO +NOTICE"), frozenset({"blank"})),
    "day": (re.compile(r"[A-Z]{3} \d\d [A-Z]{3} \d{4}\s*$"), frozenset({"blank"})),
    "row": (re.compile(rf"\d{{4}}Z  (?:{'|'.join(_TASKS)})  "), frozenset({"day", "row", "note"})),
    "note": (re.compile(r"[ ]{8,}\S"), frozenset({"row", "note"})),
    "nothing": (re.compile("Nothing is to be promulgated: "), frozenset({"head", "blank"})),
    "left out": (re.compile(r"LEFT OUT\s*$|.*; nothing is promulgated\.\s*$"), frozenset({"blank", "left out"})),
}
"""The lines of a plan below its status, and behind which others each may stand."""


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


def texts_of(document: object) -> list[dict[str, object]] | None:
    """The drafts of a JSON document of ours, each as an object with `id` and `text`; None where it is none of ours.

    A promulgation plan holds no text; what a ledger asks for holds that of each notice that is to be sent.
    """
    if not isinstance(document, Mapping) or document.get("status") != STATUS:
        return None
    actions = document.get("actions")
    if isinstance(actions, list):
        held = [action for action in actions if isinstance(action, Mapping) and action.get("text")]
        return [{"id": action.get("notice"), "text": action["text"]} for action in held]
    return [] if "steps" in document else None


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
        return _after_plan(lines, at + 2)
    if lines[at].startswith(AMENDMENTS):
        return _after_amendments(lines, at + 1)
    return at


def _after_plan(lines: Sequence[str], at: int) -> int:
    before = "top"
    while at < len(lines) and not begins_message(lines, at):
        kinds = (kind for kind, (form, behind) in _PLAN_LINES.items() if before in behind and form.match(lines[at]))
        before = next(kinds, "")
        if not before:
            break
        at += 1
    return at


def _after_amendments(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and _ACTION.match(lines[at]) and not begins_message(lines, at):
        at += 1
    while at < len(lines) and _BLANK.match(lines[at]):
        at += 1
    return at


def _near_ms(words: str | None) -> int | None:
    if words is None:
        return None
    try:
        return parse_time(words)
    except NotationError:
        return None
