/** Situation: what the map shows at the clock's instant, in words, and the particulars of one unit. */

import { element } from "../dom";
import { covers, type Plan, type Serial, type Unit } from "../model";
import { isActive } from "../map/shapes";
import { isParked } from "../map/units";
import { knots } from "../quantity";
import type { Clock } from "../time/clock";
import { dayTime, duration } from "../time/format";

export interface SituationOptions {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly onSerial: (id: string) => void;
  readonly onUnit: (id: string) => void;
}

export interface SituationHandle {
  select(unit: string): void;
  destroy(): void;
}

/** While the clock runs, words change no faster than this. */
const PACE_MS = 300;

export function installSituation(host: HTMLElement, options: SituationOptions): SituationHandle {
  const { plan, clock } = options;
  const names = new Map(plan.units.map((unit) => [unit.id, unit]));
  const list = element("div", { class: "ws-now" });
  const details = element("div", { class: "ws-unit" });
  const chooser = element(
    "select",
    { "aria-label": "Unit to follow" },
    element("option", { value: "" }, "Follow a unit …"),
    ...plan.units.map((unit) => element("option", { value: unit.id }, `${unit.nation.code} ${unit.name}`)),
  );
  chooser.addEventListener("change", () => options.onUnit(chooser.value));
  host.classList.add("ws-situation");
  host.append(list, element("div", { class: "ws-chooser" }, chooser), details);
  let [selected, lastSaid, lastKey] = ["", -Infinity, ""];

  function say(): void {
    const { timeMs } = clock;
    const now = performance.now();
    if (clock.playing && now - lastSaid < PACE_MS) return;
    lastSaid = now;
    const key = currentKey(plan, timeMs);
    if (key !== lastKey) {
      lastKey = key;
      list.replaceChildren(...currentWords(plan, timeMs, options.onSerial));
    }
    const unit = names.get(selected);
    details.replaceChildren(...(unit === undefined ? [] : unitWords(unit, plan, timeMs)));
  }
  const unwatch = clock.watch(say);
  return {
    select(unit) {
      [selected, chooser.value] = [unit, unit];
      say();
    },
    destroy() {
      unwatch();
      host.replaceChildren();
    },
  };
}

/** Changes exactly when the words would. */
function currentKey(plan: Plan, timeMs: number): string {
  const serials = plan.serials.filter((serial) => running(serial, timeMs)).map((serial) => serial.id);
  const claims = plan.reservations.filter((claim) => isActive(claim, timeMs)).map((claim) => claim.id);
  const others = plan.exercises.filter((other) => covers(other.span, timeMs)).map((other) => other.id);
  return JSON.stringify([serials, claims, others, nextSerial(plan, timeMs)?.id, plan.nights.some((night) => covers(night, timeMs))]);
}

function running(serial: Serial, timeMs: number): boolean {
  return serial.actual !== undefined && covers(serial.actual, timeMs);
}

function nextSerial(plan: Plan, timeMs: number): Serial | undefined {
  return plan.serials
    .filter((serial) => (serial.actual?.startMs ?? -Infinity) > timeMs)
    .reduce<Serial | undefined>(
      (best, serial) =>
        best === undefined || (serial.actual?.startMs ?? 0) < (best.actual?.startMs ?? 0) ? serial : best,
      undefined,
    );
}

function currentWords(plan: Plan, timeMs: number, onSerial: (id: string) => void): HTMLElement[] {
  const link = (serial: Serial, text: string): HTMLElement => {
    const button = element("button", { type: "button", class: "ws-link" }, `${serial.id} ${serial.name || serial.type}`);
    button.addEventListener("click", () => onSerial(serial.id));
    return element("li", {}, button, element("span", { class: "ws-sub" }, text));
  };
  const block = (title: string, items: readonly HTMLElement[], none: string): HTMLElement[] => [
    element("h4", {}, title),
    items.length > 0 ? element("ul", {}, ...items) : element("p", { class: "ws-none" }, none),
  ];
  const serials = plan.serials.filter((serial) => running(serial, timeMs));
  const claims = plan.reservations.filter((claim) => isActive(claim, timeMs));
  const others = plan.exercises.filter((other) => covers(other.span, timeMs));
  const next = nextSerial(plan, timeMs);
  return [
    ...block(
      "Serials under way",
      serials.map((serial) => link(serial, `until ${dayTime(serial.actual?.endMs ?? 0)}`)),
      "None",
    ),
    ...block(
      "Claims in force",
      [
        ...claims.map((claim) => element("li", {}, claim.name, element("span", { class: "ws-sub" }, `${claim.hazard === "none" ? "no hazard" : claim.hazard}, ${claim.band}`))),
        ...others.map((other) =>
          element("li", {}, other.name, element("span", { class: "ws-sub" }, `exercise of ${other.participants.join(", ")}`)),
        ),
      ],
      "None",
    ),
    ...block("Next serial", next === undefined ? [] : [link(next, `starts ${dayTime(next.actual?.startMs ?? 0)}`)], "None"),
    ...(plan.nights.some((night) => covers(night, timeMs)) ? [element("p", { class: "ws-none" }, "The sun is down.")] : []),
  ];
}

function unitWords(unit: Unit, plan: Plan, timeMs: number): HTMLElement[] {
  const motion = unit.actual?.at(timeMs);
  const rows: [string, string][] = [["Class", unit.platform]];
  if (unit.hull !== "") rows.push(["Hull", unit.hull]);
  if (unit.observer) rows.push(["Part", unit.activity || "does not take part"]);
  if (motion === undefined) rows.push(["Now", "not out"]);
  else {
    rows.push(["Position", positionText(motion.lat, motion.lon)]);
    if (isParked(unit, motion, plan.units, timeMs)) rows.push(["Now", "on deck or on the ground"]);
    else if (motion.courseDeg === undefined) rows.push(["Now", "stopped"]);
    else rows.push(["Course, speed", `${String(Math.round(motion.courseDeg) % 360).padStart(3, "0")}, ${knots(motion.speedMps).toFixed(1)} kn`]);
  }
  const serial = plan.serials.find((one) => one.units.includes(unit.id) && running(one, timeMs));
  if (serial !== undefined) rows.push(["Serial", `${serial.id} ${serial.name || serial.type}`]);
  else if (!unit.observer) {
    const next = plan.serials
      .filter((one) => one.units.includes(unit.id) && (one.actual?.startMs ?? -Infinity) > timeMs)
      .sort((a, b) => (a.actual?.startMs ?? 0) - (b.actual?.startMs ?? 0))[0];
    if (next?.actual !== undefined) rows.push(["Next", `${next.id} in ${duration(next.actual.startMs - timeMs)}`]);
  }
  return [
    element("h4", {}, `${unit.nation.code} ${unit.name}`),
    element("dl", {}, ...rows.flatMap(([term, text]) => [element("dt", {}, term), element("dd", {}, text)])),
  ];
}

/** `39-48.0N 133-12.6E`. */
export function positionText(lat: number, lon: number): string {
  const around = ((((lon + 180) % 360) + 360) % 360) - 180;
  const part = (value: number, digits: number, letters: string): string => {
    const tenths = Math.round(Math.abs(value) * 600);
    const [degrees, minutes] = [Math.floor(tenths / 600), (tenths % 600) / 10];
    return `${String(degrees).padStart(digits, "0")}-${minutes.toFixed(1).padStart(4, "0")}${letters[value < 0 ? 1 : 0]}`;
  };
  return `${part(lat, 2, "NS")} ${part(around, 3, "EW")}`;
}
