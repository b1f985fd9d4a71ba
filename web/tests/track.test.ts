import { describe, expect, test } from "vitest";

import { between, distanceM } from "../src/geo/sphere";
import { Track } from "../src/geo/track";
import { boxAt } from "../src/map/shapes";
import { isParked, unitsOut } from "../src/map/units";
import type { Unit } from "../src/model";
import { HOUR_MS } from "../src/time/format";

const vertex = (hours: number, lat: number, lon: number, heightM = 0) => ({ timeMs: hours * HOUR_MS, lat, lon, heightM });

describe("a track", () => {
  const track = new Track([vertex(0, 36, 120), vertex(10, 36, 120), vertex(60, 40, 133), vertex(61, 40, 133.2)]);

  test("waits, then keeps to the great circle at an even speed", () => {
    expect(track.at(5 * HOUR_MS)).toMatchObject({ lat: 36, lon: 120, courseDeg: undefined, speedMps: 0 });
    const half = track.at(35 * HOUR_MS);
    const expected = between({ lat: 36, lon: 120 }, { lat: 40, lon: 133 }, 0.5);
    expect(distanceM(half as { lat: number; lon: number }, expected)).toBeLessThan(25);
    expect(half?.speedMps).toBeCloseTo(distanceM({ lat: 36, lon: 120 }, { lat: 40, lon: 133 }) / (50 * 3600), 3);
  });

  test("is nowhere before it begins and after it ends", () => {
    expect(track.at(-1)).toBeUndefined();
    expect(track.at(61 * HOUR_MS + 1)).toBeUndefined();
    expect(track.at(61 * HOUR_MS)).toMatchObject({ lat: 40, lon: 133.2 });
    expect(new Track([]).at(0)).toBeUndefined();
  });

  test("runs on over 180 degrees", () => {
    const over = new Track([vertex(0, 0, 179), vertex(2, 0, -179)]);
    expect(over.at(HOUR_MS)?.lon).toBeCloseTo(180, 6);
    expect(over.at(1.5 * HOUR_MS)?.courseDeg).toBeCloseTo(90, 6);
  });
});

describe("a moving box", () => {
  const box = { track: new Track([vertex(0, 40, 133), vertex(1, 40, 133.3), vertex(2, 40, 133.3)]), aheadM: 4000, asternM: 1000, abeamM: 2000 };

  test("lies along the course, and keeps it while it waits", () => {
    for (const timeMs of [0.5 * HOUR_MS, 1.5 * HOUR_MS]) {
      const corners = boxAt(box, timeMs) as { lat: number; lon: number }[];
      const centre = box.track.at(timeMs) as { lat: number; lon: number };
      expect(corners).toHaveLength(4);
      expect(Math.max(...corners.map((corner) => corner.lon)) - centre.lon).toBeGreaterThan(0.04);
      expect(distanceM(corners[0] as never, corners[1] as never)).toBeCloseTo(4000, -1);
      expect(distanceM(corners[1] as never, corners[2] as never)).toBeCloseTo(5000, -1);
    }
  });

  test("is nowhere outside its time", () => {
    expect(boxAt(box, 3 * HOUR_MS)).toBeUndefined();
  });
});

describe("units that are out", () => {
  const unit = (id: string, medium: Unit["medium"], carrier: string, track: Track): Unit => ({
    id, name: id, hull: "", platform: "", sidc: "", count: 1, activity: "", observer: false, planned: undefined,
    nation: { code: "CHN", shape: "disc", participant: true }, medium, carrier, actual: track,
  });
  const ship = unit("SHIP", "surface", "", new Track([vertex(0, 40, 133), vertex(2, 40, 133.5)]));
  const flight = unit("Z9", "air", "SHIP", new Track([
    vertex(0, 40, 133), vertex(1, 40, 133.25, 300), vertex(1.5, 40.2, 133.4), vertex(2, 40, 133.5),
  ]));

  test("an aircraft on deck is not drawn apart from its ship", () => {
    const units = [ship, flight];
    expect(unitsOut(units, 0.5 * HOUR_MS).map((one) => one.unit.id)).toEqual(["SHIP"]);
    expect(unitsOut(units, 1.25 * HOUR_MS).map((one) => one.unit.id)).toEqual(["SHIP", "Z9"]);
  });

  test("a ship is never parked", () => {
    expect(isParked(ship, ship.actual?.at(0) as never, [ship], 0)).toBe(false);
  });
});
