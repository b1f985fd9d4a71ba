import { describe, expect, test } from "vitest";

import { createClock } from "../src/time/clock";
import { dateTimeGroup, dayTime, duration, HOUR_MS, MINUTE_MS, offset, spoken, zone } from "../src/time/format";

const TIME = Date.UTC(2023, 6, 20, 23, 0);

describe("instants in words", () => {
  test("a date-time group in Z and in local time", () => {
    expect(dateTimeGroup(TIME)).toBe("202300Z JUL 23");
    expect(dateTimeGroup(TIME, 9 * HOUR_MS)).toBe("210800I JUL 23");
    expect(dayTime(TIME)).toBe("202300Z");
  });

  test("zones have letters where they are whole hours", () => {
    expect(zone(0)).toBe("Z");
    expect(zone(10 * HOUR_MS)).toBe("K");
    expect(zone(-5 * HOUR_MS)).toBe("R");
    expect(zone(9.5 * HOUR_MS)).toBe("+09:30");
    expect(offset(-3.5 * HOUR_MS)).toBe("-03:30");
  });

  test("a screen reader hears both times", () => {
    expect(spoken(TIME, 9 * HOUR_MS)).toBe("20 July 2023, 23:00 Z; local 21 July, 08:00");
    expect(spoken(TIME)).toBe("20 July 2023, 23:00 Z");
  });

  test("durations are in days, hours and minutes", () => {
    expect(duration(28 * HOUR_MS)).toBe("1 d 4 h");
    expect(duration(90 * MINUTE_MS)).toBe("1 h 30 min");
    expect(duration(20_000)).toBe("0 min");
  });
});

/** A clock whose frames come when the test says so. */
function hand(rate = 60): { clock: ReturnType<typeof createClock>; frame: (wallMs: number) => void } {
  let waiting: ((wallMs: number) => void)[] = [];
  const nextFrame = (callback: (wallMs: number) => void): number => waiting.push(callback);
  const clock = createClock({ startMs: 0, endMs: HOUR_MS, rate, nextFrame });
  return {
    clock,
    frame(wallMs) {
      const due = waiting;
      waiting = [];
      for (const callback of due) callback(wallMs);
    },
  };
}

describe("the clock", () => {
  test("stays within its span", () => {
    const { clock } = hand();
    clock.set(2 * HOUR_MS);
    expect(clock.timeMs).toBe(HOUR_MS);
    clock.step(-5 * HOUR_MS);
    expect(clock.timeMs).toBe(0);
  });

  test("runs at its rate, and a hidden page makes it wait, not leap", () => {
    const { clock, frame } = hand();
    clock.play();
    frame(1000);
    frame(1100);
    expect(clock.timeMs).toBe(100 * 60);
    frame(60_000);
    expect(clock.timeMs).toBe(350 * 60);
  });

  test("stops at the end, and plays again from the start", () => {
    const { clock, frame } = hand(100_000);
    clock.play();
    frame(0);
    frame(200);
    expect(clock.timeMs).toBe(HOUR_MS);
    expect(clock.playing).toBe(false);
    clock.play();
    expect(clock.timeMs).toBe(0);
  });

  test("pausing and playing within one frame does not double its speed", () => {
    const { clock, frame } = hand();
    clock.play();
    clock.pause();
    clock.play();
    frame(0);
    frame(100);
    expect(clock.timeMs).toBe(100 * 60);
  });

  test("tells its watchers at once, at each change, and no more once they leave", () => {
    const { clock } = hand();
    const seen: number[] = [];
    const leave = clock.watch((now) => seen.push(now.timeMs));
    clock.set(5);
    clock.set(5);
    leave();
    clock.set(6);
    expect(seen).toEqual([0, 5]);
  });
});
