"""Notices that were sent: what a changed plan makes of them, and the record of what was sent now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from waterspace.cli.notices_forms import Wishes, own_form, written
from waterspace.errors import LedgerError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from waterspace.messages.draft import Draft
    from waterspace.notices.ledger.amending import Action
    from waterspace.notices.ledger.book import Ledger

__all__ = ["Sent", "as_json", "as_text", "load", "pending", "record_all"]


def load(path: Path) -> Ledger:
    """The ledger in a file; an empty one where there is none yet."""
    from waterspace.notices.ledger import file as ledger_file

    return ledger_file.load(path)


def pending(drafts: Sequence[Draft], ledger: Ledger, now_ms: int, wishes: Wishes) -> tuple[Action, ...]:
    """What is to be done about each notice, the most urgent first."""
    from waterspace.notices.ledger.amending import amendments

    return amendments(drafts, ledger, now_ms=now_ms, write=lambda draft: written(draft, own_form(draft), wishes))


class Sent(NamedTuple):
    """When notices were sent, and the text of the one that was, where it is not the draft."""

    at_ms: int
    text: str | None = None


def record_all(
    drafts: Sequence[Draft], path: Path, given: Sequence[str], how: Sent, wishes: Wishes
) -> tuple[list[str], list[str]]:
    """Write down what was sent, `ID=NUMBER` each.

    Where a notice has two texts in force, the number of the one that was cancelled stands for its id too.

    Returns:
        What was recorded, and warnings of what was not what was to be sent, a line each.

    Raises:
        BadParameter: there is no such notice, or nothing of it is to be recorded.
        LedgerError: the ledger cannot be read or written.
    """
    from waterspace.notices.ledger import file as ledger_file
    from waterspace.notices.ledger.amending import record
    from waterspace.notices.ledger.as_sent import as_it_went, names_in
    from waterspace.notices.ledger.numbers import oddity

    book = load(path)
    said, warnings = list[str](), list[str]()
    open_, done = pending(drafts, book, how.at_ms, wishes), set[str]()
    for one in given:
        id_, _, number = (part.strip() for part in one.partition("="))
        if _is_stale([action for action in open_ if id_ in _names(action)], book, done):
            open_, done = pending(drafts, book, how.at_ms, wishes), set()
        action = _named(id_, open_)
        done.add(action.id)
        try:
            book = record(book, action, number, how.at_ms, how.text)
        except LedgerError as error:
            raise typer.BadParameter(str(error), param_hint="--sent") from None
        if how.text is not None and action.draft is not None:
            _, other = as_it_went(action.draft, how.text, how.at_ms)
            if other:
                warnings.append(f"WARNING: what was sent for {id_} {other}; recorded as it was sent, to be corrected")
        number = json.loads(book.lines[-1])["number"]
        if number and action.draft is not None:
            told = [] if how.text is None else names_in(how.text, action.draft.issued_ms)
            odd = oddity(number, action.draft, told)
            if odd:
                warnings.append(f"WARNING: what was sent for {id_} {odd}; recorded as {number}: make sure which it is")
        said.append(f"recorded {id_}: {action.kind}{f', {number}' if number else ', without a number yet'}")
    ledger_file.save(book, path)
    return said, warnings


def _is_stale(actions: Sequence[Action], book: Ledger, done: Collection[str]) -> bool:
    """Whether what was recorded since some actions were worked out may have changed them.

    What is to be done about a notice changes with what is recorded for it, and with a text that ends one of its own.

    Args:
        actions: of what goes by one name; none where nothing went by it then.
        book: the ledger as it is by now.
        done: ids of what was recorded since.
    """
    if not actions:
        return bool(done)
    held = {id(sending) for sending in book.sendings}
    return any(
        action.id in done or (action.sending is not None and id(action.sending) not in held) for action in actions
    )


def _named(id_: str, actions: Sequence[Action]) -> Action:
    """The action of a name, of several one that sends something.

    Raises:
        BadParameter: there is none.
    """
    named = [action for action in actions if id_ in _names(action)]
    if not named:
        known = ", ".join(sorted({action.id for action in actions})) or "none"
        raise typer.BadParameter(f"no notice is called {id_!r}; there are {known}", param_hint="--sent")
    return next((action for action in named if action.draft is not None), named[0])


def _names(action: Action) -> tuple[str, ...]:
    """What an action may be called: by its notice, and a cancellation by the number that it cancels."""
    is_cancellation = action.kind == "cancel" and action.sending is not None and bool(action.sending.number)
    return (action.id, action.sending.number) if is_cancellation and action.sending else (action.id,)


def as_text(actions: Sequence[Action], heading: str) -> Iterator[str]:
    """What is to be done, in the order in which it is to be done, then the texts."""
    from waterspace.messages.drafted import head

    yield heading
    for action in actions:
        yield f"{'FIRST ' if action.is_urgent else ''}{action.kind.upper()}  {action.sentence}"
    for action in actions:
        if action.text:
            yield f"\n{head(f'{action.id} ({action.kind})')}{action.text}"


def as_json(actions: Sequence[Action]) -> str:
    """What is to be done, for programs: one JSON object."""
    from waterspace.messages.draft import STATUS

    document = {"status": STATUS, "actions": [_object(action) for action in actions]}
    return json.dumps(document, ensure_ascii=False, indent=2)


def _object(action: Action) -> dict[str, Any]:
    return {
        "action": action.kind.value,
        "notice": action.id,
        "number": (action.sending.number or None) if action.sending is not None else None,
        "sentence": action.sentence,
        "changes": list(action.changes),
        "urgent": action.is_urgent,
        "text": action.text or None,
        "obstacle": action.obstacle or None,
    }
