/** Shapes: areas, claims on water and air, and other people's exercises. Line and pattern tell them apart. */

import { hatch, haloText, polyline, type Hatch, type Spot } from "../canvas/draw";
import type { Palette } from "../canvas/palette";
import { destination, type Point } from "../geo/sphere";
import { covers, type MovingBox, type Reservation, type Plan } from "../model";
import { overlap, type Rect } from "./labels";
import { toScreen, type Size, type View } from "./view";

/** Pattern by kind of hazard; the legend shows the same. */
export const HATCHES: Readonly<Record<string, Hatch>> = {
  firing: "rising",
  flying: "upright",
  underwater: "level",
  towing: "falling",
  manoeuvre: "falling",
  exercise: "falling",
  warning: "crossed",
};

/** Corners of a moving box at an instant; undefined where it is not yet or no longer anywhere. */
export function boxAt(box: MovingBox, timeMs: number): Point[] | undefined {
  const motion = box.track.at(timeMs);
  if (motion === undefined) return undefined;
  const course = motion.courseDeg ?? lastCourse(box, timeMs);
  const bow = destination(motion, course, box.aheadM);
  const stern = destination(motion, course + 180, box.asternM);
  return [
    destination(bow, course - 90, box.abeamM),
    destination(bow, course + 90, box.abeamM),
    destination(stern, course + 90, box.abeamM),
    destination(stern, course - 90, box.abeamM),
  ];
}

/** A box that waits keeps the course on which it came. */
function lastCourse(box: MovingBox, timeMs: number): number {
  for (let index = box.track.indexAt(timeMs); index > 0; index -= 1) {
    const course = box.track.at((box.track.vertices[index] as { timeMs: number }).timeMs - 1)?.courseDeg;
    if (course !== undefined) return course;
  }
  return 0;
}

export function ringAt(reservation: Reservation, timeMs: number): readonly Point[] | undefined {
  return "track" in reservation.shape ? boxAt(reservation.shape, timeMs) : reservation.shape;
}

export function isActive(reservation: Reservation, timeMs: number): boolean {
  return reservation.spans.some((span) => covers(span, timeMs));
}

interface Outline {
  readonly path: Path2D;
  readonly box: Rect;
  readonly onScreen: boolean;
}

