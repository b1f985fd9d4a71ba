/** Mercator, as nautical charts use it: world coordinates in radians, y to the north. */

import type { Point } from "./sphere";

const RADIANS = Math.PI / 180;
const MAX_LAT = 85;

export function worldX(lon: number): number {
  return lon * RADIANS;
}

export function worldY(lat: number): number {
  const clamped = Math.max(-MAX_LAT, Math.min(MAX_LAT, lat));
  return Math.asinh(Math.tan(clamped * RADIANS));
}

export function unproject(x: number, y: number): Point {
  return { lat: Math.atan(Math.sinh(y)) / RADIANS, lon: x / RADIANS };
}
