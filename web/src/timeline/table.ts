/** The programme as a table for those who do not see the chart; the chart moves through its rows. */

import { element } from "../dom";
import type { Plan, Span } from "../model";
import { dateTimeGroup } from "../time/format";
import { noteOf } from "./layout";

export function programmeTable(plan: Plan): HTMLElement {
  const names = new Map(plan.units.map((unit) => [unit.id, unit.name]));
  const phases = new Map(plan.phases.map((phase) => [phase.id, phase.name]));
  const head = ["Serial", "Phase", "Planned", "Actual", "How it went", "Units"];
  const times = (span: Span | undefined): string =>
    span === undefined ? "none" : `${dateTimeGroup(span.startMs)} to ${dateTimeGroup(span.endMs)}`;
  const rows = plan.serials.map((serial) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, `${serial.id} ${serial.name || serial.type}`),
      element("td", {}, phases.get(serial.phase) ?? serial.phase),
      element("td", {}, times(serial.planned)),
      element("td", {}, times(serial.actual)),
      element("td", {}, noteOf(serial) || "as planned"),
      element("td", {}, serial.units.map((id) => names.get(id) ?? id).join(", ")),
    ),
  );
  const table = element(
    "table",
    {},
    element("caption", {}, "The programme, planned against actual"),
    element("thead", {}, element("tr", {}, ...head.map((text) => element("th", { scope: "col" }, text)))),
    element("tbody", {}, ...rows),
  );
  return element("div", { class: "ws-visually-hidden" }, table);
}
