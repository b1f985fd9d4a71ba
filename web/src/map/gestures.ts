/** Gestures: mouse, fingers and keys, turned into views. A page that scrolls keeps its wheel and its single finger. */

import type { Spot } from "../canvas/draw";
import { panBy, type Size, type View } from "./view";

export interface GestureTarget {
  readonly element: HTMLElement;
  size(): Size;
  view(): View;
  show(view: View): void;
  zoom(spot: Spot, factor: number): void;
  home(): void;
  click(spot: Spot): void;
  hover(spot: Spot | undefined): void;
  /** A wheel or finger that was left to the page. */
  refused(how: "wheel" | "finger"): void;
}

const KEY_PAN_PX = 60;
const CLICK_PX = 5;

export function installGestures(target: GestureTarget): () => void {
  const { element } = target;
  const stop = new AbortController();
  const { signal } = stop;
  const spotOf = (event: { clientX: number; clientY: number }): Spot => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  let drag: { last: Spot; moved: number } | undefined;
  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      drag = { last: spotOf(event), moved: 0 };
      element.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  element.addEventListener(
    "pointermove",
    (event) => {
      if (event.pointerType === "touch") return;
      const spot = spotOf(event);
      if (drag === undefined) {
        target.hover(spot);
        return;
      }
      const [dx, dy] = [spot.x - drag.last.x, spot.y - drag.last.y];
      drag = { last: spot, moved: drag.moved + Math.abs(dx) + Math.abs(dy) };
      if (drag.moved > CLICK_PX) target.show(panBy(target.view(), dx, dy));
    },
    { signal },
  );
  element.addEventListener(
    "pointerup",
    (event) => {
      if (drag !== undefined && drag.moved <= CLICK_PX) target.click(spotOf(event));
      drag = undefined;
    },
    { signal },
  );
  element.addEventListener("pointercancel", () => (drag = undefined), { signal });
  element.addEventListener("pointerleave", () => target.hover(undefined), { signal });

  element.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && !element.contains(document.activeElement)) {
        target.refused("wheel");
        return;
      }
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 30 : 1;
      const factor = Math.exp(-Math.max(-240, Math.min(240, event.deltaY * lines)) / 300);
      target.zoom(spotOf(event), factor);
    },
    { signal, passive: false },
  );
  element.addEventListener(
    "dblclick",
    (event) => target.zoom(spotOf(event), event.shiftKey ? 0.5 : 2),
    { signal },
  );

  installFingers(target, spotOf, signal);
  element.addEventListener("keydown", (event) => onKey(target, event), { signal });
  return () => stop.abort();
}

/** Two fingers move and zoom; one taps, and otherwise scrolls the page. */
function installFingers(
  target: GestureTarget,
  spotOf: (event: { clientX: number; clientY: number }) => Spot,
  signal: AbortSignal,
): void {
  const { element } = target;
  let pair: { middle: Spot; apart: number } | undefined;
  let tap: Spot | undefined;
  const pairOf = (event: TouchEvent): { middle: Spot; apart: number } => {
    const [a, b] = [spotOf(event.touches[0] as Touch), spotOf(event.touches[1] as Touch)];
    return { middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, apart: Math.hypot(a.x - b.x, a.y - b.y) };
  };
  element.addEventListener(
    "touchstart",
    (event) => {
      tap = event.touches.length === 1 ? spotOf(event.touches[0] as Touch) : undefined;
      pair = event.touches.length === 2 ? pairOf(event) : undefined;
      if (pair !== undefined) event.preventDefault();
    },
    { signal, passive: false },
  );
  element.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length === 1) {
        const spot = spotOf(event.touches[0] as Touch);
        if (tap !== undefined && Math.hypot(spot.x - tap.x, spot.y - tap.y) > 2 * CLICK_PX) {
          tap = undefined;
          target.refused("finger");
        }
        return;
      }
      if (pair === undefined || event.touches.length !== 2) return;
      event.preventDefault();
      const next = pairOf(event);
      target.show(panBy(target.view(), next.middle.x - pair.middle.x, next.middle.y - pair.middle.y));
      target.zoom(next.middle, next.apart / Math.max(1, pair.apart));
      pair = next;
    },
    { signal, passive: false },
  );
  element.addEventListener(
    "touchend",
    () => {
      if (tap !== undefined && pair === undefined) target.click(tap);
      [tap, pair] = [undefined, undefined];
    },
    { signal },
  );
}

function onKey(target: GestureTarget, event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const size = target.size();
  const middle = { x: size.width / 2, y: size.height / 2 };
  const moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => target.show(panBy(target.view(), KEY_PAN_PX, 0)),
    ArrowRight: () => target.show(panBy(target.view(), -KEY_PAN_PX, 0)),
    ArrowUp: () => target.show(panBy(target.view(), 0, KEY_PAN_PX)),
    ArrowDown: () => target.show(panBy(target.view(), 0, -KEY_PAN_PX)),
    "+": () => target.zoom(middle, 1.5),
    "=": () => target.zoom(middle, 1.5),
    "-": () => target.zoom(middle, 1 / 1.5),
    "0": () => target.home(),
    Home: () => target.home(),
  };
  const move = moves[event.key];
  if (move === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}
