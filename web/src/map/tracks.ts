/** Tracks: planned dashed from the instant on, sailed solid up to it, the chosen unit's whole and with marks at hours. */

import { nationSign } from "../canvas/draw";
import type { Palette } from "../canvas/palette";
import { worldX, worldY } from "../geo/mercator";
import type { Track } from "../geo/track";
import type { Unit } from "../model";
import { HOUR_MS } from "../time/format";
import { toScreen, type Size, type View } from "./view";

export interface TrackStyle {
  readonly selected: string;
  readonly planned: boolean;
  readonly actual: boolean;
  /** How far lines reach back and ahead of the instant; the chosen unit's are always whole. */
  readonly reachMs: number;
}

/** Track vertices in world coordinates, made once for each track. */
const projected = new WeakMap<Track, { xs: Float64Array; ys: Float64Array }>();

function world(track: Track): { xs: Float64Array; ys: Float64Array } {
  const known = projected.get(track);
  if (known !== undefined) return known;
  const made = {
    xs: Float64Array.from(track.vertices, (vertex) => worldX(vertex.lon)),
    ys: Float64Array.from(track.vertices, (vertex) => worldY(vertex.lat)),
  };
  projected.set(track, made);
  return made;
}

/** The line from one instant to another, cut exactly at both. */
function line(track: Track, fromMs: number, untilMs: number, view: View, size: Size): Path2D {
  const { xs, ys } = world(track);
  const path = new Path2D();
  const first = Math.max(0, track.indexAt(fromMs) + 1);
  const last = Math.min(xs.length - 1, track.indexAt(untilMs));
  let begun = false;
  const add = (x: number, y: number): void => {
    if (begun) path.lineTo(x, y);
    else path.moveTo(x, y);
    begun = true;
  };
  const start = track.at(fromMs);
  if (start !== undefined) {
    const { x, y } = toScreen(view, size, start);
    add(x, y);
  }
  for (let index = first; index <= last; index += 1) {
    const x = size.width / 2 + ((xs[index] as number) - view.x) * view.scale;
    add(x, size.height / 2 - ((ys[index] as number) - view.y) * view.scale);
  }
  const end = track.at(untilMs);
  if (end !== undefined) {
    const { x, y } = toScreen(view, size, end);
    add(x, y);
  }
  return path;
}

export function drawTracks(
  context: CanvasRenderingContext2D,
  units: readonly Unit[],
  timeMs: number,
  view: View,
  size: Size,
  inks: Palette,
  style: TrackStyle,
): void {
  context.lineJoin = "round";
  for (const unit of units) {
    const chosen = unit.id === style.selected;
    const reach = chosen ? Infinity : style.reachMs;
    if (style.planned && unit.planned !== undefined && !unit.observer) {
      context.strokeStyle = inks.planned;
      context.lineWidth = chosen ? 2 : 1;
      context.globalAlpha = style.selected === "" || chosen ? 1 : 0.35;
      context.setLineDash([5, 4]);
      context.stroke(line(unit.planned, chosen ? -Infinity : timeMs, timeMs + reach, view, size));
    }
    if (style.actual && unit.actual !== undefined) {
      const ink = unit.observer ? inks.context : inks.ink;
      context.strokeStyle = ink;
      context.lineWidth = chosen ? 2.6 : unit.observer ? 1.2 : 1.3;
      context.globalAlpha = style.selected === "" || chosen ? 0.9 : 0.3;
      context.setLineDash(unit.observer ? [1, 3] : []);
      context.stroke(line(unit.actual, timeMs - reach, timeMs, view, size));
      context.setLineDash([]);
      if (chosen) drawHourMarks(context, unit, unit.actual, timeMs, view, size, { ink, paper: inks.paper });
    }
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Marks at hours that keep a decent distance at this scale. */
function drawHourMarks(
  context: CanvasRenderingContext2D,
  unit: Unit,
  track: Track,
  timeMs: number,
  view: View,
  size: Size,
  inks: { ink: string; paper: string },
): void {
  const span = Math.min(timeMs, track.endMs) - track.startMs;
  const step = [1, 3, 6, 12, 24].find((hours) => span / (hours * HOUR_MS) <= 40) ?? 24;
  for (let at = Math.ceil(track.startMs / (step * HOUR_MS)) * step * HOUR_MS; at <= timeMs; at += step * HOUR_MS) {
    const motion = track.at(at);
    if (motion !== undefined) nationSign(context, unit.nation.shape, toScreen(view, size, motion), 3.2, inks);
  }
}
