/** What the components draw: the nouns of an exercise, free of any wire format. Instants are milliseconds since 1970Z. */

import type { Point } from "./geo/sphere";
import type { Track } from "./geo/track";

export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** A shape stands for a nation wherever colour might have: on the map, in the legend and in tables. */
export type NationShape = "disc" | "square" | "triangle" | "diamond" | "ring" | "cross" | "box" | "wedge";

export interface Nation {
  readonly code: string;
  readonly shape: NationShape;
  readonly participant: boolean;
}

export interface Unit {
  readonly id: string;
  readonly name: string;
  readonly hull: string;
  readonly nation: Nation;
  readonly platform: string;
  readonly medium: "surface" | "subsurface" | "air" | "shore";
  /** APP-6(D) symbol identification code, 20 digits. */
  readonly sidc: string;
  readonly count: number;
  /** Id of the ship that carries this aircraft; empty otherwise. */
  readonly carrier: string;
  /** Somebody near who does not take part. */
  readonly observer: boolean;
  readonly activity: string;
  readonly actual: Track | undefined;
  readonly planned: Track | undefined;
}

export interface MovingBox {
  readonly track: Track;
  readonly aheadM: number;
  readonly asternM: number;
  readonly abeamM: number;
}

/** A claim on water or air, ours or somebody else's. */
export interface Reservation {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly hazard: string;
  readonly band: string;
  /** In force whatever this exercise does. */
  readonly standing: boolean;
  readonly spans: readonly Span[];
  readonly shape: readonly Point[] | MovingBox;
}

export interface Area {
  readonly id: string;
  readonly name: string;
  readonly ring: readonly Point[];
  /** Where the name belongs; undefined where it stands at the edge of the shape. */
  readonly at: Point | undefined;
}

/** Somebody else's exercise. */
export interface ContextExercise {
  readonly id: string;
  readonly name: string;
  readonly participants: readonly string[];
  readonly span: Span;
  readonly ring: readonly Point[];
}

export interface NamedPlace extends Point {
  readonly name: string;
}

export interface Phase {
  readonly id: string;
  readonly name: string;
  readonly span: Span;
}

export type SerialStatus = "completed" | "cut short" | "not run";

export interface Serial {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly phase: string;
  readonly area: string;
  readonly planned: Span | undefined;
  readonly actual: Span | undefined;
  readonly status: SerialStatus;
  readonly reason: string;
  readonly units: readonly string[];
}

export type Severity = "error" | "warning" | "advice";

export interface FindingMark extends Point {
  readonly number: number;
  readonly severity: Severity;
  readonly code: string;
}

export interface Bounds {
  readonly south: number;
  readonly west: number;
  readonly north: number;
  readonly east: number;
}

export interface Plan {
  readonly span: Span;
  readonly startMs: number;
  readonly localOffsetMs: number;
  readonly home: Bounds;
  readonly everything: Bounds;
  readonly nations: readonly Nation[];
  readonly units: readonly Unit[];
  readonly areas: readonly Area[];
  readonly reservations: readonly Reservation[];
  readonly exercises: readonly ContextExercise[];
  readonly places: readonly NamedPlace[];
  readonly phases: readonly Phase[];
  readonly serials: readonly Serial[];
  readonly findings: readonly FindingMark[];
  readonly nights: readonly Span[];
  /** Land as closed rings in boxes, each finer than the one before. */
  readonly coast: readonly { readonly box: Bounds; readonly rings: readonly (readonly Point[])[] }[];
}

export function covers(span: Span, timeMs: number): boolean {
  return span.startMs <= timeMs && timeMs < span.endMs;
}
