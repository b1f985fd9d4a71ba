import { describe, expect, test } from "vitest";

import { bearingDeg, between, destination, distanceM, unwrap } from "../src/geo/sphere";

const QINGDAO = { lat: 36.0667, lon: 120.3167 };
const VLADIVOSTOK = { lat: 43.1, lon: 131.8833 };

describe("great circles", () => {
  test("a minute of latitude is about a nautical mile", () => {
    expect(distanceM({ lat: 40, lon: 133 }, { lat: 40 + 1 / 60, lon: 133 })).toBeCloseTo(1853.2, 0);
  });

  test("a distance agrees with the ellipsoid to half a percent", () => {
    // GeographicLib on WGS-84 gives 1 261 766 m for these two points.
    expect(Math.abs(distanceM(QINGDAO, VLADIVOSTOK) / 1261766 - 1)).toBeLessThan(0.005);
  });

  test("the way between two points keeps to the ellipsoid's geodesic to a quarter of a mile in 680", () => {
    // Half way by GeographicLib on WGS-84.
    const half = { lat: 39.728269, lon: 125.806319 };
    expect(distanceM(between(QINGDAO, VLADIVOSTOK, 0.5), half)).toBeLessThan(460);
  });

  test("destination undoes distance and bearing", () => {
    const there = destination(QINGDAO, bearingDeg(QINGDAO, VLADIVOSTOK), distanceM(QINGDAO, VLADIVOSTOK));
    expect(there.lat).toBeCloseTo(VLADIVOSTOK.lat, 9);
    expect(there.lon).toBeCloseTo(VLADIVOSTOK.lon, 9);
  });

  test("a point between two lies at its share of the distance", () => {
    const middle = between(QINGDAO, VLADIVOSTOK, 0.25);
    expect(distanceM(QINGDAO, middle) / distanceM(QINGDAO, VLADIVOSTOK)).toBeCloseTo(0.25, 9);
    expect(between(QINGDAO, QINGDAO, 0.5)).toEqual(QINGDAO);
  });

  test("points east and west of 180 degrees are near each other", () => {
    const [fiji, samoa] = [{ lat: -17, lon: 179 }, { lat: -17, lon: -179 }];
    expect(distanceM(fiji, samoa)).toBeLessThan(220_000);
    expect(between(fiji, samoa, 0.75).lon).toBeCloseTo(180.5, 4);
    expect(bearingDeg(fiji, samoa)).toBeGreaterThan(89);
    expect(bearingDeg(fiji, samoa)).toBeLessThan(91);
  });

  test("longitudes are unwrapped next to a reference", () => {
    expect(unwrap(-179, 175)).toBe(181);
    expect(unwrap(179, -175)).toBe(-181);
    expect(unwrap(20, 10)).toBe(20);
  });
});
