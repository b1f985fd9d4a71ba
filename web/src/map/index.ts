/** Map: the plan's water on one canvas, at the clock's instant. */

import { nationSign, type Spot } from "../canvas/draw";
import { readPalette, type Palette } from "../canvas/palette";
import { createSurface, type Surface } from "../canvas/surface";
import { element } from "../dom";
import type { Point } from "../geo/sphere";
import type { FindingMark, Plan, Unit } from "../model";
import { knots } from "../quantity";
import type { Clock } from "../time/clock";
import { HOUR_MS } from "../time/format";
import { drawGraticule, drawLand, drawPlaces, drawScale, drawSea, prepareLand } from "./base";
import { installGestures } from "./gestures";
import type { Rect } from "./labels";
import { drawAreas, drawExercises, drawReservations } from "./shapes";
import { createSprites } from "./symbols";
import { drawTracks } from "./tracks";
import { drawUnits, unitsOut, type Drawn } from "./units";
import { centreOn, fit, toScreen, zoomAt, type Size, type View } from "./view";

export const LAYERS = {
  actual: "Tracks sailed",
  planned: "Planned tracks",
  areas: "Exercise areas",
  reservations: "Danger areas and claims",
  context: "Other exercises, observers",
  names: "Names",
  findings: "Findings with a place",
} as const;

export type Layer = keyof typeof LAYERS;

export interface MapOptions {
  readonly plan: Plan;
  readonly clock: Clock;
  /** Called when a reader picks a unit, with an empty id when none. */
  readonly onSelect?: (id: string) => void;
  /** Called when a reader picks the marker of a finding. */
  readonly onFinding?: (number: number) => void;
}

export interface MapState {
  readonly view: View;
  readonly units: readonly { readonly id: string; readonly lat: number; readonly lon: number; readonly x: number; readonly y: number }[];
}

export interface MapHandle {
  readonly layers: ReadonlySet<Layer>;
  readonly selected: string;
  setLayer(layer: Layer, on: boolean): void;
  /** How far tracks reach back and ahead of the instant, in milliseconds. */
  setReach(reachMs: number): void;
  select(id: string): void;
  show(point: Point, scale?: number): void;
  showHome(): void;
  showAll(): void;
  zoom(factor: number): void;
  /** What is on the screen now, for tests and for pages that react to it. */
  state(): MapState;
  /** Reads the style sheet again and paints at once. */
  repaint(density?: number): void;
  destroy(): void;
}

export const REACH_MS = 6 * HOUR_MS;

const MARGIN_PX = 36;
const FARTHEST_RATIO = 0.8;
const HINT_MS = 1800;

