/** The page of a run: joins the payload, one clock and the components. Everything else on the page needs no script. */

import "./report.css";

import { installLegend } from "./map/legend";
import { installMap, type MapHandle } from "./map/index";
import type { Plan } from "./model";
import { decode, type Payload } from "./payload";
import { installSituation } from "./situation/index";
import { createClock, type Clock } from "./time/clock";
import { installClockControls } from "./time/controls";
import { installTimeline, type TimelineHandle } from "./timeline/index";

/** What a test, or a reader at the console, may look at and move. */
interface ReportHook {
  readonly plan: Plan;
  readonly clock: Clock;
  readonly map: MapHandle;
  readonly timeline: TimelineHandle;
  /** The instant and where the map shows each unit. */
  state(): { readonly timeMs: number } & ReturnType<MapHandle["state"]>;
}

declare global {
  interface Window {
    waterspace?: ReportHook;
  }
}

/** As in the style sheet: the list and the legend stand under the map, not beside it. */
const NARROW = "(max-width: 1000px)";
const PRINT_DENSITY = 2.5;
const FINDING_SCALE = 2600;

function start(): void {
  const data = document.getElementById("waterspace-data");
  const stage = document.getElementById("stage");
  if (data === null || stage === null) return;
  const part = (name: string): HTMLElement => stage.querySelector(`[data-part="${name}"]`) as HTMLElement;
  const plan = decode(JSON.parse(data.textContent ?? "") as Payload);
  const clock = createClock({ ...plan.span, timeMs: plan.startMs });

  const map = installMap(part("map"), {
    plan,
    clock,
    onSelect: (id) => situation.select(id),
    onFinding: (number) => document.getElementById(`finding-${number}`)?.scrollIntoView({ block: "center" }),
  });
  const timeline = installTimeline(part("timeline"), { plan, clock });
  const situation = installSituation(part("situation"), {
    plan,
    clock,
    onSerial: (id) => timeline.select(id),
    onUnit: (id) => map.select(id),
  });
  const legend = installLegend(part("legend"), map, plan);
  installClockControls(part("clock"), {
    clock,
    localOffsetMs: plan.localOffsetMs,
    stops: stopsOf(plan),
    keysOn: stage,
  });
  installChartButtons(part("chart-buttons"), timeline);
  installJumps(plan, clock, map, stage);
  installInks({ map, timeline, legend });
  if (matchMedia(NARROW).matches) stage.querySelector("details.legend")?.removeAttribute("open");
  document.documentElement.dataset["ready"] = "true";
  window.waterspace = { plan, clock, map, timeline, state: () => ({ timeMs: clock.timeMs, ...map.state() }) };
}

/** Starts and ends of serials, each instant once, in order. */
function stopsOf(plan: Plan): number[] {
  const instants = plan.serials.flatMap((serial) => {
    const span = serial.actual ?? serial.planned;
    return span === undefined ? [] : [span.startMs, span.endMs];
  });
  return [...new Set(instants)].sort((a, b) => a - b);
}

function installChartButtons(host: HTMLElement, timeline: TimelineHandle): void {
  const grouping = host.querySelectorAll<HTMLInputElement>("input[name=grouping]");
  for (const choice of grouping) {
    choice.addEventListener("change", () => timeline.setGrouping(choice.value === "units" ? "units" : "serials"));
  }
  const acts: Readonly<Record<string, () => void>> = {
    in: () => timeline.zoom(1.8),
    out: () => timeline.zoom(1 / 1.8),
    fit: () => timeline.fit(),
  };
  for (const button of host.querySelectorAll<HTMLButtonElement>("button[data-zoom]")) {
    button.addEventListener("click", () => acts[button.dataset["zoom"] ?? ""]?.());
  }
}

/** Buttons in the tables that move the clock, and where they name a place, the map. */
function installJumps(plan: Plan, clock: Clock, map: MapHandle, stage: HTMLElement): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-time-ms], button[data-lat]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const { timeMs, lat, lon, unit } = button.dataset;
      if (timeMs !== undefined) clock.set(Number(timeMs));
      if (lat !== undefined && lon !== undefined) {
        const middle = (plan.home.west + plan.home.east) / 2;
        const near = Number(lon) - 360 * Math.round((Number(lon) - middle) / 360);
        map.show({ lat: Number(lat), lon: near }, Math.max(map.state().view.scale, FINDING_SCALE));
      }
      if (unit !== undefined) map.select(unit);
      stage.scrollIntoView({ block: "start" });
      (stage.querySelector(".ws-slider") as HTMLElement | null)?.focus({ preventScroll: true });
    });
  }
}

interface Inked {
  readonly map: MapHandle;
  readonly timeline: TimelineHandle;
  readonly legend: { repaint(): void };
}

/** Paints again where the style sheet changes: dark at night, and light and sharp on paper, with everything unfolded. */
function installInks({ map, timeline, legend }: Inked): void {
  const repaint = (density?: number): void => {
    map.repaint(density);
    timeline.repaint(density);
    legend.repaint();
  };
  let unfolded: HTMLDetailsElement[] = [];
  const print = (on: boolean): void => {
    document.documentElement.toggleAttribute("data-printing", on);
    if (on) {
      unfolded = [...document.querySelectorAll<HTMLDetailsElement>("details.print-open:not([open])")];
      for (const details of unfolded) details.open = true;
    } else {
      for (const details of unfolded) details.open = false;
      unfolded = [];
    }
    repaint(on ? PRINT_DENSITY : undefined);
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => repaint());
  const paper = matchMedia("print");
  paper.addEventListener("change", () => print(paper.matches));
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
}

start();
