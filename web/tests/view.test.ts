import { describe, expect, test } from "vitest";

import { angleText, graticuleMinutes, scaleMiles } from "../src/map/base";
import { centreOn, fit, panBy, toScreen, toWorld, zoomAt } from "../src/map/view";

const SIZE = { width: 800, height: 500 };
const SEA = { south: 38, west: 130, north: 42, east: 136 };

describe("a view", () => {
  test("shows its bounds whole, inside the margin", () => {
    const view = fit(SEA, SIZE, 30);
    for (const [lat, lon] of [[38, 130], [42, 136], [38, 136], [42, 130]] as const) {
      const { x, y } = toScreen(view, SIZE, { lat, lon });
      expect(x).toBeGreaterThanOrEqual(29.999);
      expect(x).toBeLessThanOrEqual(770.001);
      expect(y).toBeGreaterThanOrEqual(29.999);
      expect(y).toBeLessThanOrEqual(470.001);
    }
  });

  test("screen and world undo each other", () => {
    const view = fit(SEA, SIZE, 30);
    const back = toWorld(view, SIZE, toScreen(view, SIZE, { lat: 39.8, lon: 133.2 }));
    expect(back.lat).toBeCloseTo(39.8, 9);
    expect(back.lon).toBeCloseTo(133.2, 9);
  });

  test("north is up and east is right", () => {
    const view = fit(SEA, SIZE, 30);
    const [south, north] = [toScreen(view, SIZE, { lat: 39, lon: 133 }), toScreen(view, SIZE, { lat: 41, lon: 134 })];
    expect(north.y).toBeLessThan(south.y);
    expect(north.x).toBeGreaterThan(south.x);
  });

  test("zooming keeps the place under the pointer", () => {
    const view = fit(SEA, SIZE, 30);
    const spot = { x: 200, y: 120 };
    const place = toWorld(view, SIZE, spot);
    const after = toScreen(zoomAt(view, SIZE, spot, 3), SIZE, place);
    expect(after.x).toBeCloseTo(200, 6);
    expect(after.y).toBeCloseTo(120, 6);
  });

  test("zooming stops at the least scale and where pixels are metres", () => {
    const view = fit(SEA, SIZE, 30);
    expect(zoomAt(view, SIZE, { x: 0, y: 0 }, 1e-9, view.scale / 2).scale).toBe(view.scale / 2);
    expect(zoomAt(view, SIZE, { x: 0, y: 0 }, 1e9).scale).toBeLessThan(2e6);
  });

  test("panning moves the picture with the pointer", () => {
    const view = fit(SEA, SIZE, 30);
    const before = toScreen(view, SIZE, { lat: 40, lon: 133 });
    const after = toScreen(panBy(view, 25, -10), SIZE, { lat: 40, lon: 133 });
    expect(after.x - before.x).toBeCloseTo(25, 6);
    expect(after.y - before.y).toBeCloseTo(-10, 6);
    expect(toScreen(centreOn(view, { lat: 40, lon: 133 }), SIZE, { lat: 40, lon: 133 })).toEqual({ x: 400, y: 250 });
  });
});

describe("the frame of a chart", () => {
  test("degrees and minutes are written as on charts", () => {
    expect(angleText(42 * 60, "N", "S")).toBe("42°N");
    expect(angleText(-(8 * 60 + 5), "N", "S")).toBe("8°05′S");
    expect(angleText(0, "E", "W")).toBe("0°");
  });

  test("lines of the graticule keep their distance at every scale", () => {
    for (let scale = 60; scale < 1e6; scale *= 1.7) {
      const minutes = graticuleMinutes({ x: 0, y: 0, scale });
      expect((minutes / 60) * (Math.PI / 180) * scale >= 90 || minutes === 1800).toBe(true);
    }
  });

  test("the scale is a round number that fits its width", () => {
    expect(scaleMiles(0.31, 150)).toBe(20);
    expect(scaleMiles(0.034, 150)).toBe(5);
    expect(scaleMiles(7, 150)).toBe(1000);
    expect(scaleMiles(0.001, 150)).toBe(0.1);
  });
});
