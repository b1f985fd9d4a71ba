import { describe, expect, test } from "vitest";

import { decode, decodeLine, decodeRing, decodeTrack, type Payload } from "../src/payload";
import { positionText } from "../src/situation/index";

describe("decoding", () => {
  test("a ring is the running sum of its differences", () => {
    expect(decodeRing([3980000, 13320000, 1000, -2000], 100_000, 133)).toEqual([
      { lat: 39.8, lon: 133.2 },
      { lat: 39.81, lon: 133.18 },
    ]);
  });

  test("a ring over 180 degrees stays in one piece; a coast keeps the longitudes it was cut to", () => {
    const ring = decodeRing([0, 1790, 0, -3580], 10, 180);
    expect(ring.map((point) => point.lon)).toEqual([179, 181]);
    expect(decodeLine([0, -1790, 0, 3580], 10, 360).map((point) => point.lon)).toEqual([181, 539]);
  });

  test("a track has times, places, and heights from where they change", () => {
    const vertices = decodeTrack({ t: [60, 60, 60], lat: [10, 1, 1], lon: [20, 0, 0], h: [[1, 300], [2, 0]] }, 10, 1000, 2);
    expect(vertices).toEqual([
      { timeMs: 61_000, lat: 1, lon: 2, heightM: 0 },
      { timeMs: 121_000, lat: 1.1, lon: 2, heightM: 300 },
      { timeMs: 181_000, lat: 1.2, lon: 2, heightM: 0 },
    ]);
  });

  test("an empty plan decodes", () => {
    const empty: Payload = {
      payload: 1, epoch_ms: 0, end_s: 60, start_s: 0, local_offset_s: 32400,
      scale: { track: 100_000, ring: 100_000, coast: 10_000 },
      home: [38, 130, 42, 136], everything: [38, 130, 42, 136],
      nations: [], units: [], areas: [], reservations: [], exercises: [], places: [], phases: [], serials: [],
      findings: [], nights: [[0, 60]], coast: [{ box: [38, 130, 42, 136], rings: [] }],
    };
    const plan = decode(empty);
    expect(plan.span).toEqual({ startMs: 0, endMs: 60_000 });
    expect(plan.localOffsetMs).toBe(9 * 3_600_000);
    expect(plan.coast[0]?.box).toEqual({ south: 38, west: 130, north: 42, east: 136 });
  });
});

test("positions are written as mariners do", () => {
  expect(positionText(39.8, 133.21)).toBe("39-48.0N 133-12.6E");
  expect(positionText(-8.9999, -0.5)).toBe("09-00.0S 000-30.0W");
  expect(positionText(10, 181)).toBe("10-00.0N 179-00.0W");
});
