/** Drawing of the programme chart: axis, nights, rows, bars, the line of the clock. */

import { hatch, haloText, shorten } from "../canvas/draw";
import type { Palette } from "../canvas/palette";
import type { Span } from "../model";
import { clockTime, DAY_MS, dayMonth, dayTime, offset } from "../time/format";
import { tickStep, ticks, type Bar, type RowModel } from "./layout";

export const ROW_PX = 22;
export const PHASE_PX = 24;

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly gutter: number;
  readonly span: Span;
  readonly localOffsetMs: number;
}

export function axisHeight(localOffsetMs: number): number {
  return localOffsetMs === 0 ? 36 : 52;
}

export function rowHeight(row: RowModel): number {
  return row.kind === "phase" ? PHASE_PX : ROW_PX;
}

export function chartHeight(rows: readonly RowModel[], localOffsetMs: number): number {
  return axisHeight(localOffsetMs) + rows.reduce((sum, row) => sum + rowHeight(row), 0) + 6;
}

export function xOf(frame: Frame, timeMs: number): number {
  const share = (timeMs - frame.span.startMs) / (frame.span.endMs - frame.span.startMs);
  return frame.gutter + share * (frame.width - frame.gutter);
}

export function timeOf(frame: Frame, x: number): number {
  const share = (x - frame.gutter) / (frame.width - frame.gutter);
  return frame.span.startMs + share * (frame.span.endMs - frame.span.startMs);
}

/** Clips to the part right of the names. */
function inBody(context: CanvasRenderingContext2D, frame: Frame, draw: () => void): void {
  context.save();
  context.beginPath();
  context.rect(frame.gutter, 0, frame.width - frame.gutter, frame.height);
  context.clip();
  draw();
  context.restore();
}

export function drawNights(
  context: CanvasRenderingContext2D,
  frame: Frame,
  nights: readonly Span[],
  inks: Palette,
): void {
  inBody(context, frame, () => {
    context.fillStyle = inks.night;
    for (const night of nights) {
      const x = xOf(frame, night.startMs);
      context.fillRect(x, axisHeight(frame.localOffsetMs), xOf(frame, night.endMs) - x, frame.height);
    }
  });
}

export function drawAxis(context: CanvasRenderingContext2D, frame: Frame, inks: Palette): void {
  const msPerPixel = (frame.span.endMs - frame.span.startMs) / (frame.width - frame.gutter);
  const step = tickStep(msPerPixel, 40);
  const top = axisHeight(frame.localOffsetMs);
  inBody(context, frame, () => {
    context.textBaseline = "middle";
    context.setLineDash([]);
    for (const at of ticks(frame.span, step)) {
      const x = Math.round(xOf(frame, at)) + 0.5;
      const midnight = at % DAY_MS === 0;
      context.strokeStyle = inks.grid;
      context.lineWidth = midnight ? 1.2 : 0.6;
      context.beginPath();
      context.moveTo(x, midnight ? 0 : 18);
      context.lineTo(x, frame.height);
      context.stroke();
      context.textAlign = "left";
      context.fillStyle = inks.muted;
      context.font = `10px ${inks.font}`;
      if (step < DAY_MS) context.fillText(clockTime(at), x + 3, 26);
    }
    dayBand(context, frame, inks, { y: 10, offsetMs: 0, msPerPixel });
    if (frame.localOffsetMs !== 0) dayBand(context, frame, inks, { y: 43, offsetMs: frame.localOffsetMs, msPerPixel });
  });
  context.textAlign = "left";
  context.font = `10px ${inks.font}`;
  context.fillStyle = inks.muted;
  context.fillText("UTC (Z)", 2, 10);
  if (frame.localOffsetMs !== 0) context.fillText(`Local ${offset(frame.localOffsetMs)}`, 2, 43);
  context.strokeStyle = inks.muted;
  context.lineWidth = 0.8;
  context.beginPath();
  context.moveTo(0, top - 0.5);
  context.lineTo(frame.width, top - 0.5);
  context.stroke();
}

/** The days of one clock; a day that began before the left edge keeps its name in sight. */
function dayBand(
  context: CanvasRenderingContext2D,
  frame: Frame,
  inks: Palette,
  band: { y: number; offsetMs: number; msPerPixel: number },
): void {
  const step = Math.max(DAY_MS, tickStep(band.msPerPixel, 52));
  const local = band.offsetMs !== 0;
  const opening = { startMs: frame.span.startMs - step, endMs: frame.span.endMs };
  for (const at of ticks(opening, step, band.offsetMs)) {
    const [x, next] = [xOf(frame, at), xOf(frame, at + step)];
    const text = dayMonth(at, band.offsetMs);
    context.font = `${local ? "" : "600 "}10.5px ${inks.font}`;
    const width = context.measureText(text).width;
    const left = Math.max(x, frame.gutter) + 3;
    if (left + width > next || (x < frame.gutter && step > DAY_MS)) continue;
    if (local && x > frame.gutter) {
      context.strokeStyle = inks.grid;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, band.y - 7);
      context.lineTo(x, band.y + 8);
      context.stroke();
    }
    context.textAlign = "left";
    context.fillStyle = local ? inks.muted : inks.ink;
    context.fillText(text, left, band.y);
  }
}

export interface RowPlace {
  readonly row: RowModel;
  readonly top: number;
}

export function placeRows(rows: readonly RowModel[], localOffsetMs: number): RowPlace[] {
  let top = axisHeight(localOffsetMs);
  return rows.map((row) => {
    const place = { row, top };
    top += rowHeight(row);
    return place;
  });
}

export function drawRows(
  context: CanvasRenderingContext2D,
  frame: Frame,
  places: readonly RowPlace[],
  inks: Palette,
  chosen: string,
): void {
  for (const { row, top } of places) {
    if (row.kind === "phase") drawPhase(context, frame, row, top, inks);
    else drawRow(context, frame, row, top, inks, row.id === chosen);
  }
}

