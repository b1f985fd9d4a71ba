/** Timeline: the programme on one canvas, planned outline over actual bar, with the clock's line through it. */

import { readPalette, type Palette } from "../canvas/palette";
import { createSurface, type Surface } from "../canvas/surface";
import { element } from "../dom";
import type { Plan, Serial, Span } from "../model";
import type { Clock } from "../time/clock";
import {
  chartHeight, drawAxis, drawClockLine, drawNights, drawRows, placeRows, rowHeight, timeOf,
  type Frame, type RowPlace,
} from "./draw";
import { noteOf, serialRows, shiftInto, unitRows, zoomSpan, type Grouping } from "./layout";
import { programmeTable } from "./table";

export interface TimelineOptions {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly onSelect?: (serial: string) => void;
}

export interface TimelineHandle {
  readonly grouping: Grouping;
  readonly selected: string;
  readonly span: Span;
  setGrouping(grouping: Grouping): void;
  /** Marks a serial and goes to its start. */
  select(serial: string): void;
  zoom(factor: number): void;
  fit(): void;
  repaint(density?: number): void;
  destroy(): void;
}

const WIDE_GUTTER_PX = 210;
const NARROW_GUTTER_PX = 58;
const NARROW_PX = 620;
const CLICK_PX = 4;

export function installTimeline(host: HTMLElement, options: TimelineOptions): TimelineHandle {
  const { plan, clock } = options;
  const rowsOf = { serials: serialRows(plan), units: unitRows(plan) };
  let inks: Palette = readPalette(host);
  let grouping: Grouping = "serials";
  let [span, selected, places] = [plan.span, "", placeRows(rowsOf.serials, plan.localOffsetMs)];

  host.classList.add("ws-timeline");
  const stage = element("div", {
    class: "ws-timeline-stage",
    tabindex: 0,
    role: "application",
    "aria-label": "Programme chart. Up and down choose a serial, Enter goes to its start, left and right move the clock, plus and minus zoom.",
  });
  const says = element("p", { class: "ws-visually-hidden", "aria-live": "polite" });

  const frame = (on: Surface): Frame => ({
    width: on.width,
    height: on.height,
    gutter: on.width < NARROW_PX ? NARROW_GUTTER_PX : WIDE_GUTTER_PX,
    span,
    localOffsetMs: plan.localOffsetMs,
  });
  function paint(context: CanvasRenderingContext2D, on: Surface): void {
    const at = frame(on);
    context.fillStyle = inks.paper;
    context.fillRect(0, 0, on.width, on.height);
    drawNights(context, at, plan.nights, inks);
    drawAxis(context, at, inks);
    drawRows(context, at, places, inks, selected);
    drawClockLine(context, at, clock.timeMs, inks);
  }
  const fitHeight = (): void => {
    stage.style.height = `${chartHeight(rowsOf[grouping], plan.localOffsetMs)}px`;
  };
  host.append(stage, says, programmeTable(plan));
  fitHeight();
  const surface = createSurface(stage, paint);

  const handle: TimelineHandle = {
    get grouping() {
      return grouping;
    },
    get selected() {
      return selected;
    },
    get span() {
      return span;
    },
    setGrouping(next) {
      [grouping, selected] = [next, ""];
      places = placeRows(rowsOf[next], plan.localOffsetMs);
      fitHeight();
      surface.invalidate();
    },
    select(id) {
      const serial = plan.serials.find((one) => one.id === id);
      if (serial === undefined) return;
      selected = grouping === "serials" ? id : selected;
      const start = (serial.actual ?? serial.planned)?.startMs;
      if (start !== undefined) clock.set(start);
      surface.invalidate();
      options.onSelect?.(id);
    },
    zoom(factor) {
      span = zoomSpan(span, plan.span, Math.max(span.startMs, Math.min(span.endMs, clock.timeMs)), factor);
      surface.invalidate();
    },
    fit() {
      span = plan.span;
      surface.invalidate();
    },
    repaint(density) {
      inks = readPalette(host);
      surface.paintNow(density);
    },
    destroy() {
      unwatch();
      stop.abort();
      surface.destroy();
      host.replaceChildren();
    },
  };

  const stop = new AbortController();
  installPointer(stage, stop.signal, {
    frame: () => frame(surface),
    places: () => places,
    scrub: (timeMs) => clock.set(timeMs),
    pick: (id) => handle.select(id),
    zoomAt(timeMs, factor) {
      span = zoomSpan(span, plan.span, timeMs, factor);
      surface.invalidate();
    },
  });
  stage.addEventListener("keydown", (event) => onKey(event, handle, plan, places, says), { signal: stop.signal });
  const unwatch = clock.watch(() => {
    const length = span.endMs - span.startMs;
    const { timeMs } = clock;
    if (timeMs < span.startMs || timeMs > span.endMs) {
      span = shiftInto({ startMs: timeMs - length / 2, endMs: timeMs + length / 2 }, plan.span);
    }
    surface.invalidate();
  });
  return handle;
}

