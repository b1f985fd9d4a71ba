/** Surface: one canvas that fills its host sharply, follows its size, and paints at most once a frame. */

export interface Surface {
  readonly canvas: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
  readonly density: number;
  /** Asks for a paint before the next frame. */
  invalidate(): void;
  /** Paints now and from now on at a number of device pixels to one of the page's; the screen's own if not given. */
  paintNow(density?: number): void;
  destroy(): void;
}

export type Painter = (context: CanvasRenderingContext2D, surface: Surface) => void;

export function createSurface(host: HTMLElement, paint: Painter): Surface {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("this browser has no canvas");
  host.append(canvas);
  let [width, height, density, pending, alive] = [0, 0, 1, false, true];
  let wanted: number | undefined;

  const measure = (): void => {
    [width, height, density] = [host.clientWidth, host.clientHeight, wanted ?? (devicePixelRatio || 1)];
    const [across, down] = [Math.max(1, Math.round(width * density)), Math.max(1, Math.round(height * density))];
    if (canvas.width !== across) canvas.width = across;
    if (canvas.height !== down) canvas.height = down;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  };
  const paintAll = (): void => {
    measure();
    context.setTransform(density, 0, 0, density, 0, 0);
    if (width > 0 && height > 0) paint(context, surface);
  };
  const surface: Surface = {
    canvas,
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    get density() {
      return density;
    },
    invalidate() {
      if (pending || !alive) return;
      pending = true;
      requestAnimationFrame(() => {
        pending = false;
        if (alive) paintAll();
      });
    },
    paintNow(next) {
      wanted = next;
      paintAll();
    },
    destroy() {
      alive = false;
      observer.disconnect();
      canvas.remove();
    },
  };
  const observer = new ResizeObserver(() => {
    if (host.clientWidth === width && host.clientHeight === height) return;
    surface.invalidate();
  });
  observer.observe(host);
  measure();
  return surface;
}
