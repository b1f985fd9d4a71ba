"""Runs past a target where the danger area is watched: check fire, wait until it is clear, make the round again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from waterspace.domain import RANGE_NEWS, Await, Follow, Record, Signal, WakeReason, Window
from waterspace.geometry.legs import hold, shift, trim

if TYPE_CHECKING:
    from waterspace.domain import Leg
    from waterspace.serials.base import Script, Stage
    from waterspace.serials.seamanship.firing_runs import FiringRuns
    from waterspace.serials.seamanship.frame import Frame
    from waterspace.serials.seamanship.range_picture import Picture

__all__ = ["WatchedRuns", "lay_until_over"]

_OVER = "runs.over"
"""Signal of the firing ships that there will be no further run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRuns:
    """The rounds of one ship of the column.

    All ships of the column hear the same news at the same instants, and so come to the same conclusions without a
    word between them.

    Attributes:
        stage: of the serial.
        unit: the ship.
        place: of the ship in the column.
        runs: as planned.
        frame: at the firing point.
        picture: what the ship knows of the range.
        firing: what is logged when it opens fire, by the number of the run from 0.
        rounds: how often each ship of the column has fired to the end; filled while the script goes on.
    """

    stage: Stage[Any]
    unit: str
    place: int
    runs: FiringRuns
    frame: Frame
    picture: Picture
    firing: Callable[[int], Record]
    rounds: list[int] = field(default_factory=list)

    def script(self) -> Script:
        """Make runs until every ship has fired as often as asked, or the time is up; wait while the range is fouled."""
        stage, runs = self.stage, self.runs
        end_ms = stage.briefing.window.end_ms
        self.rounds.extend([0] * runs.ships)
        yield Follow(legs=trim(stage.plan[self.unit], Window(start_ms=stage.now_ms, end_ms=runs.start_ms(0))))
        run = 0
        while min(self.rounds) < runs.asked:
            yield from self._wait_for_clear()
            if self.picture.fouled_ms is not None or stage.now_ms > runs.latest_ms:
                break
            yield from self._make(run)
            run += 1
        yield Signal(name=_OVER)
        if stage.now_ms < end_ms:
            yield Follow(legs=(self._stay(end_ms),))

    def _stay(self, until_ms: int) -> Leg:
        window = Window(start_ms=self.stage.now_ms, end_ms=until_ms)
        return hold(self.stage.position(self.unit), window, serial=self.runs.serial)

    def _wait_for_clear(self) -> Script:
        """Lie at the end of the run while the range is fouled, for as long as another run could still begin."""
        picture, latest_ms = self.picture, self.runs.latest_ms
        yield from picture.update()
        while picture.fouled_ms is not None and self.stage.now_ms < latest_ms:
            wake = yield Follow(legs=(self._stay(latest_ms),), heeds=RANGE_NEWS)
            if wake.reason in RANGE_NEWS:
                picture.hear(wake)
            yield from picture.update()

    def _make(self, run: int) -> Script:
        """One run past the target, and what came of it for every ship of the column."""
        runs, start_ms = self.runs, self.stage.now_ms
        leg = runs.run(self.frame, self.place, run, start_ms)
        fire_ms = start_ms + runs.fire_after_ms(run, self.place)
        yield Follow(legs=trim((leg,), Window(start_ms=start_ms, end_ms=fire_ms)))
        yield from self.picture.update()
        if self.rounds[self.place] < runs.asked:
            yield from self._fire_unless_fouled(leg, run)
        yield Follow(legs=trim((leg,), Window(start_ms=self.stage.now_ms, end_ms=leg.end_ms)))
        yield from self.picture.update()
        for ship in range(runs.ships):
            from_ms = start_ms + runs.fire_after_ms(run, ship)
            self.rounds[ship] += self.picture.was_clear(Window(start_ms=from_ms, end_ms=from_ms + runs.firing_ms))

    def _fire_unless_fouled(self, leg: Leg, run: int) -> Script:
        """Fire while the range stays clear."""
        begun_ms = self.stage.now_ms
        if self.picture.fouled_ms is not None:
            yield Record(kind="firing.checked", text=f"{self.unit} checks fire, run {run + 1}", data={"run": run + 1})
            return
        yield self.firing(run)
        part = trim((leg,), Window(start_ms=begun_ms, end_ms=begun_ms + self.runs.firing_ms))
        wake = yield Follow(legs=part, heeds=frozenset({WakeReason.FOULED}))
        if wake.reason is WakeReason.FOULED:
            self.picture.hear(wake)
            data = {"run": run + 1, "fired_ms": self.stage.now_ms - begun_ms}
            yield Record(kind="firing.ceased", text=f"{self.unit} ceases fire, run {run + 1}", data=data)


def lay_until_over(stage: Stage[Any], legs: tuple[Leg, ...], runs: FiringRuns) -> Script:
    """What a ship that laid the target does: keep off while there may be a run, then come back for it.

    Args:
        stage: of the serial.
        legs: of the ship, as planned.
        runs: as planned.
    """
    end_ms, back_ms = legs[-1].end_ms, min(runs.start_ms(runs.count), legs[-1].end_ms)
    yield Follow(legs=trim(legs, Window(start_ms=legs[0].start_ms, end_ms=back_ms)))
    back = trim(legs, Window(start_ms=back_ms, end_ms=end_ms))
    under_way_ms = sum(leg.duration_ms for leg in back if not leg.is_wait)
    yield Await(name=_OVER, timeout_ms=max(0, end_ms - under_way_ms - stage.now_ms))
    later = shift(back, stage.now_ms - back_ms)
    yield Follow(legs=trim(later, Window(start_ms=stage.now_ms, end_ms=end_ms)))
