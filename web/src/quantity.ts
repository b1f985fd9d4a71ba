/** Every conversion factor of the pages lives here, as in quantity.py. */

export const NAUTICAL_MILE_M = 1852;
export const KNOT_MPS = NAUTICAL_MILE_M / 3600;

export function knots(speedMps: number): number {
  return speedMps / KNOT_MPS;
}
