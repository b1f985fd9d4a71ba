/** Base: what does not move. Sea, land, graticule, named places, scale. */

import { nationSign, haloText, polyline, type Spot } from "../canvas/draw";
import type { Palette } from "../canvas/palette";
import { worldX, worldY } from "../geo/mercator";
import { EARTH_RADIUS_M } from "../geo/sphere";
import type { NamedPlace, Plan } from "../model";
import { NAUTICAL_MILE_M } from "../quantity";
import type { Rect } from "./labels";
import { metresPerPixel, toScreen, toWorld, type Size, type View } from "./view";



/** Steps of a graticule in minutes of arc. */
const GRATICULE_MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800];
const GRATICULE_LEAST_PX = 90;

/** How near to the edge of its sheet a point of the coast is on it, in radians: the coast comes rounded. */
const EDGE = 2e-5;

/** Shorter strokes of a coast are left out. */
const LEAST_STROKE_PX = 0.34;

/** One sheet of land in world coordinates, projected once, each ring with its bounds. */
interface Sheet extends Extent {
  readonly rings: readonly (Extent & { readonly xs: Float64Array; readonly ys: Float64Array })[];
}

interface Extent {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Sheets from the coarsest, which reaches farthest, to the finest, which covers what it knows better. */
export type Land = readonly Sheet[];

export function prepareLand(coast: Plan["coast"]): Land {
  return coast.map(({ box, rings }) => ({
    west: worldX(box.west),
    east: worldX(box.east),
    south: worldY(box.south),
    north: worldY(box.north),
    rings: rings.map((ring) => {
      const xs = Float64Array.from(ring, (point) => worldX(point.lon));
      const ys = Float64Array.from(ring, (point) => worldY(point.lat));
      const extent = { west: Infinity, east: -Infinity, south: Infinity, north: -Infinity };
      for (let index = 0; index < xs.length; index += 1) {
        const [x, y] = [xs[index] as number, ys[index] as number];
        extent.west = Math.min(extent.west, x);
        extent.east = Math.max(extent.east, x);
        extent.south = Math.min(extent.south, y);
        extent.north = Math.max(extent.north, y);
      }
      return { xs, ys, ...extent };
    }),
  }));
}

export function drawSea(context: CanvasRenderingContext2D, size: Size, inks: Palette): void {
  context.fillStyle = inks.sea;
  context.fillRect(0, 0, size.width, size.height);
}

export function drawLand(
  context: CanvasRenderingContext2D,
  land: Land,
  view: View,
  size: Size,
  inks: Palette,
): void {
  const [halfX, halfY] = [size.width / 2 / view.scale, size.height / 2 / view.scale];
  const shown = (extent: Extent): boolean =>
    extent.west <= view.x + halfX &&
    extent.east >= view.x - halfX &&
    extent.south <= view.y + halfY &&
    extent.north >= view.y - halfY;
  context.lineJoin = "round";
  context.lineWidth = 0.9;
  context.setLineDash([]);
  for (const sheet of land.filter(shown)) {
    const [fill, shore] = [new Path2D(), new Path2D()];
    for (const ring of sheet.rings) {
      const tiny = (ring.east - ring.west) * view.scale < 0.6 && (ring.north - ring.south) * view.scale < 0.6;
      if (shown(ring) && !tiny) trace(fill, shore, ring, sheet, view, size);
    }
    const x = size.width / 2 + (sheet.west - view.x) * view.scale;
    const y = size.height / 2 - (sheet.north - view.y) * view.scale;
    context.fillStyle = inks.sea;
    context.fillRect(x, y, (sheet.east - sheet.west) * view.scale, (sheet.north - sheet.south) * view.scale);
    context.fillStyle = inks.land;
    context.fill(fill, "evenodd");
    context.strokeStyle = inks.coast;
    context.stroke(shore);
  }
}

/** One ring to be filled, and its shore: the parts of it that run along the edge of the sheet are a cut, not a coast. */
function trace(
  fill: Path2D,
  shore: Path2D,
  ring: { readonly xs: Float64Array; readonly ys: Float64Array },
  sheet: Extent,
  view: View,
  size: Size,
): void {
  const { xs, ys } = ring;
  const edge = (at: number, one: number, other: number): boolean =>
    Math.abs(at - one) < EDGE || Math.abs(at - other) < EDGE;
  let [lastX, lastY, wasCut] = [NaN, NaN, true];
  for (let index = 0; index < xs.length; index += 1) {
    const [wx, wy] = [xs[index] as number, ys[index] as number];
    const x = size.width / 2 + (wx - view.x) * view.scale;
    const y = size.height / 2 - (wy - view.y) * view.scale;
    const isCut = edge(wx, sheet.west, sheet.east) || edge(wy, sheet.south, sheet.north);
    if (index > 0 && !isCut && Math.abs(x - lastX) + Math.abs(y - lastY) < LEAST_STROKE_PX) continue;
    if (index === 0) fill.moveTo(x, y);
    else fill.lineTo(x, y);
    if (index === 0 || (isCut && wasCut)) shore.moveTo(x, y);
    else shore.lineTo(x, y);
    [lastX, lastY, wasCut] = [x, y, isCut];
  }
  fill.closePath();
}

/** Step of the graticule in minutes of arc, so that lines keep a decent distance. */
export function graticuleMinutes(view: View): number {
  const pixelsPerMinute = (view.scale * Math.PI) / 180 / 60;
  return GRATICULE_MINUTES.find((minutes) => minutes * pixelsPerMinute >= GRATICULE_LEAST_PX) ?? 1800;
}

/** `42°30′N`; whole degrees without minutes. */
export function angleText(minutes: number, positive: string, negative: string): string {
  const whole = Math.abs(Math.round(minutes));
  const [degrees, rest] = [Math.floor(whole / 60), whole % 60];
  const letter = minutes === 0 ? "" : minutes > 0 ? positive : negative;
  return rest === 0 ? `${degrees}°${letter}` : `${degrees}°${String(rest).padStart(2, "0")}′${letter}`;
}

export function drawGraticule(context: CanvasRenderingContext2D, view: View, size: Size, inks: Palette): void {
  const step = graticuleMinutes(view);
  const northWest = toWorld(view, size, { x: 0, y: 0 });
  const southEast = toWorld(view, size, { x: size.width, y: size.height });
  context.strokeStyle = inks.grid;
  context.lineWidth = 0.6;
  context.setLineDash([]);
  context.font = `10px ${inks.font}`;
  const labels: { text: string; at: Spot; align: CanvasTextAlign; base: CanvasTextBaseline }[] = [];
  context.beginPath();
  for (let lon = Math.ceil((northWest.lon * 60) / step) * step; lon <= southEast.lon * 60; lon += step) {
    const { x } = toScreen(view, size, { lat: 0, lon: lon / 60 });
    context.moveTo(x, 0);
    context.lineTo(x, size.height);
    const around = ((((lon + 10800) % 21600) + 21600) % 21600) - 10800;
    labels.push({ text: angleText(around, "E", "W"), at: { x, y: 4 }, align: "center", base: "top" });
  }
  for (let lat = Math.ceil((southEast.lat * 60) / step) * step; lat <= northWest.lat * 60; lat += step) {
    const { y } = toScreen(view, size, { lat: lat / 60, lon: 0 });
    context.moveTo(0, y);
    context.lineTo(size.width, y);
    labels.push({ text: angleText(lat, "N", "S"), at: { x: 4, y }, align: "left", base: "middle" });
  }
  context.stroke();
  for (const label of labels) {
    const inCorner = label.align === "center" ? label.at.x < 44 : label.at.y < 20;
    if (inCorner) continue;
    context.textAlign = label.align;
    context.textBaseline = label.base;
    haloText(context, label.text, label.at, { ink: inks.muted, paper: inks.sea });
  }
}

export function drawPlaces(
  context: CanvasRenderingContext2D,
  places: readonly NamedPlace[],
  view: View,
  size: Size,
  inks: Palette,
): Rect[] {
  context.font = `italic 11px ${inks.font}`;
  context.textAlign = "left";
  context.textBaseline = "middle";
  const names: Rect[] = [];
  for (const place of places) {
    const at = toScreen(view, size, place);
    nationSign(context, "box", at, 3, { ink: inks.muted, paper: inks.paper });
    haloText(context, place.name, { x: at.x + 7, y: at.y }, { ink: inks.muted, paper: inks.land });
    names.push({ x: at.x - 4, y: at.y - 7, width: context.measureText(place.name).width + 11, height: 14 });
  }
  return names;
}

/** A round number of nautical miles that takes up between a half and all of a width. */
export function scaleMiles(milesPerPixel: number, widthPx: number): number {
  const most = milesPerPixel * widthPx;
  const magnitude = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((lead) => lead * magnitude <= most) ?? 1) * magnitude;
}

