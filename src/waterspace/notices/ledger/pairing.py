"""Which text that was sent is that of which draft: by what both say, and not by their ids alone.

Ids of proposed notices follow the serials that they tell of, and people rename what they planned. A text that says
what a draft says is that draft's. Of the others one that was sent for a notice of the plan stays with it; else a text
is that of the draft that goes the same way and tells of the same goings-on at much the same place and times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from waterspace.errors import DraftError
from waterspace.notices.drafting.proposing import PROPOSED
from waterspace.notices.ledger.changing import share
from waterspace.notices.ledger.coming import shared_ms, still_to_come
from waterspace.notices.ledger.content import said

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from waterspace.domain import Footprint
    from waterspace.messages.draft import Draft
    from waterspace.messages.phrasing.positions import Notation
    from waterspace.notices.ledger.content import Place, Said
    from waterspace.notices.ledger.sending import Sending

__all__ = ["Key", "paired"]

Key = tuple[str, str]
"""Id of a draft and the way that it goes."""

_MUCH = 0.5
"""How much of each of two places lies in the other where a notice of the one may become that of the other: assumed."""


@dataclass(frozen=True, slots=True)
class _Link:
    """A draft and a text that tell of the same place.

    Attributes:
        shared_ms: how long times of both last together.
        share: how much of the places they share, of 1.
    """

    shared_ms: int
    share: float
    key: Key
    at: int

    @property
    def order(self) -> tuple[int, float, Key, int]:
        """The closest first."""
        return -self.shared_ms, -self.share, self.key, self.at


def paired(planned: Mapping[Key, Draft], live: Sequence[Sending], now_ms: int) -> dict[Key, int]:
    """The text in force that each draft follows, by its place among them; drafts that follow none are left out.

    Args:
        planned: drafts by their ids and ways.
        live: texts in force, in the order in which they were recorded.
        now_ms: milliseconds since 1970-01-01T00:00Z; what is over does not count.
    """
    contents = _Contents(planned, live, now_ms)
    found: dict[Key, int] = {}
    left = dict(enumerate(live))

    def take(pairs: Iterable[tuple[Key, int]]) -> None:
        for key, at in pairs:
            if key not in found and at in left:
                found[key] = at
                del left[at]

    take(contents.alike(is_own=True))
    take(contents.alike(is_own=False))
    own = [(key, at) for at, one in reversed(left.items()) if (key := (one.id, one.channel)) in planned]
    take((key, at) for key, at in own if not key[0].startswith(PROPOSED))
    links = contents.links([key for key in planned if key not in found], left)
    take((link.key, link.at) for link in sorted(links, key=lambda one: one.order))
    take(own)
    return found


class _Contents:
    """What drafts and texts say of what is to come."""

    def __init__(self, planned: Mapping[Key, Draft], live: Sequence[Sending], now_ms: int) -> None:
        self._planned = planned
        self._live = live
        self._now_ms = now_ms
        self._known: dict[tuple[Key, Notation], Said | None] = {}
        self._notations: dict[str, set[Notation]] = {}
        self._same: dict[Hashable, list[int]] = {}
        for at, sending in enumerate(live):
            self._notations.setdefault(sending.channel, set()).add(sending.said.notation)
            self._same.setdefault(self._content(sending.channel, sending.said), []).append(at)

    def alike(self, *, is_own: bool) -> Iterator[tuple[Key, int]]:
        """Drafts and texts that say the same, those of one id or all."""
        for key in self._planned:
            for notation in sorted(self._notations.get(key[1], ()), key=lambda one: one.name):
                what = self._said(key, notation)
                if what is None or not what.after(self._now_ms):
                    continue
                for at in self._same.get(self._content(key[1], what), ()):
                    if not is_own or self._live[at].id == key[0]:
                        yield key, at

    def links(self, keys: Sequence[Key], left: Mapping[int, Sending]) -> Iterator[_Link]:
        """Drafts and texts that go one way and tell of one place."""
        from waterspace.geometry.balls import balls, near_pairs

        drafts = [
            (key, place)
            for key in keys
            for notation in sorted(self._notations.get(key[1], ()), key=lambda one: one.name)[:1]
            if (what := self._said(key, notation)) is not None
            for place in what.after(self._now_ms)
        ]
        ways = {key[1] for key, _ in drafts}
        texts = [
            (at, place) for at, one in left.items() if one.channel in ways for place in one.said.after(self._now_ms)
        ]
        shares: dict[tuple[Footprint, Footprint], float] = {}
        here, there = (balls([place.footprint for _, place in places]) for places in (drafts, texts))
        for first, second in near_pairs(here, there, 0.0):
            (key, place), (at, old) = drafts[first], texts[second]
            if key[1] != left[at].channel or place.category is not old.category:
                continue
            together_ms = _together_ms(place, old)
            if not together_ms:  # asked first, as it takes next to no time
                continue
            pair = place.footprint, old.footprint
            if pair not in shares:
                shares[pair] = min(share(*pair), share(*pair[::-1]))
            if shares[pair] >= _MUCH:
                yield _Link(together_ms, shares[pair], key, at)

    def _said(self, key: Key, notation: Notation) -> Said | None:
        """What a draft says; None where it has no words."""
        if (key, notation) not in self._known:
            try:
                what = said(still_to_come(self._planned[key], self._now_ms), notation)
            except DraftError:
                what = None
            self._known[key, notation] = what
        return self._known[key, notation]

    def _content(self, channel: str, what: Said) -> Hashable:
        return channel, what.notation, what.after(self._now_ms), what.restriction, what.circle, what.cancel_ms


def _together_ms(one: Place, other: Place) -> int:
    """How long two places have times together."""
    return sum(max(0, shared_ms(first, second)) for first in one.times for second in other.times)
