/** The tree-shakable form of milsymbol, aliased in vite.config.ts: its package exports only the whole. */
declare module "milsymbol/parts" {
  import type whole from "milsymbol";

  /** A set of icons; only `addIcons` looks inside. */
  type IconSet = { readonly __icons: never };
  export const ms: typeof whole & { addIcons(icons: IconSet): void };
  export const numberair: IconSet;
  export const numbersea: IconSet;
  export const numbersubsurface: IconSet;
}
