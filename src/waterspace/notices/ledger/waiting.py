"""Cancellations that have to wait: what they take back is told by a text that cannot be sent yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import listed
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.coming import still_to_come
from waterspace.notices.ledger.content import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft
    from waterspace.notices.ledger.amending import Action
    from waterspace.notices.ledger.sending import Sending

__all__ = ["with_what_waits"]


def with_what_waits(actions: Sequence[Action], now_ms: int) -> list[Action]:
    """The same actions; a cancellation says for which text it has to wait, so that no danger goes untold between them.

    Args:
        actions: in any order.
        now_ms: milliseconds since 1970-01-01T00:00Z; what is over does not count.
    """
    stuck = [action for action in actions if action.obstacle and action.draft is not None and action.draft.paragraphs]
    return [_waiting(action, stuck, now_ms) for action in actions] if stuck else list(actions)


def _waiting(action: Action, stuck: Sequence[Action], now_ms: int) -> Action:
    if action.kind != "cancel" or action.sending is None:
        return action
    last = action.sending
    telling = [one.id for one in stuck if one.draft is not None and _tells(one.draft, last, now_ms)]
    if not telling:
        return action
    are = "is" if len(telling) == 1 else "are"
    wait = f"Wait until {listed(telling, 'and')} {are} out, which tells of the same danger and cannot be sent yet."
    return replace(action, sentence=f"{action.sentence} {wait}", is_urgent=False)


def _tells(draft: Draft, last: Sending, now_ms: int) -> bool:
    """Whether a draft tells some of what a text in force tells."""
    left = last.said.after(now_ms)
    try:
        ahead = said(still_to_come(draft, now_ms), last.said.notation).after(now_ms)
    except DraftError:
        return False
    return any(not is_wider(ahead, [place]) for place in left)
