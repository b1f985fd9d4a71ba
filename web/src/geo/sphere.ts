/** Great circles on a sphere: enough for drawing; every number that a reader sees is computed on the ellipsoid before. */

export interface Point {
  readonly lat: number;
  readonly lon: number;
}

/** Mean radius of the WGS-84 ellipsoid in metres (IUGG, 2a+b over 3). */
export const EARTH_RADIUS_M = 6371008.8;

const RADIANS = Math.PI / 180;

/** Longitude within half a turn of a reference, so that shapes over 180° stay in one piece. */
export function unwrap(lon: number, reference: number): number {
  return lon - 360 * Math.round((lon - reference) / 360);
}

export function distanceM(a: Point, b: Point): number {
  return EARTH_RADIUS_M * angle(a, b);
}

/** True bearing of the great circle at its start, 0 up to 360. */
export function bearingDeg(a: Point, b: Point): number {
  const [lat1, lat2] = [a.lat * RADIANS, b.lat * RADIANS];
  const dLon = (b.lon - a.lon) * RADIANS;
  const east = Math.sin(dLon) * Math.cos(lat2);
  const north = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLon);
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}

/** Where a great circle ends that leaves a point on a bearing. The longitude stays near the start's. */
export function destination(from: Point, bearing: number, distance: number): Point {
  const [lat, course, arc] = [from.lat * RADIANS, bearing * RADIANS, distance / EARTH_RADIUS_M];
  const sinLat = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(course);
  const east = Math.sin(course) * Math.sin(arc) * Math.cos(lat);
  const dLon = Math.atan2(east, Math.cos(arc) - Math.sin(lat) * sinLat);
  return { lat: Math.asin(Math.max(-1, Math.min(1, sinLat))) / RADIANS, lon: from.lon + dLon / RADIANS };
}

/** The point at a fraction of the great circle from a to b. The longitude stays near a's. */
export function between(a: Point, b: Point, fraction: number): Point {
  const arc = angle(a, b);
  if (arc < 1e-12) return a;
  const [wa, wb] = [Math.sin((1 - fraction) * arc) / Math.sin(arc), Math.sin(fraction * arc) / Math.sin(arc)];
  const [p, q] = [vector(a), vector(b)];
  const [x, y, z] = [wa * p[0] + wb * q[0], wa * p[1] + wb * q[1], wa * p[2] + wb * q[2]];
  return { lat: Math.atan2(z, Math.hypot(x, y)) / RADIANS, lon: unwrap(Math.atan2(y, x) / RADIANS, a.lon) };
}

function angle(a: Point, b: Point): number {
  const [lat1, lat2] = [a.lat * RADIANS, b.lat * RADIANS];
  const half = Math.sin((lat2 - lat1) / 2) ** 2;
  const across = Math.sin(((b.lon - a.lon) * RADIANS) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(half + Math.cos(lat1) * Math.cos(lat2) * across)));
}

function vector(point: Point): [number, number, number] {
  const [lat, lon] = [point.lat * RADIANS, point.lon * RADIANS];
  return [Math.cos(lat) * Math.cos(lon), Math.cos(lat) * Math.sin(lon), Math.sin(lat)];
}
