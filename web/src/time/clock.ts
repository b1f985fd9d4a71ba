/** Clock: the one instant that everything on a page shows, and its running. */

export interface Clock {
  readonly startMs: number;
  readonly endMs: number;
  readonly timeMs: number;
  readonly playing: boolean;
  /** Exercise time per wall-clock time. */
  readonly rate: number;
  set(timeMs: number): void;
  step(byMs: number): void;
  play(): void;
  pause(): void;
  toggle(): void;
  setRate(rate: number): void;
  /** Calls back at every change, and once at once; returns the way to stop. */
  watch(listener: (clock: Clock) => void): () => void;
}

export interface ClockOptions {
  readonly startMs: number;
  readonly endMs: number;
  readonly timeMs?: number;
  readonly rate?: number;
  /** Asks for a call with the wall time in milliseconds; requestAnimationFrame unless a test gives another. */
  readonly nextFrame?: (callback: (wallMs: number) => void) => number;
}

/** A longer pause between frames means that the page was hidden: time does not leap. */
const LONGEST_FRAME_MS = 250;

export function createClock(options: ClockOptions): Clock {
  const { startMs, endMs } = options;
  const nextFrame = options.nextFrame ?? ((callback) => requestAnimationFrame(callback));
  const listeners = new Set<(clock: Clock) => void>();
  const clamp = (timeMs: number): number => Math.min(endMs, Math.max(startMs, timeMs));
  let [timeMs, rate, playing] = [clamp(options.timeMs ?? startMs), options.rate ?? 1800, false];
  let [wall, runs] = [-1, 0];

  const tell = (): void => {
    for (const listener of listeners) listener(clock);
  };
  const frame = (run: number, wallMs: number): void => {
    if (!playing || run !== runs) return;
    const passed = wall < 0 ? 0 : Math.min(LONGEST_FRAME_MS, Math.max(0, wallMs - wall));
    wall = wallMs;
    timeMs = clamp(timeMs + passed * rate);
    if (timeMs >= endMs) playing = false;
    else nextFrame((next) => frame(run, next));
    tell();
  };

  const clock: Clock = {
    startMs,
    endMs,
    get timeMs() {
      return timeMs;
    },
    get playing() {
      return playing;
    },
    get rate() {
      return rate;
    },
    set(time) {
      const next = clamp(time);
      if (next === timeMs) return;
      timeMs = next;
      tell();
    },
    step(byMs) {
      clock.set(timeMs + byMs);
    },
    play() {
      if (playing) return;
      if (timeMs >= endMs) timeMs = startMs;
      [playing, wall] = [true, -1];
      const run = (runs += 1);
      nextFrame((wallMs) => frame(run, wallMs));
      tell();
    },
    pause() {
      if (!playing) return;
      playing = false;
      tell();
    },
    toggle() {
      if (playing) clock.pause();
      else clock.play();
    },
    setRate(next) {
      rate = next;
      tell();
    },
    watch(listener) {
      listeners.add(listener);
      listener(clock);
      return () => listeners.delete(listener);
    },
  };
  return clock;
}