function outline(ring: readonly Point[], view: View, size: Size): Outline {
  const spots = ring.map((point) => toScreen(view, size, point));
  const [xs, ys] = [spots.map((spot) => spot.x), spots.map((spot) => spot.y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const box = { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
  const onScreen = x < size.width && y < size.height && x + box.width > 0 && y + box.height > 0;
  return { path: polyline(spots, true), box, onScreen };
}

const NAME_PX = 14;

interface NameStyle {
  readonly ink: string;
  readonly paper: string;
  readonly font: string;
  /** Shown even where it is wider than its shape. */
  readonly always: boolean;
}

/** A name over, under or inside the edge of a shape, wherever it covers no other name; returns what it covers. */
function nameShape(
  context: CanvasRenderingContext2D,
  text: string,
  box: Rect,
  size: Size,
  style: NameStyle,
  taken: readonly Rect[],
): Rect[] {
  context.font = style.font;
  const width = context.measureText(text).width;
  if (!style.always && width > box.width + 30) return [];
  const x = Math.max(4, Math.min(size.width - width - 4, box.x + (box.width - width) / 2));
  const [above, below] = [box.y - NAME_PX - 2, box.y + box.height + 2];
  const tops = [above, below, box.y + 2, below - NAME_PX - 4, above - NAME_PX, below + NAME_PX];
  const costs = tops.map((y, index) => {
    const rect = { x, y, width, height: NAME_PX };
    const off = y < 24 || y + NAME_PX > size.height ? width * NAME_PX : 0;
    return off + index + taken.reduce((sum, other) => sum + overlap(rect, other), 0);
  });
  const best = costs.indexOf(Math.min(...costs));
  const y = Math.max(26, tops[best] as number);
  context.textAlign = "left";
  context.textBaseline = "bottom";
  haloText(context, text, { x, y: y + NAME_PX }, { ink: style.ink, paper: style.paper });
  return [{ x, y, width, height: NAME_PX }];
}

/** Room for a name on a spot inside a shape. */
function around(spot: Spot, width: number): Rect {
  return { x: spot.x - width / 2, y: spot.y - NAME_PX / 2, width, height: NAME_PX };
}

export function drawAreas(
  context: CanvasRenderingContext2D,
  areas: Plan["areas"],
  view: View,
  size: Size,
  inks: Palette,
  names: Rect[],
): void {
  for (const area of areas) {
    const { path, box, onScreen } = outline(area.ring, view, size);
    if (!onScreen) continue;
    context.strokeStyle = inks.area;
    context.lineWidth = 1;
    context.setLineDash([]);
    context.stroke(path);
    const style = { ink: inks.area, paper: inks.sea, font: `600 10.5px ${inks.font}`, always: false };
    const place = area.at === undefined ? box : around(toScreen(view, size, area.at), box.width);
    names.push(...nameShape(context, area.name.toUpperCase(), place, size, style, names));
  }
}

export function drawExercises(
  context: CanvasRenderingContext2D,
  exercises: Plan["exercises"],
  timeMs: number,
  view: View,
  size: Size,
  inks: Palette,
  names: Rect[],
): void {
  for (const other of exercises) {
    if (other.ring.length === 0) continue;
    const { path, box, onScreen } = outline(other.ring, view, size);
    if (!onScreen) continue;
    const active = covers(other.span, timeMs);
    if (active) hatch(context, path, box, { hatch: "falling", ink: inks.context, gap: 14, line: 0.7 });
    context.strokeStyle = inks.context;
    context.lineWidth = active ? 1.8 : 1;
    context.setLineDash([12, 4, 2, 4]);
    context.stroke(path);
    context.setLineDash([]);
    const text = `${other.name} (${other.participants.join(" ")})${active ? "" : ", not under way"}`;
    const style = { ink: inks.context, paper: inks.sea, font: `italic 11px ${inks.font}`, always: active };
    names.push(...nameShape(context, text, box, size, style, names));
  }
}

/** Claims, hatched while in force; the claims of one serial share one name. The list beside the map has them all. */
export function drawReservations(
  context: CanvasRenderingContext2D,
  reservations: readonly Reservation[],
  timeMs: number,
  view: View,
  size: Size,
  inks: Palette,
  names: Rect[],
): void {
  const labels = new Map<string, { text: string; box: Rect; ink: string }>();
  for (const reservation of reservations) {
    const active = isActive(reservation, timeMs);
    const moving = "track" in reservation.shape;
    const ring = active || !moving ? ringAt(reservation, timeMs) : undefined;
    if (ring === undefined || ring.length === 0) continue;
    const { path, box, onScreen } = outline(ring, view, size);
    if (!onScreen) continue;
    const pattern = HATCHES[reservation.hazard];
    const ink = pattern === undefined ? inks.area : inks.danger;
    if (active && pattern !== undefined) {
      hatch(context, path, box, { hatch: pattern, ink, gap: 8, line: 0.8 });
    }
    context.strokeStyle = ink;
    context.lineWidth = active ? 1.8 : 0.8;
    context.setLineDash(active ? (reservation.standing ? [7, 3] : []) : [2, 4]);
    context.stroke(path);
    context.setLineDash([]);
    if (!active) continue;
    const { standing, name, owner, hazard } = reservation;
    const key = standing ? reservation.id : owner;
    const label = labels.get(key) ?? { text: standing ? `${name} (in force)` : owner, box, ink };
    if (!standing && pattern !== undefined && !label.text.includes(hazard)) {
      label.text += `${label.text === owner ? " " : ", "}${hazard}`;
      label.ink = ink;
    }
    labels.set(key, label);
  }
  for (const { text, box, ink } of labels.values()) {
    const style = { ink, paper: inks.sea, font: `600 11px ${inks.font}`, always: true };
    names.push(...nameShape(context, text, box, size, style, names));
  }
}
