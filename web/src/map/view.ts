/** View: which part of the world stands where on the screen. Pure numbers. */

import { unproject, worldX, worldY } from "../geo/mercator";
import type { Point } from "../geo/sphere";
import type { Spot } from "../canvas/draw";
import type { Bounds } from "../model";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Centre in Mercator radians, and pixels to one of them. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** From the whole world across a phone to some 5 m in a pixel. */
const SCALES = { least: 40, most: 1_300_000 };

export function toScreen(view: View, size: Size, point: Point): Spot {
  return {
    x: size.width / 2 + (worldX(point.lon) - view.x) * view.scale,
    y: size.height / 2 - (worldY(point.lat) - view.y) * view.scale,
  };
}

export function toWorld(view: View, size: Size, spot: Spot): Point {
  return unproject(view.x + (spot.x - size.width / 2) / view.scale, view.y - (spot.y - size.height / 2) / view.scale);
}

/** Bigger by a factor, with the place under a spot kept there, and no smaller than a least scale. */
export function zoomAt(view: View, size: Size, spot: Spot, factor: number, least = SCALES.least): View {
  const scale = Math.min(SCALES.most, Math.max(least, view.scale * factor));
  const shift = 1 / view.scale - 1 / scale;
  return {
    x: view.x + (spot.x - size.width / 2) * shift,
    y: limit(view.y - (spot.y - size.height / 2) * shift),
    scale,
  };
}

export function panBy(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: limit(view.y + dy / view.scale) };
}

export function centreOn(view: View, point: Point): View {
  return { ...view, x: worldX(point.lon), y: limit(worldY(point.lat)) };
}

/** The closest view that shows bounds whole, with a margin in pixels. */
export function fit(bounds: Bounds, size: Size, margin: number): View {
  const [west, east] = [worldX(bounds.west), worldX(bounds.east)];
  const [south, north] = [worldY(bounds.south), worldY(bounds.north)];
  const [across, down] = [Math.max(1, size.width - 2 * margin), Math.max(1, size.height - 2 * margin)];
  const scale = Math.min(across / Math.max(1e-6, east - west), down / Math.max(1e-6, north - south));
  return {
    x: (west + east) / 2,
    y: (south + north) / 2,
    scale: Math.min(SCALES.most, Math.max(SCALES.least, scale)),
  };
}

/** Metres to a pixel at the middle of a view. */
export function metresPerPixel(view: View, earthRadiusM: number): number {
  return earthRadiusM / (view.scale * Math.cosh(view.y));
}

function limit(y: number): number {
  return Math.max(-3.1, Math.min(3.1, y));
}
