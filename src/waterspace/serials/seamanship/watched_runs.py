"""Runs past a target where the danger area is watched: check fire, wait until it is clear, make the round again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from waterspace.domain import RANGE_NEWS, Await, Follow, Record, Signal, WakeReason, Window
from waterspace.geometry.legs import hold, shift, trim
from waterspace.notation import format_duration
from waterspace.serials.seamanship.patterns import pieces

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

    Each ship signals when it has fired to the end of its time, and counts the rounds of all; so the ships go on making
    runs together until everybody has fired as often as asked.

    Attributes:
        stage: of the serial.
        unit: the ship.
        place: of the ship in the column.
        runs: as planned.
        frame: at the firing point.
        picture: what the ship knows of the range.
        firing: what is logged when it opens fire, by the number of the run from 0.
        left: place of each ship that has still to fire to how often; filled while the script goes on.
    """

    stage: Stage[Any]
    unit: str
    place: int
    runs: FiringRuns
    frame: Frame
    picture: Picture
    firing: Callable[[int], Record]
    left: dict[int, int] = field(default_factory=dict)

    def script(self) -> Script:
        """Make runs until every ship has fired as often as asked, or the time is up; wait while the range is fouled."""
        stage, runs = self.stage, self.runs
        end_ms = stage.briefing.window.end_ms
        self.left.update(dict.fromkeys(range(runs.ships), runs.asked))
        yield Follow(legs=trim(stage.plan[self.unit], Window(start_ms=stage.now_ms, end_ms=runs.start_ms(0))))
        run = 0
        while self.left:
            yield from self._wait_for_clear()
            if self.picture.is_fouled or stage.now_ms > runs.latest_ms:
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
        picture, latest_ms, begun_ms = self.picture, self.runs.latest_ms, self.stage.now_ms
        yield from picture.update()
        while picture.is_fouled and self.stage.now_ms < latest_ms:
            wake = yield Follow(legs=(self._stay(latest_ms),), heeds=RANGE_NEWS)
            if wake.reason in RANGE_NEWS:
                picture.hear(wake)
            yield from picture.update()
        waited_ms = self.stage.now_ms - begun_ms
        if waited_ms:
            text = f"{self.unit} has waited {format_duration(waited_ms)} for a clear range"
            yield Record(kind="firing.waited", text=text, data={"waited_ms": waited_ms})

    def _make(self, run: int) -> Script:
        """One run past the target, and what came of it for every ship of the column."""
        runs, fouls = self.runs, self.picture.fouls_count
        leg = runs.run(self.frame, self.place, run, self.stage.now_ms)
        fire_ms = leg.start_ms + runs.fire_after_ms(run, self.place)
        to_fire, while_firing, after = pieces((leg,), (fire_ms, fire_ms + runs.firing_ms))
        yield Follow(legs=to_fire)
        yield from self.picture.update()
        if self.place in self.left:
            yield from self._fire_unless_fouled(while_firing, run)
        else:
            yield Follow(legs=while_firing)
        yield Follow(legs=after)
        yield from self.picture.update()
        for ship in tuple(self.left):
            wake = yield Await(name=f"fired.{run}.{ship}", timeout_ms=0)
            if wake.reason is WakeReason.SIGNALLED:
                self.left[ship] -= 1
            is_out = wake.reason is not WakeReason.SIGNALLED and self.picture.fouls_count == fouls
            if is_out or not self.left[ship]:  # who did not fire on a clear range is no longer there
                del self.left[ship]

    def _fire_unless_fouled(self, part: tuple[Leg, ...], run: int) -> Script:
        """Fire while the range stays clear."""
        if self.picture.is_fouled:
            yield Record(kind="firing.checked", text=f"{self.unit} checks fire, run {run + 1}", data={"run": run + 1})
            yield Follow(legs=part)
            return
        begun_ms = self.stage.now_ms
        yield self.firing(run)
        wake = yield Follow(legs=part, heeds=frozenset({WakeReason.FOULED}))
        if wake.reason is not WakeReason.FOULED:
            yield Signal(name=f"fired.{run}.{self.place}")
            return
        self.picture.hear(wake)
        now_ms = self.stage.now_ms
        data = {"run": run + 1, "fired_ms": now_ms - begun_ms}
        yield Record(kind="firing.ceased", text=f"{self.unit} ceases fire, run {run + 1}", data=data)
        rest = shift(part, begun_ms - part[0].start_ms)
        yield Follow(legs=trim(rest, Window(start_ms=now_ms, end_ms=rest[-1].end_ms)))


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
