/** Units: symbols, courses and names at an instant. */

import { haloText, nationSign, shorten, type Spot } from "../canvas/draw";
import type { Palette } from "../canvas/palette";
import { destination, distanceM } from "../geo/sphere";
import type { Motion } from "../geo/track";
import type { Unit } from "../model";
import { HOUR_MS } from "../time/format";
import { layout, type Layout, type Mark, type Rect, type Row } from "./labels";
import type { SpriteBox } from "./symbols";
import { toScreen, type Size, type View } from "./view";

const SYMBOL_PX = 19;
const ROW_SYMBOL_PX = 15;
const ROW_SYMBOL_EDGE_PX = 21;
const ROW_PX = 20;
const CROWD_PX = 26;
const NAME_PX = 150;
const SIGN_PX = 12;
/** An aircraft this near its ship, at no height, is on deck. */
const ON_DECK_M = 300;

export interface Shown {
  readonly unit: Unit;
  readonly motion: Motion;
  readonly at: Spot;
}

/** Units that are out at an instant; aircraft on deck or on the ground are left to the list beside the map. */
export function unitsOut(units: readonly Unit[], timeMs: number): { unit: Unit; motion: Motion }[] {
  const out: { unit: Unit; motion: Motion }[] = [];
  for (const unit of units) {
    const motion = unit.actual?.at(timeMs);
    if (motion !== undefined && !isParked(unit, motion, units, timeMs)) out.push({ unit, motion });
  }
  return out;
}

/** Whether an aircraft is on its ship's deck or on the ground. */
export function isParked(unit: Unit, motion: Motion, units: readonly Unit[], timeMs: number): boolean {
  if (unit.medium !== "air" || motion.heightM > 0) return false;
  const carrier = units.find((other) => other.id === unit.carrier)?.actual?.at(timeMs);
  if (carrier !== undefined) return distanceM(carrier, motion) < ON_DECK_M;
  return motion.courseDeg === undefined;
}

export interface UnitsOptions {
  readonly selected: string;
  readonly names: boolean;
  readonly taken: readonly Rect[];
  readonly before: ReadonlyMap<string, number>;
}

export interface Drawn {
  readonly shown: readonly Shown[];
  readonly choices: ReadonlyMap<string, number>;
  /** Where a pointer meets which unit, last drawn last. */
  readonly targets: readonly { readonly id: string; readonly rect: Rect }[];
}

export function drawUnits(
  context: CanvasRenderingContext2D,
  out: readonly { unit: Unit; motion: Motion }[],
  view: View,
  size: Size,
  tools: { inks: Palette; sprites: SpriteBox; density: number },
  options: UnitsOptions,
): Drawn {
  const { inks } = tools;
  const shown = out
    .map(({ unit, motion }) => ({ unit, motion, at: toScreen(view, size, motion) }))
    .filter(({ at }) => at.x > -40 && at.y > -40 && at.x < size.width + 40 && at.y < size.height + 40);
  const byId = new Map(shown.map((entry) => [entry.unit.id, entry]));
  const texts = new Map<string, string>();
  const marks = shown.map(({ unit, at }): Mark => {
    context.font = nameFont(unit, unit.id === options.selected, inks);
    const text = options.names ? nameOf(context, unit) : "";
    texts.set(unit.id, text);
    return { id: unit.id, x: at.x, y: at.y, width: options.names ? SIGN_PX + context.measureText(text).width : 0 };
  });
  const made = layout(marks, {
    width: size.width,
    height: size.height,
    crowdPx: CROWD_PX,
    symbolPx: 24,
    rowSymbolPx: ROW_SYMBOL_EDGE_PX,
    rowPx: ROW_PX,
    taken: options.taken,
    before: options.before,
  });
  drawLeaders(context, made, inks);
  for (const entry of shown) drawCourse(context, entry, view, size, inks);
  drawBackings(context, made, inks);
  const targets: { id: string; rect: Rect }[] = [];
  for (const row of made.rows) {
    const entry = byId.get(row.id) as Shown;
    const chosen = row.id === options.selected;
    if (row.tiedTo !== undefined) {
      nationSign(context, entry.unit.nation.shape, row.tiedTo, 3, { ink: inks.ink, paper: inks.paper });
      targets.push({ id: row.id, rect: around(row.tiedTo, 6) });
    }
    const name = drawRow(context, row, entry.unit, texts.get(row.id) ?? "", chosen, tools);
    targets.push({ id: row.id, rect: name });
  }
  for (const id of made.inPlace) {
    const { unit, at } = byId.get(id) as Shown;
    if (id === options.selected) drawRing(context, at, 17, inks);
    drawSymbol(context, unit, at, SYMBOL_PX, tools);
    targets.push({ id, rect: around(at, 13) });
  }
  return { shown, choices: made.choices, targets };
}

function nameOf(context: CanvasRenderingContext2D, unit: Unit): string {
  const count = unit.count > 1 ? ` ×${unit.count}` : "";
  return `${unit.nation.code} ${shorten(context, unit.name, NAME_PX)}${count}`;
}

