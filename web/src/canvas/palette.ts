/** Palette: the inks of a canvas, read from the page's style sheet so that light, dark and print need no code. */

const INKS = [
  "sea", "land", "coast", "grid", "ink", "muted", "paper", "area", "danger", "context",
  "planned", "night", "bar", "accent",
] as const;

export type Ink = (typeof INKS)[number];

export type Palette = Readonly<Record<Ink | "font", string>>;

/** The custom properties `--ws-sea` and so on, as they apply to an element. */
export function readPalette(element: HTMLElement): Palette {
  const style = getComputedStyle(element);
  const inks = INKS.map((name) => [name, style.getPropertyValue(`--ws-${name}`).trim() || "#000"]);
  return { ...Object.fromEntries(inks), font: style.fontFamily || "sans-serif" } as Palette;
}
