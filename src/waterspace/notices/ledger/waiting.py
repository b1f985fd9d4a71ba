"""Cancellations that have to wait: what they take back is told by a text that cannot be sent yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.messages.phrasing.numbers import listed
from waterspace.notices.ledger.changing import is_wider
from waterspace.notices.ledger.coming import still_to_come
from waterspace.notices.ledger.content import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from waterspace.messages.draft import Draft
    from waterspace.notices.ledger.sending import Sending

__all__ = ["reason_to_wait"]


def reason_to_wait(last: Sending, stuck: Sequence[Draft], now_ms: int) -> str:
    """Why a text in force is not to be cancelled yet, so that no danger goes untold between; empty where nothing is.

    Args:
        last: the text that is to be cancelled.
        stuck: drafts that cannot be sent yet.
        now_ms: milliseconds since 1970-01-01T00:00Z; what is over does not count.
    """
    telling = [draft.id for draft in stuck if _tells(draft, last, now_ms)]
    if not telling:
        return ""
    are, tells = ("is", "tells") if len(telling) == 1 else ("are", "tell")
    return f"Wait until {listed(telling, 'and')} {are} out, which {tells} of the same danger and cannot be sent yet."


def _tells(draft: Draft, last: Sending, now_ms: int) -> bool:
    """Whether a draft tells some of what a text in force tells."""
    left = last.said.after(now_ms)
    try:
        ahead = said(still_to_come(draft, now_ms), last.said.notation).after(now_ms)
    except DraftError:
        return False
    return any(not is_wider(ahead, [place]) for place in left)
