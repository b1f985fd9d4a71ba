import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { ms, numberair, numbersea, numbersubsurface } from "milsymbol/parts";
import { beforeAll, describe, expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../../src/waterspace/reports/symbols.py", import.meta.url));
const SETS: Readonly<Record<string, string>> = { SURFACE: "30", SUBSURFACE: "35", AIR: "01" };

/** Every entity that the Python side may name, read from its table, as whole codes. */
function codes(): string[] {
  const text = readFileSync(SOURCE, "utf8");
  return Object.entries(SETS).flatMap(([medium, set]) => {
    const table = text.match(new RegExp(`Medium\\.${medium}: \\{([^}]*)\\}`))?.[1] ?? "";
    return [...table.matchAll(/: "(\d{6})"/g)].map((match) => `1003${set}0000${match[1]}0000`);
  });
}

describe("symbols", () => {
  beforeAll(() => {
    for (const icons of [numbersea, numberair, numbersubsurface]) ms.addIcons(icons);
  });

  test("the table is found", () => {
    expect(codes().length).toBeGreaterThan(40);
  });

  test.each(codes())("%s is a symbol that the map can draw, and a friend's", (code) => {
    const symbol = new ms.Symbol(code, { size: 20 });
    expect(symbol.isValid()).toBe(true);
    expect(symbol.getMetadata().affiliation).toBe("Friend");
    expect(new ms.Symbol(`${code.slice(0, 3)}4${code.slice(4)}`, {}).getMetadata().affiliation).toBe("Neutral");
  });
});
