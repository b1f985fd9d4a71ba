/** The wire form of a report (written by waterspace.reports.payload) and its decoding. */

import { unwrap, type Point } from "./geo/sphere";
import { Track, type Vertex } from "./geo/track";
import type { Bounds, Nation, NationShape, Plan, SerialStatus, Severity, Span } from "./model";

/** Seconds after the payload's epoch. */
type WireSpan = readonly [start: number, end: number];

/** Degrees; east may run on beyond 180. */
type WireBounds = readonly [south: number, west: number, north: number, east: number];

/** Latitude and longitude by turns in units of 1/scale degrees, each pair after the first as difference. */
type WireRing = readonly number[];

/** Columns of equal length, as differences: seconds, latitude and longitude; heights as [index, metres] changes. */
interface WireTrack {
  readonly t: readonly number[];
  readonly lat: readonly number[];
  readonly lon: readonly number[];
  readonly h: readonly (readonly [index: number, height: number])[];
}

interface WireBox {
  readonly track: WireTrack;
  readonly ahead_m: number;
  readonly astern_m: number;
  readonly abeam_m: number;
}

export interface Payload {
  readonly payload: 1;
  readonly epoch_ms: number;
  readonly end_s: number;
  readonly start_s: number;
  readonly local_offset_s: number;
  readonly scale: { readonly track: number; readonly ring: number; readonly coast: number };
  readonly home: WireBounds;
  readonly everything: WireBounds;
  readonly nations: readonly { readonly code: string; readonly shape: NationShape; readonly participant: boolean }[];
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly hull: string;
    readonly nation: number;
    readonly platform: string;
    readonly medium: "surface" | "subsurface" | "air" | "shore";
    readonly sidc: string;
    readonly count: number;
    readonly carrier: string;
    readonly observer: boolean;
    readonly activity: string;
    readonly actual: WireTrack | null;
    readonly planned: WireTrack | null;
  }[];
  readonly areas: readonly {
    readonly id: string;
    readonly name: string;
    readonly ring: WireRing;
    readonly at: readonly [lat: number, lon: number] | null;
  }[];
  readonly reservations: readonly {
    readonly id: string;
    readonly owner: string;
    readonly name: string;
    readonly hazard: string;
    readonly band: string;
    readonly standing: boolean;
    readonly spans: readonly WireSpan[];
    readonly ring: WireRing | null;
    readonly box: WireBox | null;
  }[];
  readonly exercises: readonly {
    readonly id: string;
    readonly name: string;
    readonly participants: readonly string[];
    readonly span: WireSpan;
    readonly ring: WireRing;
  }[];
  readonly places: readonly { readonly name: string; readonly at: readonly [lat: number, lon: number] }[];
  readonly phases: readonly { readonly id: string; readonly name: string; readonly span: WireSpan }[];
  readonly serials: readonly {
    readonly id: string;
    readonly name: string;
    readonly type: string;
    readonly phase: string;
    readonly area: string;
    readonly planned: WireSpan | null;
    readonly actual: WireSpan | null;
    readonly status: SerialStatus;
    readonly reason: string;
    readonly units: readonly string[];
  }[];
  readonly findings: readonly {
    readonly number: number;
    readonly severity: Severity;
    readonly code: string;
    readonly at: readonly [lat: number, lon: number];
  }[];
  readonly nights: readonly WireSpan[];
  readonly coast: readonly { readonly box: WireBounds; readonly rings: readonly WireRing[] }[];
}

