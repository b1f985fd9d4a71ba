/**
 * Labels: where names stand so that they can be read. Pure geometry.
 *
 * Units that stand apart keep their symbol in place and get a name beside it. Units that crowd in one spot become a
 * cluster: a dot for each where it really is, and rows of symbol and name beside it, tied to the dots by thin lines.
 */

import type { Spot } from "../canvas/draw";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Something with a name at a spot; `width` is that of its text. */
export interface Mark extends Spot {
  readonly id: string;
  readonly width: number;
}

export interface LayoutOptions {
  readonly width: number;
  readonly height: number;
  /** Symbols nearer than this crowd each other. */
  readonly crowdPx: number;
  /** Edge of a symbol in place, and of a symbol in a row. */
  readonly symbolPx: number;
  readonly rowSymbolPx: number;
  readonly rowPx: number;
  /** What names must keep off: scale bar, markers. */
  readonly taken?: readonly Rect[];
  /** Choices of the last layout, by the first mark of each cluster; kept where they are still good. */
  readonly before?: ReadonlyMap<string, number>;
}

export type Side = "left" | "right";

/** One name. `at` is the middle of its edge towards the mark; a row's symbol stands there. */
export interface Row {
  readonly id: string;
  readonly at: Spot;
  readonly side: Side;
  /** Where the mark is, for the line that ties them; undefined where the name stands beside its own symbol. */
  readonly tiedTo: Spot | undefined;
}

export interface Layout {
  /** Marks whose symbol is drawn in place. */
  readonly inPlace: readonly string[];
  readonly rows: readonly Row[];
  readonly blocks: readonly Rect[];
  readonly choices: ReadonlyMap<string, number>;
}

const GAP_PX = 3;
/** Names keep this far from the edge of the screen, where there is room. */
const EDGE_PX = 4;
const MOST_ROWS_ON_ONE_SIDE = 4;

/** Groups marks that crowd: each joins the first cluster whose middle is near. Order of marks decides, so it is stable. */
export function cluster(marks: readonly Mark[], crowdPx: number): Mark[][] {
  const groups: { members: Mark[]; x: number; y: number }[] = [];
  for (const mark of marks) {
    const near = groups.find((group) => Math.hypot(group.x - mark.x, group.y - mark.y) < crowdPx);
    if (near === undefined) {
      groups.push({ members: [mark], x: mark.x, y: mark.y });
      continue;
    }
    near.members.push(mark);
    const count = near.members.length;
    near.x += (mark.x - near.x) / count;
    near.y += (mark.y - near.y) / count;
  }
  return groups.map((group) => group.members);
}

export function layout(marks: readonly Mark[], options: LayoutOptions): Layout {
  const clusters = cluster(marks, options.crowdPx);
  const taken: Rect[] = [...(options.taken ?? [])];
  for (const members of clusters) taken.push(footprint(members, options));
  const inPlace: string[] = [];
  const rows: Row[] = [];
  const blocks: Rect[] = [];
  const choices = new Map<string, number>();
  const bySize = [...clusters].sort((a, b) => b.length - a.length);
  for (const members of bySize) {
    const [first] = members as [Mark];
    if (members.length === 1) {
      inPlace.push(first.id);
    }
    for (const half of halves(members)) {
      const key = (half.members[0] as Mark).id;
      const placed = place(half, members, options, taken, options.before?.get(key));
      taken.push(placed.block);
      blocks.push(placed.block);
      choices.set(key, placed.choice);
      rows.push(...placed.rows);
    }
  }
  return { inPlace, rows, blocks, choices };
}

interface Half {
  readonly members: readonly Mark[];
  readonly side: Side | undefined;
}

/** Many names go half to the left, half to the right; few stay together on whichever side is free. */
function halves(members: readonly Mark[]): Half[] {
  if (members.length <= MOST_ROWS_ON_ONE_SIDE) return [{ members, side: undefined }];
  const middle = Math.ceil(members.length / 2);
  return [
    { members: members.slice(0, middle), side: "left" },
    { members: members.slice(middle), side: "right" },
  ];
}

