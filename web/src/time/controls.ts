/** Controls of the clock: slider, play, speed, keys, and the instant in Z and local time. */

import { element } from "../dom";
import type { Clock } from "./clock";
import { dateTimeGroup, HOUR_MS, MINUTE_MS, offset, spoken } from "./format";

export interface ClockControlsOptions {
  readonly clock: Clock;
  readonly localOffsetMs: number;
  /** Instants worth a stop, in order: the previous and next buttons go there. */
  readonly stops: readonly number[];
  /** Keys are heard here: left and right step, with Shift by an hour; space plays. */
  readonly keysOn: HTMLElement;
}

const STEP_MS = 10 * MINUTE_MS;
const PAGE_MS = 6 * HOUR_MS;
const RATES: readonly (readonly [rate: number, text: string])[] = [
  [60, "1 min/s"],
  [600, "10 min/s"],
  [1800, "30 min/s"],
  [3600, "1 h/s"],
  [21600, "6 h/s"],
];

export function installClockControls(host: HTMLElement, options: ClockControlsOptions): () => void {
  const { clock, localOffsetMs, stops } = options;
  const stop = new AbortController();
  const { signal } = stop;
  const button = (label: string, text: string, act: () => void): HTMLButtonElement => {
    const made = element("button", { type: "button", "aria-label": label, title: label }, text);
    made.addEventListener("click", act, { signal });
    return made;
  };

  const play = element("button", { type: "button", class: "ws-play" });
  play.addEventListener("click", () => clock.toggle(), { signal });
  const back = button("Previous start or end of a serial", "◂ Serial", () => goTo(stops.findLast((at) => at < clock.timeMs)));
  const next = button("Next start or end of a serial", "Serial ▸", () => goTo(stops.find((at) => at > clock.timeMs)));
  const slider = element("input", {
    type: "range",
    class: "ws-slider",
    min: 0,
    max: Math.round((clock.endMs - clock.startMs) / 1000),
    step: 1,
    "aria-label": "Time",
  });
  slider.addEventListener("input", () => clock.set(clock.startMs + Number(slider.value) * 1000), { signal });
  const speed = element(
    "select",
    { "aria-label": "Speed" },
    ...RATES.map(([rate, text]) => element("option", { value: rate, selected: rate === clock.rate }, text)),
  );
  speed.addEventListener("change", () => clock.setRate(Number(speed.value)), { signal });
  const zulu = element("output", { class: "ws-zulu" });
  const local = element("span", { class: "ws-local" });
  const readout = element("div", { class: "ws-readout" }, zulu, local);
  host.classList.add("ws-clock");
  host.append(readout, element("div", { class: "ws-clock-buttons" }, back, play, next, speed), slider);

  function goTo(timeMs: number | undefined): void {
    if (timeMs !== undefined) clock.set(timeMs);
  }
  options.keysOn.addEventListener("keydown", (event) => onKey(event, clock), { signal });
  const unwatch = clock.watch(() => {
    zulu.textContent = dateTimeGroup(clock.timeMs);
    local.textContent =
      localOffsetMs === 0 ? "" : `${dateTimeGroup(clock.timeMs, localOffsetMs)} (local, ${offset(localOffsetMs)})`;
    slider.value = String(Math.round((clock.timeMs - clock.startMs) / 1000));
    slider.setAttribute("aria-valuetext", spoken(clock.timeMs, localOffsetMs));
    const share = (clock.timeMs - clock.startMs) / Math.max(1, clock.endMs - clock.startMs);
    slider.style.setProperty("--ws-share", `${(share * 100).toFixed(3)}%`);
    play.textContent = clock.playing ? "Pause" : "Play";
    play.setAttribute("aria-pressed", String(clock.playing));
  });
  return () => {
    unwatch();
    stop.abort();
    host.replaceChildren();
  };
}

function onKey(event: KeyboardEvent, clock: Clock): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target as HTMLElement;
  const slider = target instanceof HTMLInputElement && target.type === "range";
  if (!slider && target.closest("input, select, textarea, summary, a") !== null) return;
  const pressed = target.closest("button") !== null;
  const step = event.shiftKey ? HOUR_MS : STEP_MS;
  const acts: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => clock.step(-step),
    ArrowRight: () => clock.step(step),
    PageUp: () => clock.step(-PAGE_MS),
    PageDown: () => clock.step(PAGE_MS),
    ...(slider ? { ArrowDown: () => clock.step(-step), ArrowUp: () => clock.step(step) } : {}),
    ...(pressed ? {} : { " ": () => clock.toggle() }),
  };
  const act = acts[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act();
}