/** The plan in a payload, with longitudes unwrapped around the middle of the exercise. */
export function decode(wire: Payload): Plan {
  const middle = (wire.home[1] + wire.home[3]) / 2;
  const instant = (seconds: number): number => wire.epoch_ms + seconds * 1000;
  const span = (pair: WireSpan): Span => ({ startMs: instant(pair[0]), endMs: instant(pair[1]) });
  const maybe = (pair: WireSpan | null): Span | undefined => (pair === null ? undefined : span(pair));
  const ring = (flat: WireRing): Point[] => decodeRing(flat, wire.scale.ring, middle);
  const point = ([lat, lon]: readonly [number, number]): Point => ({ lat, lon: unwrap(lon, middle) });
  const track = (given: WireTrack): Track => new Track(decodeTrack(given, wire.scale.track, wire.epoch_ms, middle));
  const nations: readonly Nation[] = wire.nations;
  return {
    span: { startMs: wire.epoch_ms, endMs: instant(wire.end_s) },
    startMs: instant(wire.start_s),
    localOffsetMs: wire.local_offset_s * 1000,
    home: bounds(wire.home, middle),
    everything: bounds(wire.everything, middle),
    nations,
    units: wire.units.map((unit) => ({
      ...unit,
      nation: nations[unit.nation] as Nation,
      actual: unit.actual === null ? undefined : track(unit.actual),
      planned: unit.planned === null ? undefined : track(unit.planned),
    })),
    areas: wire.areas.map((area) => ({
      ...area,
      ring: ring(area.ring),
      at: area.at === null ? undefined : point(area.at),
    })),
    reservations: wire.reservations.map(({ ring: flat, box, spans, ...rest }) => ({
      ...rest,
      spans: spans.map(span),
      shape:
        box === null
          ? ring(flat ?? [])
          : { track: track(box.track), aheadM: box.ahead_m, asternM: box.astern_m, abeamM: box.abeam_m },
    })),
    exercises: wire.exercises.map((other) => ({ ...other, span: span(other.span), ring: ring(other.ring) })),
    places: wire.places.map(({ name, at }) => ({ name, ...point(at) })),
    phases: wire.phases.map((phase) => ({ ...phase, span: span(phase.span) })),
    serials: wire.serials.map((serial) => ({
      ...serial,
      planned: maybe(serial.planned),
      actual: maybe(serial.actual),
    })),
    findings: wire.findings.map(({ at, ...rest }) => ({ ...rest, ...point(at) })),
    nights: wire.nights.map(span),
    coast: wire.coast.map(({ box, rings }) => {
      const within = bounds(box, middle);
      const turn = within.west - box[1];
      return { box: within, rings: rings.map((flat) => decodeLine(flat, wire.scale.coast, turn)) };
    }),
  };
}

/** Running sums of the pairs, longitudes shifted by whole turns. */
export function decodeLine(flat: WireRing, scale: number, turn: number): Point[] {
  const points: Point[] = [];
  let [lat, lon] = [0, 0];
  for (let index = 0; index + 1 < flat.length; index += 2) {
    lat += flat[index] as number;
    lon += flat[index + 1] as number;
    points.push({ lat: lat / scale, lon: lon / scale + turn });
  }
  return points;
}

/** The corners of a shape, each longitude next to the one before, the first next to the reference. */
export function decodeRing(flat: WireRing, scale: number, reference: number): Point[] {
  let near = reference;
  return decodeLine(flat, scale, 0).map(({ lat, lon }) => {
    near = unwrap(lon, near);
    return { lat, lon: near };
  });
}

export function decodeTrack(wire: WireTrack, scale: number, epochMs: number, reference: number): Vertex[] {
  const vertices: Vertex[] = [];
  let [seconds, lat, lon, heightM, change, near] = [0, 0, 0, 0, 0, reference];
  for (let index = 0; index < wire.t.length; index += 1) {
    seconds += wire.t[index] as number;
    lat += wire.lat[index] as number;
    lon += wire.lon[index] as number;
    const next = wire.h[change];
    if (next !== undefined && next[0] === index) [heightM, change] = [next[1], change + 1];
    near = unwrap(lon / scale, near);
    vertices.push({ timeMs: epochMs + seconds * 1000, lat: lat / scale, lon: near, heightM });
  }
  return vertices;
}

function bounds([south, west, north, east]: WireBounds, reference: number): Bounds {
  const shift = unwrap((west + east) / 2, reference) - (west + east) / 2;
  return { south, west: west + shift, north, east: east + shift };
}