function nameFont(unit: Unit, chosen: boolean, inks: Palette): string {
  return `${unit.observer ? "italic " : ""}${chosen ? 700 : 500} 11.5px ${inks.font}`;
}

function around(at: Spot, reach: number): Rect {
  return { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach };
}

function drawLeaders(context: CanvasRenderingContext2D, made: Layout, inks: Palette): void {
  context.strokeStyle = inks.muted;
  context.lineWidth = 0.7;
  context.setLineDash([]);
  context.beginPath();
  for (const row of made.rows) {
    if (row.tiedTo === undefined) continue;
    const elbow = row.at.x + (row.side === "right" ? -9 : 9);
    context.moveTo(row.tiedTo.x, row.tiedTo.y);
    context.lineTo(elbow, row.at.y);
    context.lineTo(row.at.x, row.at.y);
  }
  context.stroke();
}

/** A ground of paper behind the rows of a cluster. */
function drawBackings(context: CanvasRenderingContext2D, made: Layout, inks: Palette): void {
  context.fillStyle = inks.paper;
  context.globalAlpha = 0.82;
  for (const block of made.blocks) {
    const tied = made.rows.some((row) => row.tiedTo !== undefined && within(row.at, block));
    if (tied) context.fillRect(block.x - 2, block.y - 1, block.width + 4, block.height + 2);
  }
  context.globalAlpha = 1;
}

function within(spot: Spot, rect: Rect): boolean {
  return (
    spot.x >= rect.x - 0.5 &&
    spot.x <= rect.x + rect.width + 0.5 &&
    spot.y >= rect.y &&
    spot.y <= rect.y + rect.height
  );
}

/** One name, with its symbol where it is a row; returns what it covers. */
function drawRow(
  context: CanvasRenderingContext2D,
  row: Row,
  unit: Unit,
  text: string,
  chosen: boolean,
  tools: { inks: Palette; sprites: SpriteBox; density: number },
): Rect {
  const { inks } = tools;
  const tied = row.tiedTo !== undefined;
  const away = row.side === "right" ? 1 : -1;
  const start = row.at.x + (tied ? away * (ROW_SYMBOL_EDGE_PX + 3) : 0);
  context.font = nameFont(unit, chosen, inks);
  const width = context.measureText(text).width;
  const top = { y: row.at.y - ROW_PX / 2, height: ROW_PX };
  if (tied) {
    const middle = { x: row.at.x + (away * ROW_SYMBOL_EDGE_PX) / 2, y: row.at.y };
    if (chosen) drawRing(context, middle, 10, inks);
    drawSymbol(context, unit, middle, ROW_SYMBOL_PX, tools);
  }
  if (text !== "") {
    const left = away > 0 ? start : start - width - SIGN_PX;
    const sign = { x: left + 5, y: row.at.y };
    nationSign(context, unit.nation.shape, sign, 3.4, { ink: inks.ink, paper: inks.paper });
    context.textAlign = "left";
    context.textBaseline = "middle";
    haloText(context, text, { x: left + SIGN_PX, y: row.at.y + 0.5 }, { ink: inks.ink, paper: inks.paper });
  }
  const reach = Math.abs(start - row.at.x) + (text === "" ? 0 : width + SIGN_PX);
  return { x: away > 0 ? row.at.x : row.at.x - reach, width: reach, ...top };
}

function drawSymbol(
  context: CanvasRenderingContext2D,
  unit: Unit,
  at: Spot,
  sizePx: number,
  tools: { inks: Palette; sprites: SpriteBox; density: number },
): void {
  const sprite = tools.sprites.sprite(unit.sidc, sizePx, tools.density, tools.inks);
  const { picture, anchor } = sprite;
  const whole = (value: number): number => Math.round(value * tools.density) / tools.density;
  const [width, height] = [picture.width / tools.density, picture.height / tools.density];
  context.drawImage(picture, whole(at.x - anchor.x), whole(at.y - anchor.y), width, height);
}

function drawRing(context: CanvasRenderingContext2D, at: Spot, radius: number, inks: Palette): void {
  context.strokeStyle = inks.accent;
  context.lineWidth = 2;
  context.setLineDash([]);
  context.beginPath();
  context.arc(at.x, at.y, radius, 0, 2 * Math.PI);
  context.stroke();
}

/** A line ahead: where the unit will be in half an hour, kept between a stub and a length that does not mislead. */
function drawCourse(context: CanvasRenderingContext2D, entry: Shown, view: View, size: Size, inks: Palette): void {
  const { motion, at } = entry;
  if (motion.courseDeg === undefined) return;
  const ahead = toScreen(view, size, destination(motion, motion.courseDeg, (motion.speedMps * HOUR_MS) / 2 / 1000));
  const length = Math.hypot(ahead.x - at.x, ahead.y - at.y);
  if (length < 1) return;
  const wanted = Math.max(20, Math.min(48, length));
  context.strokeStyle = inks.ink;
  context.lineWidth = 1.2;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(at.x, at.y);
  context.lineTo(at.x + ((ahead.x - at.x) * wanted) / length, at.y + ((ahead.y - at.y) * wanted) / length);
  context.stroke();
}
