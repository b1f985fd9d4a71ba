"""When a draft may cancel itself: not before the last of its times has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.notation import format_time, format_time_iso
from waterspace.quantity import HOUR_MS, MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from waterspace.messages.draft import Draft, DraftPart

__all__ = ["check_end"]


def check_end(draft: Draft, parts: Iterable[DraftPart]) -> None:
    """Refuse a draft that cancels itself before the last of some of its times has ended.

    Raises:
        DraftError: it does; with the key of the exercise file that says so, and what to write there.
    """
    last_ms = max((window.end_ms for part in parts for window in (*part.windows, *part.reserves)), default=None)
    if draft.cancel_ms is None or last_ms is None or last_ms <= draft.cancel_ms:
        return
    later = format_time_iso(-(-last_ms // MINUTE_MS) * MINUTE_MS + HOUR_MS)
    at, last = format_time(draft.cancel_ms), format_time(last_ms)
    raise DraftError(
        f"draft {draft.id!r} cancels itself before the last of its times has ended, at {at} and not after {last}; "
        f"write {later} for `notices.{_key(draft)}.cancel`, an hour after that end as most originators do"
    )


def _key(draft: Draft) -> str:
    """What the exercise file calls a draft: without the region of one that goes to several offices."""
    for region in draft.firs:
        if draft.id.endswith(f"-{region}"):
            return draft.id.removesuffix(f"-{region}")
    return draft.id