function footprint(members: readonly Mark[], options: LayoutOptions): Rect {
  const reach = members.length === 1 ? options.symbolPx / 2 : 5;
  const [xs, ys] = [members.map((mark) => mark.x), members.map((mark) => mark.y)];
  const [left, top] = [Math.min(...xs) - reach, Math.min(...ys) - reach];
  return { x: left, y: top, width: Math.max(...xs) + reach - left, height: Math.max(...ys) + reach - top };
}

interface Candidate {
  readonly side: Side;
  readonly block: Rect;
  readonly cost: number;
}

function place(
  half: Half,
  whole: readonly Mark[],
  options: LayoutOptions,
  taken: readonly Rect[],
  before: number | undefined,
): { block: Rect; rows: Row[]; choice: number } {
  const candidates = propose(half, whole, options);
  let [best, least] = [0, Infinity];
  candidates.forEach((candidate, index) => {
    let cost = candidate.cost - (index === before ? 14 : 0);
    cost += 3 * outside(candidate.block, options);
    for (const rect of taken) cost += overlap(candidate.block, rect);
    if (cost < least) [best, least] = [index, cost];
  });
  const { side, block } = candidates[best] as Candidate;
  const single = whole.length === 1;
  const rows = half.members.map((mark, index): Row => ({
    id: mark.id,
    at: { x: side === "right" ? block.x : block.x + block.width, y: block.y + (index + 0.5) * options.rowPx },
    side,
    tiedTo: single ? undefined : { x: mark.x, y: mark.y },
  }));
  return { block, rows, choice: best };
}

/** Blocks beside, above and below, the nearest and most usual first; the cost grows with the distance. */
function propose(half: Half, whole: readonly Mark[], options: LayoutOptions): Candidate[] {
  const single = whole.length === 1;
  const core = footprint(whole, options);
  const symbol = single ? 0 : options.rowSymbolPx + GAP_PX;
  const width = Math.max(...half.members.map((mark) => mark.width)) + symbol;
  const height = half.members.length * options.rowPx;
  const [cx, cy] = [core.x + core.width / 2, core.y + core.height / 2];
  const sides: readonly Side[] = half.side === undefined ? ["right", "left"] : [half.side, other(half.side)];
  const gaps = single ? [GAP_PX, 16] : [20, 56, 110];
  const lifts = single ? [0, -0.8, 0.8] : [0, -0.35, 0.35, -0.7, 0.7, -1.1, 1.1];
  const candidates: Candidate[] = [];
  for (const gap of gaps) {
    for (const side of sides) {
      for (const lift of lifts) {
        const free = side === "right" ? core.x + core.width + gap : core.x - gap - width;
        const x = Math.max(EDGE_PX, Math.min(options.width - width - EDGE_PX, free));
        const y = cy - height / 2 + lift * (height + (single ? 6 : 0));
        const cost = (gap - (gaps[0] as number)) * 2 + Math.abs(lift) * 30 + (side === sides[0] ? 0 : 8);
        candidates.push({ side, block: { x, y, width, height }, cost });
      }
    }
  }
  if (single) {
    for (const [y, cost] of [[core.y - height, 40], [core.y + core.height, 44]] as const) {
      candidates.push({ side: "right", block: { x: cx - width / 2, y, width, height }, cost });
    }
  }
  return candidates;
}

function other(side: Side): Side {
  return side === "left" ? "right" : "left";
}

/** Area of a rectangle that is off the screen. */
function outside(rect: Rect, size: { width: number; height: number }): number {
  return rect.width * rect.height - overlap(rect, { x: 0, y: 0, width: size.width, height: size.height });
}

/** Area that two rectangles share. */
export function overlap(a: Rect, b: Rect): number {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return across > 0 && down > 0 ? across * down : 0;
}
