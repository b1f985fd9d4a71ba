/** Track: where one unit is at any instant, from vertices in time. */

import { bearingDeg, between, distanceM, unwrap, type Point } from "./sphere";

/** Longer legs are cut, so that straight lines between vertices lie on the great circle to within 20 m. */
const LONGEST_PIECE_M = 30_000;

export interface Vertex extends Point {
  readonly timeMs: number;
  readonly heightM: number;
}

export interface Motion extends Point {
  readonly heightM: number;
  /** True course; undefined for a unit that lies still. */
  readonly courseDeg: number | undefined;
  readonly speedMps: number;
}

export class Track {
  readonly vertices: readonly Vertex[];

  /** Vertices in order of time; the height of a vertex holds until the next. */
  constructor(vertices: readonly Vertex[]) {
    this.vertices = densify(vertices);
  }

  get startMs(): number {
    return this.vertices[0]?.timeMs ?? Infinity;
  }

  get endMs(): number {
    return this.vertices[this.vertices.length - 1]?.timeMs ?? -Infinity;
  }

  /** Index of the last vertex at or before an instant; -1 before the first. */
  indexAt(timeMs: number): number {
    let [low, high] = [0, this.vertices.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.vertices[middle] as Vertex).timeMs <= timeMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Motion at an instant; undefined before the track begins and after it ends. */
  at(timeMs: number): Motion | undefined {
    const index = this.indexAt(timeMs);
    const a = this.vertices[index];
    if (a === undefined || timeMs > this.endMs) return undefined;
    const b = this.vertices[index + 1];
    if (b === undefined) return { ...position(a, a, 0), heightM: a.heightM, courseDeg: undefined, speedMps: 0 };
    const span = b.timeMs - a.timeMs;
    const moved = distanceM(a, b);
    const still = moved < 1 || span <= 0;
    return {
      ...position(a, b, span > 0 ? (timeMs - a.timeMs) / span : 1),
      heightM: a.heightM,
      courseDeg: still ? undefined : bearingDeg(a, b),
      speedMps: still ? 0 : (moved * 1000) / span,
    };
  }
}

function position(a: Point, b: Point, fraction: number): Point {
  return { lat: a.lat + (b.lat - a.lat) * fraction, lon: a.lon + (b.lon - a.lon) * fraction };
}

function densify(vertices: readonly Vertex[]): Vertex[] {
  const out: Vertex[] = [];
  let previous: Vertex | undefined;
  for (const given of vertices) {
    const vertex: Vertex = previous === undefined ? given : { ...given, lon: unwrap(given.lon, previous.lon) };
    if (previous !== undefined) {
      const pieces = Math.ceil(distanceM(previous, vertex) / LONGEST_PIECE_M);
      for (let piece = 1; piece < pieces; piece += 1) {
        const fraction = piece / pieces;
        const timeMs = previous.timeMs + (vertex.timeMs - previous.timeMs) * fraction;
        out.push({ ...between(previous, vertex, fraction), timeMs, heightM: previous.heightM });
      }
    }
    out.push(vertex);
    previous = vertex;
  }
  return out;
}
