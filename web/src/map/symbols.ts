/** Symbols: APP-6 symbols as small pictures, drawn once for each code, size and ink. */

import type { ColorMode } from "milsymbol";
import { ms, numberair, numbersea, numbersubsurface } from "milsymbol/parts";

import type { Palette } from "../canvas/palette";

export interface Sprite {
  readonly picture: HTMLCanvasElement;
  /** The symbol's own anchor: the middle of the frame, or the foot of a staff. */
  readonly anchor: { readonly x: number; readonly y: number };
}

export interface SpriteBox {
  sprite(sidc: string, sizePx: number, density: number, inks: Palette): Sprite;
}

/** Frames are drawn in one ink on paper: their shape says who takes part, and no nation has a colour. */
export function createSprites(): SpriteBox {
  for (const icons of [numbersea, numberair, numbersubsurface]) ms.addIcons(icons);
  const drawn = new Map<string, Sprite>();
  return {
    sprite(sidc, sizePx, density, inks) {
      const key = `${sidc} ${sizePx} ${density} ${inks.ink} ${inks.paper}`;
      const known = drawn.get(key);
      if (known !== undefined) return known;
      const ink = oneInk(inks.ink);
      const symbol = new ms.Symbol(sidc, {
        size: sizePx,
        fillColor: inks.paper,
        frameColor: ink,
        iconColor: ink,
        civilianColor: false,
        strokeWidth: 7,
        infoFields: false,
        fontfamily: inks.font,
      });
      const sprite = { picture: symbol.asCanvas(density), anchor: symbol.getAnchor() };
      drawn.set(key, sprite);
      return sprite;
    },
  };
}

/** The same ink whatever the identity. */
function oneInk(ink: string): ColorMode {
  return { Civilian: ink, Friend: ink, Hostile: ink, Neutral: ink, Unknown: ink, Suspect: ink };
}