function drawPhase(context: CanvasRenderingContext2D, frame: Frame, row: RowModel, top: number, inks: Palette): void {
  const middle = top + PHASE_PX / 2 + 1;
  if (row.span !== undefined) {
    const { span } = row;
    inBody(context, frame, () => {
      const [from, to] = [xOf(frame, span.startMs), xOf(frame, span.endMs)];
      context.strokeStyle = inks.muted;
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(from + 0.5, middle + 4);
      context.lineTo(from + 0.5, middle + 8.5);
      context.lineTo(to - 0.5, middle + 8.5);
      context.lineTo(to - 0.5, middle + 4);
      context.stroke();
    });
  }
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.font = `700 10.5px ${inks.font}`;
  haloText(context, row.label.toUpperCase(), { x: 2, y: middle }, { ink: inks.ink, paper: inks.paper });
}

function drawRow(
  context: CanvasRenderingContext2D,
  frame: Frame,
  row: RowModel,
  top: number,
  inks: Palette,
  chosen: boolean,
): void {
  const middle = top + ROW_PX / 2;
  if (chosen) {
    context.fillStyle = inks.accent;
    context.globalAlpha = 0.12;
    context.fillRect(0, top, frame.width, ROW_PX);
    context.globalAlpha = 1;
  }
  context.strokeStyle = inks.grid;
  context.lineWidth = 0.5;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(0, top + ROW_PX);
  context.lineTo(frame.width, top + ROW_PX);
  context.stroke();
  context.textAlign = "left";
  context.textBaseline = "middle";
  context.fillStyle = inks.ink;
  context.font = `600 11.5px ${inks.font}`;
  context.fillText(shorten(context, row.label, frame.gutter - 8), 2, middle);
  const used = context.measureText(row.label).width + 10;
  context.font = `11.5px ${inks.font}`;
  context.fillStyle = inks.muted;
  if (frame.gutter - used > 30) context.fillText(shorten(context, row.detail, frame.gutter - used - 6), used, middle);
  inBody(context, frame, () => {
    for (const bar of row.bars) drawBar(context, frame, bar, middle, inks, row.kind === "unit");
  });
}

/** The plan as an outline, what happened as a bar inside it. */
function drawBar(
  context: CanvasRenderingContext2D,
  frame: Frame,
  bar: Bar,
  middle: number,
  inks: Palette,
  named: boolean,
): void {
  const { planned, actual, status } = bar.serial;
  let end = 0;
  if (actual !== undefined) {
    const x = xOf(frame, actual.startMs);
    const width = Math.max(2, xOf(frame, actual.endMs) - x);
    const box = { x, y: middle - 4, width, height: 8 };
    const path = new Path2D();
    path.rect(box.x, box.y, box.width, box.height);
    context.fillStyle = status === "completed" ? inks.bar : inks.paper;
    context.fill(path);
    if (status !== "completed") {
      hatch(context, path, box, { hatch: "rising", ink: inks.bar, gap: 4, line: 1.6 });
      context.strokeStyle = inks.bar;
      context.lineWidth = 1;
      context.stroke(path);
    }
    end = x + width;
  }
  if (planned !== undefined) {
    const x = xOf(frame, planned.startMs);
    const width = Math.max(3, xOf(frame, planned.endMs) - x);
    context.strokeStyle = inks.ink;
    context.lineWidth = 1;
    context.setLineDash(status === "not run" ? [3, 2] : []);
    context.strokeRect(Math.round(x) + 0.5, middle - 6.5, Math.round(width), 13);
    context.setLineDash([]);
    if (status === "not run") {
      context.beginPath();
      const half = Math.min(5, width / 2);
      const cx = x + width / 2;
      for (const slope of [-1, 1]) {
        context.moveTo(cx - half, middle - half * slope);
        context.lineTo(cx + half, middle + half * slope);
      }
      context.lineWidth = 1.4;
      context.stroke();
    }
    end = Math.max(end, x + width);
    if (named && width > 34) {
      context.font = `600 9.5px ${inks.font}`;
      context.textAlign = "center";
      context.fillStyle = actual === undefined || status !== "completed" ? inks.ink : inks.paper;
      const text = shorten(context, bar.serial.id, width - 4);
      if (actual === undefined || status !== "completed") {
        haloText(context, text, { x: x + width / 2, y: middle }, { ink: inks.ink, paper: inks.paper });
      } else context.fillText(text, x + width / 2, middle + 0.5);
    }
  }
  if (bar.note === "") return;
  context.font = `10.5px ${inks.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const width = context.measureText(bar.note).width;
  const start = planned === undefined ? end : Math.min(end, xOf(frame, planned.startMs));
  const x = end + 5 + width > frame.width ? start - 6 - width : end + 5;
  haloText(context, bar.note, { x, y: middle }, { ink: inks.ink, paper: inks.paper });
}

export function drawClockLine(context: CanvasRenderingContext2D, frame: Frame, timeMs: number, inks: Palette): void {
  const x = xOf(frame, timeMs);
  if (x < frame.gutter - 1 || x > frame.width + 1) return;
  context.strokeStyle = inks.accent;
  context.lineWidth = 2;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x, 16);
  context.lineTo(x, frame.height);
  context.stroke();
  const text = dayTime(timeMs);
  context.font = `700 10.5px ${inks.font}`;
  const width = context.measureText(text).width + 10;
  const left = Math.max(frame.gutter, Math.min(frame.width - width, x - width / 2));
  context.fillStyle = inks.accent;
  context.fillRect(left, 1, width, 17);
  context.fillStyle = inks.paper;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, left + width / 2, 10);
}
