import { describe, expect, test } from "vitest";

import { cluster, layout, overlap, type LayoutOptions, type Mark } from "../src/map/labels";

const OPTIONS: LayoutOptions = { width: 1000, height: 600, crowdPx: 26, symbolPx: 24, rowSymbolPx: 21, rowPx: 20 };

const crowd = (count: number, x: number, y: number): Mark[] =>
  Array.from({ length: count }, (_, index) => ({ id: `U${index}`, x: x + (index % 5), y: y + (index % 3), width: 110 }));

function overlaps(rects: readonly { x: number; y: number; width: number; height: number }[]): number {
  let sum = 0;
  rects.forEach((a, index) => rects.slice(index + 1).forEach((b) => (sum += overlap(a, b))));
  return sum;
}

describe("labels", () => {
  test("units that stand apart keep their symbols and get a name beside them", () => {
    const marks = [{ id: "A", x: 200, y: 200, width: 90 }, { id: "B", x: 500, y: 300, width: 90 }];
    const made = layout(marks, OPTIONS);
    expect(made.inPlace).toEqual(["A", "B"]);
    expect(made.rows.map((row) => row.tiedTo)).toEqual([undefined, undefined]);
  });

  test("twenty ships in one spot fan out into rows that do not cover each other", () => {
    const made = layout(crowd(20, 500, 300), OPTIONS);
    expect(made.inPlace).toEqual([]);
    expect(made.rows).toHaveLength(20);
    expect(new Set(made.rows.map((row) => row.id)).size).toBe(20);
    expect(overlaps(made.blocks)).toBe(0);
    for (const row of made.rows) expect(row.tiedTo).toBeDefined();
    for (const side of ["left", "right"]) {
      const ys = made.rows.filter((row) => row.side === side).map((row) => row.at.y);
      expect(ys).toHaveLength(10);
      ys.slice(1).forEach((y, index) => expect(y - (ys[index] as number)).toBe(20));
    }
  });

  test("names stay on the screen, even of a crowd in a corner of a narrow one", () => {
    const narrow = { ...OPTIONS, width: 360, height: 480 };
    const made = layout(crowd(12, 330, 40), narrow);
    for (const block of made.blocks) {
      expect(block.x).toBeGreaterThanOrEqual(0);
      expect(block.x + block.width).toBeLessThanOrEqual(360);
      expect(block.y + block.height).toBeLessThanOrEqual(480);
    }
  });

  test("names keep off what is taken", () => {
    const taken = [{ x: 214, y: 180, width: 200, height: 40 }];
    const made = layout([{ id: "A", x: 200, y: 200, width: 90 }], { ...OPTIONS, taken });
    expect(overlaps([...made.blocks, ...taken])).toBe(0);
  });

  test("a small movement does not make a name jump", () => {
    const first = layout([{ id: "A", x: 200, y: 200, width: 90 }], { ...OPTIONS, taken: [{ x: 214, y: 190, width: 60, height: 20 }] });
    const second = layout([{ id: "A", x: 201, y: 200, width: 90 }], { ...OPTIONS, before: first.choices });
    expect(second.choices.get("A")).toBe(first.choices.get("A"));
  });

  test("every mark is in exactly one cluster", () => {
    const marks = Array.from({ length: 60 }, (_, index) => ({ id: String(index), x: (index * 37) % 300, y: (index * 53) % 200, width: 50 }));
    const ids = cluster(marks, 26).flat().map((mark) => mark.id);
    expect([...ids].sort()).toEqual(marks.map((mark) => mark.id).sort());
  });
});