export function installMap(host: HTMLElement, options: MapOptions): MapHandle {
  const { plan, clock } = options;
  const land = prepareLand(plan.coast);
  const sprites = createSprites();
  const layers = new Set(Object.keys(LAYERS) as Layer[]);
  const ground = document.createElement("canvas");
  let inks: Palette = readPalette(host);
  let drawn: Drawn = { shown: [], choices: new Map(), targets: [] };
  let findings: { mark: FindingMark; rect: Rect }[] = [];
  let placeNames: readonly Rect[] = [];
  let view: View = { x: 0, y: 0, scale: 0 };
  let [selected, groundKey, moved, reachMs] = ["", "", false, REACH_MS];

  host.classList.add("ws-map");
  const stage = element("div", {
    class: "ws-map-stage",
    tabindex: 0,
    role: "application",
    "aria-label": "Map of the exercise. Arrow keys pan, plus and minus zoom, 0 returns. The list beside it says the same in words.",
  });
  const tip = element("div", { class: "ws-tip", hidden: true });
  const hint = element("div", { class: "ws-hint", hidden: true, "aria-hidden": "true" });
  host.append(stage, tip, hint);

  const size = (): Size => surface;
  const visible = (unit: Unit): boolean => !unit.observer || layers.has("context");

  function paintGround(): void {
    const key = [view.x, view.y, view.scale, surface.width, surface.height, surface.density, inks.sea, inks.ink].join(" ");
    if (key === groundKey) return;
    groundKey = key;
    ground.width = surface.canvas.width;
    ground.height = surface.canvas.height;
    const context = ground.getContext("2d") as CanvasRenderingContext2D;
    context.setTransform(surface.density, 0, 0, surface.density, 0, 0);
    drawSea(context, surface, inks);
    drawLand(context, land, view, surface, inks);
    drawGraticule(context, view, surface, inks);
    placeNames = drawPlaces(context, plan.places, view, surface, inks);
  }

  function paint(context: CanvasRenderingContext2D, on: Surface): void {
    if (view.scale === 0 || !moved) view = fit(plan.home, on, MARGIN_PX);
    paintGround();
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.drawImage(ground, 0, 0);
    context.restore();
    const { timeMs } = clock;
    const units = plan.units.filter(visible);
    const taken: Rect[] = [...placeNames];
    if (layers.has("areas")) drawAreas(context, plan.areas, view, on, inks, taken);
    if (layers.has("context")) drawExercises(context, plan.exercises, timeMs, view, on, inks, taken);
    if (layers.has("reservations")) drawReservations(context, plan.reservations, timeMs, view, on, inks, taken);
    const trackStyle = { selected, planned: layers.has("planned"), actual: layers.has("actual"), reachMs };
    drawTracks(context, units, timeMs, view, on, inks, trackStyle);
    taken.push(drawScale(context, view, on, inks));
    findings = layers.has("findings") ? drawFindings(context, plan.findings, view, on, inks) : [];
    const tools = { inks, sprites, density: on.density };
    drawn = drawUnits(context, unitsOut(units, timeMs), view, on, tools, {
      selected,
      names: layers.has("names"),
      taken: [...taken, ...findings.map((entry) => entry.rect)],
      before: drawn.choices,
    });
  }

  const surface = createSurface(stage, paint);
  const show = (next: View): void => {
    [view, moved] = [next, true];
    surface.invalidate();
  };

  const zoom = (spot: Spot, factor: number): void => {
    // Beyond everything there is no coast to be seen.
    const least = fit(plan.everything, surface, MARGIN_PX).scale * FARTHEST_RATIO;
    show(zoomAt(view, surface, spot, factor, Math.min(least, view.scale)));
  };

  function unitAt(spot: Spot): string {
    return drawn.targets.findLast(({ rect }) => contains(rect, spot))?.id ?? "";
  }

  function hover(spot: Spot | undefined): void {
    const entry = spot === undefined ? undefined : drawn.shown.find(({ unit }) => unit.id === unitAt(spot));
    stage.style.cursor = entry === undefined ? "" : "pointer";
    tip.hidden = entry === undefined || spot === undefined;
    if (entry === undefined || spot === undefined) return;
    const { unit, motion } = entry;
    const course = motion.courseDeg === undefined ? "stopped" : `${course3(motion.courseDeg)}, ${knots(motion.speedMps).toFixed(1)} kn`;
    const detail = [unit.platform, unit.observer ? unit.activity || "does not take part" : "", course];
    tip.replaceChildren(
      element("b", {}, `${unit.nation.code} ${unit.name}${unit.hull === "" ? "" : ` ${unit.hull}`}`),
      ...detail.filter((text) => text !== "").map((text) => element("span", {}, text)),
    );
    const right = spot.x > surface.width / 2;
    tip.style.left = right ? "" : `${spot.x + 14}px`;
    tip.style.right = right ? `${surface.width - spot.x + 14}px` : "";
    tip.style.top = `${Math.max(4, Math.min(surface.height - 70, spot.y + 10))}px`;
  }

  let hintTimer = 0;
  function refuse(how: "wheel" | "finger"): void {
    hint.textContent = how === "wheel" ? "Click the map, or hold Ctrl, to zoom with the wheel" : "Move the map with two fingers";
    hint.hidden = false;
    clearTimeout(hintTimer);
    hintTimer = window.setTimeout(() => (hint.hidden = true), HINT_MS);
  }

  const handle: MapHandle = {
    layers,
    get selected() {
      return selected;
    },
    setLayer(layer, on) {
      if (on) layers.add(layer);
      else layers.delete(layer);
      surface.invalidate();
    },
    setReach(next) {
      reachMs = next;
      surface.invalidate();
    },
    select(id) {
      if (id === selected) return;
      selected = id;
      surface.invalidate();
      options.onSelect?.(id);
    },
    show(point, scale) {
      show(centreOn(scale === undefined ? view : { ...view, scale }, point));
    },
    showHome() {
      moved = false;
      surface.invalidate();
    },
    showAll() {
      show(fit(plan.everything, surface, MARGIN_PX));
    },
    zoom(factor) {
      zoom({ x: surface.width / 2, y: surface.height / 2 }, factor);
    },
    state: () => ({
      view,
      units: drawn.shown.map(({ unit, motion, at }) => ({ id: unit.id, lat: motion.lat, lon: motion.lon, ...at })),
    }),
    repaint(density) {
      inks = readPalette(host);
      surface.paintNow(density);
    },
    destroy() {
      unwatch();
      ungesture();
      surface.destroy();
      host.replaceChildren();
    },
  };

  const ungesture = installGestures({
    element: stage,
    size,
    view: () => view,
    show,
    zoom,
    home: handle.showHome,
    click(spot) {
      const finding = findings.find(({ rect }) => contains(rect, spot));
      if (finding !== undefined) options.onFinding?.(finding.mark.number);
      else handle.select(unitAt(spot));
    },
    hover,
    refused: refuse,
  });
  host.append(buttons(handle));
  const unwatch = clock.watch(() => surface.invalidate());
  return handle;
}