interface PointerTarget {
  frame(): Frame;
  places(): readonly RowPlace[];
  scrub(timeMs: number): void;
  pick(serial: string): void;
  zoomAt(timeMs: number, factor: number): void;
}

/** A drag moves the clock; a click on a bar or a name goes to its serial; the wheel zooms with Ctrl. */
function installPointer(stage: HTMLElement, signal: AbortSignal, target: PointerTarget): void {
  const spotOf = (event: PointerEvent | WheelEvent): { x: number; y: number } => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  let start: { x: number; y: number } | undefined;
  let dragging = false;
  stage.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0) return;
      [start, dragging] = [spotOf(event), false];
      stage.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  stage.addEventListener(
    "pointermove",
    (event) => {
      const spot = spotOf(event);
      const frame = target.frame();
      if (start === undefined || start.x < frame.gutter) return;
      dragging ||= Math.abs(spot.x - start.x) > CLICK_PX;
      if (dragging) target.scrub(timeOf(frame, Math.max(frame.gutter, spot.x)));
    },
    { signal },
  );
  stage.addEventListener(
    "pointerup",
    (event) => {
      if (start === undefined || dragging) {
        start = undefined;
        return;
      }
      start = undefined;
      const [spot, frame] = [spotOf(event), target.frame()];
      const place = target.places().find(({ row, top }) => spot.y >= top && spot.y < top + rowHeight(row));
      const timeMs = timeOf(frame, spot.x);
      const serial = place === undefined ? undefined : hit(place, spot.x < frame.gutter ? undefined : timeMs);
      if (serial !== undefined) target.pick(serial.id);
      else if (spot.x >= frame.gutter) target.scrub(timeMs);
    },
    { signal },
  );
  stage.addEventListener("pointercancel", () => (start = undefined), { signal });
  stage.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      target.zoomAt(timeOf(target.frame(), spotOf(event).x), Math.exp(-event.deltaY / 300));
    },
    { signal, passive: false },
  );
}

/** The serial under a time in a row; the row's first where its name was clicked. */
function hit(place: RowPlace, timeMs: number | undefined): Serial | undefined {
  if (timeMs === undefined) return place.row.bars[0]?.serial;
  const covers = (span: Span | undefined): boolean =>
    span !== undefined && span.startMs <= timeMs && timeMs <= span.endMs;
  return place.row.bars.find(({ serial }) => covers(serial.actual) || covers(serial.planned))?.serial;
}

function onKey(
  event: KeyboardEvent,
  timeline: TimelineHandle,
  plan: Plan,
  places: readonly RowPlace[],
  says: HTMLElement,
): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const order = places.flatMap(({ row }) => (row.kind === "serial" ? [row.id] : []));
  const move = (by: number): void => {
    if (order.length === 0) return;
    const index = order.indexOf(timeline.selected);
    const next = index < 0 ? (by > 0 ? 0 : order.length - 1) : Math.max(0, Math.min(order.length - 1, index + by));
    const id = order[next] as string;
    timeline.select(id);
    const serial = plan.serials.find((one) => one.id === id) as Serial;
    says.textContent = `${serial.id} ${serial.name || serial.type}: ${noteOf(serial) || "as planned"}`;
  };
  const acts: Readonly<Record<string, () => void>> = {
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    Enter: () => timeline.select(timeline.selected),
    "+": () => timeline.zoom(1.6),
    "=": () => timeline.zoom(1.6),
    "-": () => timeline.zoom(1 / 1.6),
    "0": () => timeline.fit(),
  };
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