/** The scale, right for the middle of the view; returns what it covers. */
export function drawScale(context: CanvasRenderingContext2D, view: View, size: Size, inks: Palette): Rect {
  const milesPerPixel = metresPerPixel(view, EARTH_RADIUS_M) / NAUTICAL_MILE_M;
  const miles = scaleMiles(milesPerPixel, Math.min(150, size.width / 3));
  const width = miles / milesPerPixel;
  const box: Rect = { x: 12, y: size.height - 34, width: width + 24, height: 24 };
  const [left, right, base] = [box.x + 12, box.x + 12 + width, box.y + 18];
  context.save();
  context.globalAlpha = 0.85;
  context.fillStyle = inks.paper;
  context.fillRect(box.x, box.y, box.width, box.height);
  context.restore();
  context.strokeStyle = inks.ink;
  context.lineWidth = 1.2;
  context.setLineDash([]);
  context.stroke(
    polyline(
      [
        { x: left, y: base - 5 },
        { x: left, y: base },
        { x: right, y: base },
        { x: right, y: base - 5 },
      ],
      false,
    ),
  );
  context.font = `10.5px ${inks.font}`;
  context.fillStyle = inks.ink;
  context.textAlign = "center";
  context.textBaseline = "alphabetic";
  context.fillText(`${miles} nm`, (left + right) / 2, base - 5);
  return box;
}