function buttons(map: MapHandle): HTMLElement {
  const button = (text: string, label: string, act: () => void): HTMLElement => {
    const made = element("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", act);
    return made;
  };
  return element(
    "div",
    { class: "ws-map-buttons", role: "group", "aria-label": "Map view" },
    button("+", "Zoom in", () => map.zoom(1.6)),
    button("−", "Zoom out", () => map.zoom(1 / 1.6)),
    button("Exercise", "Show the exercise areas", () => map.showHome()),
    button("All", "Show every track", () => map.showAll()),
  );
}

/** Numbered markers; the shape says how severe, as in the list of findings. */
function drawFindings(
  context: CanvasRenderingContext2D,
  marks: readonly FindingMark[],
  view: View,
  size: Size,
  inks: Palette,
): { mark: FindingMark; rect: Rect }[] {
  const drawn: { mark: FindingMark; rect: Rect }[] = [];
  context.font = `700 9.5px ${inks.font}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const mark of marks) {
    let { x, y } = toScreen(view, size, mark);
    if (x < -10 || y < -10 || x > size.width + 10 || y > size.height + 10) continue;
    while (drawn.some(({ rect }) => Math.abs(rect.x + 9 - x) < 17 && Math.abs(rect.y + 9 - y) < 17)) x += 18;
    const shape = mark.severity === "error" ? "square" : mark.severity === "warning" ? "triangle" : "ring";
    const radius = mark.severity === "warning" ? 11 : 8.5;
    const filled = mark.severity !== "advice";
    if (filled) nationSign(context, shape, { x, y }, radius + 1.5, { ink: inks.paper, paper: inks.paper });
    nationSign(context, shape, { x, y }, radius, { ink: inks.ink, paper: inks.paper });
    context.fillStyle = filled ? inks.paper : inks.ink;
    context.fillText(String(mark.number), x, y + (mark.severity === "warning" ? 2 : 0.5));
    drawn.push({ mark, rect: { x: x - 9, y: y - 9, width: 18, height: 18 } });
  }
  return drawn;
}

function contains(rect: Rect, spot: Spot): boolean {
  return spot.x >= rect.x && spot.x <= rect.x + rect.width && spot.y >= rect.y && spot.y <= rect.y + rect.height;
}

function course3(degrees: number): string {
  return String(Math.round(degrees) % 360).padStart(3, "0");
}
