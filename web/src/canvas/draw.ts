/** Small drawing words shared by the map and the chart. */

import type { NationShape } from "../model";

export interface Spot {
  readonly x: number;
  readonly y: number;
}

/** A path through points, closed on demand. */
export function polyline(points: readonly Spot[], closed: boolean): Path2D {
  const path = new Path2D();
  points.forEach(({ x, y }, index) => (index === 0 ? path.moveTo(x, y) : path.lineTo(x, y)));
  if (closed) path.closePath();
  return path;
}

export type Hatch = "rising" | "falling" | "level" | "upright" | "crossed";

const SLOPES: Record<Hatch, readonly number[]> = {
  rising: [-45],
  falling: [45],
  level: [0],
  upright: [90],
  crossed: [-45, 45],
};

/** Parallel lines inside a path. Patterns carry the meaning that colour must not carry alone. */
export function hatch(
  context: CanvasRenderingContext2D,
  path: Path2D,
  box: { x: number; y: number; width: number; height: number },
  style: { hatch: Hatch; ink: string; gap: number; line: number },
): void {
  const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2];
  const reach = Math.hypot(box.width, box.height) / 2;
  context.save();
  context.clip(path);
  context.strokeStyle = style.ink;
  context.lineWidth = style.line;
  context.setLineDash([]);
  context.beginPath();
  for (const slope of SLOPES[style.hatch]) {
    const [cos, sin] = [Math.cos((slope * Math.PI) / 180), Math.sin((slope * Math.PI) / 180)];
    // Lines stand at multiples of the gap from the origin, so that a pattern does not swim while its shape moves.
    const middle = -sin * cx + cos * cy;
    const first = Math.ceil((middle - reach) / style.gap);
    for (let index = first; index * style.gap <= middle + reach; index += 1) {
      const away = index * style.gap - middle;
      const [px, py] = [cx - sin * away, cy + cos * away];
      context.moveTo(px - cos * reach, py - sin * reach);
      context.lineTo(px + cos * reach, py + sin * reach);
    }
  }
  context.stroke();
  context.restore();
}

/** The sign of a nation: a small shape, its hole filled with paper. */
export function nationSign(
  context: CanvasRenderingContext2D,
  shape: NationShape,
  at: Spot,
  radius: number,
  inks: { ink: string; paper: string },
): void {
  const { x, y } = at;
  const r = radius;
  context.save();
  context.beginPath();
  context.lineWidth = Math.max(1, r * 0.4);
  context.strokeStyle = inks.ink;
  context.fillStyle = inks.ink;
  switch (shape) {
    case "disc":
    case "ring":
      context.arc(x, y, r * 0.95, 0, 2 * Math.PI);
      break;
    case "square":
    case "box":
      context.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
      break;
    case "triangle":
    case "wedge": {
      const up = shape === "triangle" ? 1 : -1;
      context.moveTo(x, y - up * r * 1.1);
      context.lineTo(x + r, y + up * r * 0.75);
      context.lineTo(x - r, y + up * r * 0.75);
      context.closePath();
      break;
    }
    case "diamond":
      context.moveTo(x, y - r * 1.2);
      context.lineTo(x + r, y);
      context.lineTo(x, y + r * 1.2);
      context.lineTo(x - r, y);
      context.closePath();
      break;
    case "cross":
      context.moveTo(x - r, y - r);
      context.lineTo(x + r, y + r);
      context.moveTo(x + r, y - r);
      context.lineTo(x - r, y + r);
      break;
  }
  if (shape === "ring" || shape === "box" || shape === "wedge") {
    context.fillStyle = inks.paper;
    context.fill();
    context.stroke();
  } else if (shape === "cross") context.stroke();
  else context.fill();
  context.restore();
}

/** Text with a halo of paper, so that it stays readable over lines. */
export function haloText(
  context: CanvasRenderingContext2D,
  text: string,
  at: Spot,
  inks: { ink: string; paper: string },
): void {
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.setLineDash([]);
  context.strokeStyle = inks.paper;
  context.strokeText(text, at.x, at.y);
  context.fillStyle = inks.ink;
  context.fillText(text, at.x, at.y);
}

/** Text cut to a width, with an ellipsis. */
export function shorten(context: CanvasRenderingContext2D, text: string, width: number): string {
  if (context.measureText(text).width <= width) return text;
  const letters = [...text];
  const head = (count: number): string => `${letters.slice(0, count).join("").trimEnd()}…`;
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (context.measureText(head(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? "" : head(low);
}
