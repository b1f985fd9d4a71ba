/** Layout: the programme as rows and ticks. Pure. */

import type { Plan, Serial, Span } from "../model";
import { DAY_MS, duration, HOUR_MS, MINUTE_MS } from "../time/format";

export interface Bar {
  readonly serial: Serial;
  /** How it went, in a few words; empty where it went as planned. */
  readonly note: string;
}

export interface RowModel {
  readonly kind: "phase" | "serial" | "unit";
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly span: Span | undefined;
  readonly bars: readonly Bar[];
}

export type Grouping = "serials" | "units";

/** Lateness that is worth a word. */
const LATE_MS = MINUTE_MS;

export function noteOf(serial: Serial): string {
  if (serial.status === "not run") return "not run";
  const late =
    serial.planned !== undefined && serial.actual !== undefined ? serial.actual.startMs - serial.planned.startMs : 0;
  const words: string[] = [];
  if (late >= LATE_MS) words.push(`${duration(late)} late`);
  if (late <= -LATE_MS) words.push(`${duration(late)} early`);
  if (serial.status === "cut short") words.push("cut short");
  return words.join(", ");
}

function startOf(serial: Serial): number {
  return serial.planned?.startMs ?? serial.actual?.startMs ?? Infinity;
}

function byStart(a: Serial, b: Serial): number {
  return startOf(a) - startOf(b) || (a.id < b.id ? -1 : 1);
}

/** One row for each serial, under its phase; phases in order of time. */
export function serialRows(plan: Plan): RowModel[] {
  const rows: RowModel[] = [];
  const phases = [...plan.phases].sort((a, b) => a.span.startMs - b.span.startMs);
  const known = new Set(phases.map((phase) => phase.id));
  const add = (serials: readonly Serial[]): void => {
    for (const serial of [...serials].sort(byStart)) {
      const bars = [{ serial, note: noteOf(serial) }];
      rows.push({ kind: "serial", id: serial.id, label: serial.id, detail: serial.name || serial.type, span: undefined, bars });
    }
  };
  for (const phase of phases) {
    rows.push({ kind: "phase", id: phase.id, label: phase.name || phase.id, detail: "", span: phase.span, bars: [] });
    add(plan.serials.filter((serial) => serial.phase === phase.id));
  }
  const loose = plan.serials.filter((serial) => !known.has(serial.phase));
  if (loose.length > 0 && phases.length > 0) {
    rows.push({ kind: "phase", id: "", label: "In no phase", detail: "", span: undefined, bars: [] });
  }
  add(loose);
  return rows;
}

/** One row for each unit that has a serial, with the bars of its serials. */
export function unitRows(plan: Plan): RowModel[] {
  return plan.units
    .filter((unit) => !unit.observer)
    .map((unit): RowModel => {
      const own = plan.serials.filter((serial) => serial.units.includes(unit.id)).sort(byStart);
      const bars = own.map((serial) => ({ serial, note: "" }));
      return { kind: "unit", id: unit.id, label: unit.nation.code, detail: unit.name, span: undefined, bars };
    })
    .filter((row) => row.bars.length > 0);
}

const STEPS_MS = [
  5 * MINUTE_MS, 10 * MINUTE_MS, 15 * MINUTE_MS, 30 * MINUTE_MS,
  HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS, 6 * HOUR_MS, 12 * HOUR_MS,
  DAY_MS, 2 * DAY_MS, 7 * DAY_MS, 14 * DAY_MS, 28 * DAY_MS,
];

/** The finest step of a time axis whose ticks keep a distance. */
export function tickStep(msPerPixel: number, leastPx: number): number {
  return STEPS_MS.find((step) => step / msPerPixel >= leastPx) ?? (STEPS_MS[STEPS_MS.length - 1] as number);
}

/** Multiples of a step within a span, counted on a clock that is ahead of UTC by an offset. */
export function ticks(span: Span, stepMs: number, offsetMs = 0): number[] {
  const out: number[] = [];
  const first = Math.ceil((span.startMs + offsetMs) / stepMs) * stepMs - offsetMs;
  for (let at = first; at <= span.endMs; at += stepMs) out.push(at);
  return out;
}

/** A span made shorter or longer around an instant, kept inside its limits and not under an hour. */
export function zoomSpan(span: Span, limits: Span, atMs: number, factor: number): Span {
  const most = limits.endMs - limits.startMs;
  const length = Math.min(most, Math.max(Math.min(HOUR_MS, most), (span.endMs - span.startMs) / factor));
  const share = (atMs - span.startMs) / (span.endMs - span.startMs);
  return shiftInto({ startMs: atMs - share * length, endMs: atMs + (1 - share) * length }, limits);
}

/** A span of the same length, moved inside its limits. */
export function shiftInto(span: Span, limits: Span): Span {
  const length = Math.min(span.endMs - span.startMs, limits.endMs - limits.startMs);
  const startMs = Math.min(limits.endMs - length, Math.max(limits.startMs, span.startMs));
  return { startMs, endMs: startMs + length };
}
