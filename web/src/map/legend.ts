/** Legend: what lines, patterns and shapes mean, and which of them are shown. */

import { hatch, nationSign, polyline } from "../canvas/draw";
import { readPalette, type Palette } from "../canvas/palette";
import { element } from "../dom";
import type { Nation, Plan } from "../model";
import { HOUR_MS } from "../time/format";
import { LAYERS, REACH_MS, type Layer, type MapHandle } from "./index";
import { HATCHES } from "./shapes";

const SWATCH = { width: 34, height: 16 };

const REACHES: readonly (readonly [reachMs: number, text: string])[] = [
  [2 * HOUR_MS, "2 h back and ahead"],
  [REACH_MS, "6 h back and ahead"],
  [24 * HOUR_MS, "24 h back and ahead"],
  [Infinity, "the whole exercise"],
];

type Draw = (context: CanvasRenderingContext2D, inks: Palette) => void;

/** What the legend says of a hazard that the plan has. */
const HAZARDS: Readonly<Record<string, string>> = {
  firing: "Firing, in force",
  flying: "Flying, in force",
  underwater: "Work under water, in force",
  towing: "Towing, in force",
  manoeuvre: "Manoeuvre, in force",
  exercise: "Exercise, in force",
  warning: "Warning, in force",
};

export interface LegendHandle {
  repaint(): void;
}

export function installLegend(host: HTMLElement, map: MapHandle, plan: Plan): LegendHandle {
  const swatches: { canvas: HTMLCanvasElement; draw: Draw }[] = [];
  const swatch = (draw: Draw): HTMLCanvasElement => {
    const canvas = element("canvas", { class: "ws-swatch", "aria-hidden": "true" });
    swatches.push({ canvas, draw });
    return canvas;
  };
  const entry = (draw: Draw, text: string): HTMLElement => element("li", {}, swatch(draw), element("span", {}, text));

  const toggles = (Object.keys(LAYERS) as Layer[]).map((layer) => {
    const box = element("input", { type: "checkbox", checked: map.layers.has(layer) });
    box.addEventListener("change", () => map.setLayer(layer, box.checked));
    return element("li", {}, element("label", {}, box, element("span", {}, LAYERS[layer])));
  });
  const reach = element(
    "select",
    {},
    ...REACHES.map(([reachMs, text]) => element("option", { value: reachMs, selected: reachMs === REACH_MS }, text)),
  );
  reach.addEventListener("change", () => map.setReach(Number(reach.value)));
  const hazards = [...new Set(plan.reservations.map((reservation) => reservation.hazard))].filter((name) => name in HAZARDS);
  const signs = [
    ...plan.nations.map((nation) => entry(nationDraw(nation), nationText(nation))),
    entry(lineDraw([], "ink", 1.6), "Track sailed"),
    entry(lineDraw([5, 4], "planned", 1.2), "Planned track"),
    entry(boxDraw([], "area", 1, undefined), "Exercise area"),
    ...hazards.map((name) => entry(boxDraw([], "danger", 1.6, name), HAZARDS[name] as string)),
    ...(plan.reservations.length > 0 ? [entry(boxDraw([2, 4], "danger", 0.8, undefined), "Claim, not in force now")] : []),
    ...(plan.exercises.length > 0 ? [entry(boxDraw([12, 4, 2, 4], "context", 1.2, undefined), "Somebody else's exercise")] : []),
    ...(plan.units.some((unit) => unit.observer) ? [entry(lineDraw([1, 3], "context", 1.4), "Observer: square frame, name in italics")] : []),
  ];
  host.classList.add("ws-legend");
  host.replaceChildren(
    element("h4", {}, "Shown"),
    element("ul", { class: "ws-toggles" }, ...toggles),
    element("label", { class: "ws-reach" }, element("span", {}, "Tracks reach"), reach),
    element("h4", {}, "Signs"),
    element("ul", { class: "ws-signs" }, ...signs),
    element("p", { class: "ws-note" }, "Symbols are APP-6: a round or arched frame takes part, a square one does not. The line ahead of a symbol is its course."),
  );
  const repaint = (): void => {
    const inks = readPalette(host);
    for (const { canvas, draw } of swatches) {
      canvas.width = SWATCH.width * 2;
      canvas.height = SWATCH.height * 2;
      const context = canvas.getContext("2d") as CanvasRenderingContext2D;
      context.setTransform(2, 0, 0, 2, 0, 0);
      draw(context, inks);
    }
  };
  repaint();
  return { repaint };
}

function nationText(nation: Nation): string {
  return nation.participant ? nation.code : `${nation.code}, does not take part`;
}

function nationDraw(nation: Nation): Draw {
  return (context, inks) =>
    nationSign(context, nation.shape, { x: SWATCH.width / 2, y: SWATCH.height / 2 }, 4.5, { ink: inks.ink, paper: inks.paper });
}

function lineDraw(dash: readonly number[], ink: "ink" | "planned" | "context", width: number): Draw {
  return (context, inks) => {
    context.strokeStyle = inks[ink];
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke(polyline([{ x: 2, y: SWATCH.height / 2 }, { x: SWATCH.width - 2, y: SWATCH.height / 2 }], false));
  };
}

function boxDraw(dash: readonly number[], ink: "area" | "danger" | "context", width: number, hazard: string | undefined): Draw {
  return (context, inks) => {
    const box = { x: 2, y: 2, width: SWATCH.width - 4, height: SWATCH.height - 4 };
    const path = new Path2D();
    path.rect(box.x, box.y, box.width, box.height);
    const pattern = hazard === undefined ? undefined : HATCHES[hazard];
    if (pattern !== undefined) hatch(context, path, box, { hatch: pattern, ink: inks[ink], gap: 5, line: 0.8 });
    context.strokeStyle = inks[ink];
    context.lineWidth = width;
    context.setLineDash([...dash]);
    context.stroke(path);
  };
}
