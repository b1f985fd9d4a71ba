import { describe, expect, test } from "vitest";

import type { Plan, Serial } from "../src/model";
import { noteOf, serialRows, shiftInto, ticks, tickStep, unitRows, zoomSpan } from "../src/timeline/layout";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "../src/time/format";

const span = (from: number, to: number) => ({ startMs: from * HOUR_MS, endMs: to * HOUR_MS });
const serial = (id: string, values: Partial<Serial>): Serial => ({
  id, name: "", type: "gunnery", phase: "", area: "", planned: undefined, actual: undefined,
  status: "completed", reason: "", units: [], ...values,
});
const plan = (values: Partial<Plan>): Plan => ({ phases: [], serials: [], units: [], ...values }) as unknown as Plan;

describe("rows", () => {
  test("serials stand under their phase in order of their planned start", () => {
    const rows = serialRows(plan({
      phases: [{ id: "P2", name: "Sea", span: span(10, 20) }, { id: "P1", name: "Harbour", span: span(0, 10) }],
      serials: [
        serial("S3", { phase: "P2", planned: span(15, 16) }),
        serial("S2", { phase: "P2", planned: span(11, 12) }),
        serial("S1", { phase: "P1", planned: span(1, 2) }),
        serial("S9", { planned: span(1, 2) }),
      ],
    }));
    expect(rows.map((row) => row.label)).toEqual(["Harbour", "S1", "Sea", "S2", "S3", "In no phase", "S9"]);
  });

  test("a unit has the bars of its serials; observers and idle units have no row", () => {
    const unit = (id: string, observer: boolean) => ({ id, name: id, observer, nation: { code: "RUS" } });
    const rows = unitRows(plan({
      units: [unit("A", false), unit("B", false), unit("X", true)] as never,
      serials: [serial("S2", { units: ["A", "X"], planned: span(3, 4) }), serial("S1", { units: ["A"], planned: span(1, 2) })],
    }));
    expect(rows.map((row) => [row.id, row.bars.map((bar) => bar.serial.id)])).toEqual([["A", ["S1", "S2"]]]);
  });

  test("what went otherwise than planned is said in words", () => {
    expect(noteOf(serial("S", { planned: span(1, 2), actual: span(1, 2) }))).toBe("");
    expect(noteOf(serial("S", { planned: span(1, 2), actual: span(2.5, 3) }))).toBe("1 h 30 min late");
    expect(noteOf(serial("S", { planned: span(1, 2), actual: span(1, 1.5), status: "cut short" }))).toBe("cut short");
    expect(noteOf(serial("S", { planned: span(1, 2), status: "not run" }))).toBe("not run");
  });
});

describe("the axis", () => {
  test("ticks keep their distance and stand on full steps of their clock", () => {
    expect(tickStep(MINUTE_MS, 40)).toBe(HOUR_MS);
    expect(tickStep(DAY_MS, 40)).toBe(28 * DAY_MS);
    expect(ticks(span(1, 13), 6 * HOUR_MS)).toEqual([6 * HOUR_MS, 12 * HOUR_MS]);
    expect(ticks(span(0, 24), DAY_MS, 9 * HOUR_MS)).toEqual([15 * HOUR_MS]);
  });

  test("zooming keeps its instant in place and stays within the limits", () => {
    const limits = span(0, 200);
    const near = zoomSpan(limits, limits, 50 * HOUR_MS, 4);
    expect(near.endMs - near.startMs).toBe(50 * HOUR_MS);
    expect((50 * HOUR_MS - near.startMs) / (near.endMs - near.startMs)).toBeCloseTo(0.25, 9);
    expect(zoomSpan(near, limits, 50 * HOUR_MS, 1e-6)).toEqual(limits);
    expect(zoomSpan(near, limits, 50 * HOUR_MS, 1e6).endMs - zoomSpan(near, limits, 50 * HOUR_MS, 1e6).startMs).toBe(HOUR_MS);
    expect(shiftInto(span(-10, 10), limits)).toEqual(span(0, 20));
    expect(shiftInto(span(195, 215), limits)).toEqual(span(180, 200));
  });
});
