export type MarkKind = 'blur' | 'box' | 'arrow';
/** Pixels of the picture. An arrow goes from the corner where it was begun to the other. */
export type Area = { x: number; y: number; w: number; h: number };
export type Mark = { kind: MarkKind; area: Area };

/** Each field of a blurred area is one colour, at least this many pixels wide: no letter of it can be read back. */
const coarsest = 48;

/** The same area with a positive size, inside the picture. */
export function inside({ x, y, w, h }: Area, width: number, height: number): Area {
  const left = Math.max(0, Math.min(width - 1, Math.round(Math.min(x, x + w))));
  const top = Math.max(0, Math.min(height - 1, Math.round(Math.min(y, y + h))));
  const right = Math.max(left + 1, Math.min(width, Math.round(Math.max(x, x + w))));
  const bottom = Math.max(top + 1, Math.min(height, Math.round(Math.max(y, y + h))));
  return { x: left, y: top, w: right - left, h: bottom - top };
}

function average(context: CanvasRenderingContext2D, { x, y, w, h }: Area): string {
  const { data } = context.getImageData(x, y, w, h);
  const sum = [0, 0, 0];
  for (let at = 0; at < data.length; at += 4)
    for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (data[at + channel] ?? 0);
  return `rgb(${sum.map((value) => Math.round(value / (data.length / 4))).join(' ')})`;
}

function blur(context: CanvasRenderingContext2D, area: Area): void {
  const columns = Math.max(1, Math.floor(area.w / coarsest));
  const rows = Math.max(1, Math.floor(area.h / coarsest));
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1) {
      const x = area.x + Math.floor((area.w * column) / columns);
      const y = area.y + Math.floor((area.h * row) / rows);
      const w = area.x + Math.floor((area.w * (column + 1)) / columns) - x;
      const h = area.y + Math.floor((area.h * (row + 1)) / rows) - y;
      context.fillStyle = average(context, { x, y, w, h });
      context.fillRect(x, y, w, h);
    }
}

function stroke(context: CanvasRenderingContext2D, draw: () => void): void {
  const width = Math.max(3, Math.round(context.canvas.width / 300));
  for (const [colour, more] of [
    ['#fff', 4],
    ['#c22a1f', 0],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width + more;
    context.beginPath();
    draw();
    context.stroke();
  }
}

function arrow(context: CanvasRenderingContext2D, { x, y, w, h }: Area): void {
  const angle = Math.atan2(h, w);
  const head = Math.max(12, Math.min(40, Math.hypot(w, h) / 3));
  stroke(context, () => {
    context.moveTo(x, y);
    context.lineTo(x + w, y + h);
    for (const turn of [-0.45, 0.45]) {
      context.moveTo(x + w, y + h);
      context.lineTo(x + w - head * Math.cos(angle + turn), y + h - head * Math.sin(angle + turn));
    }
  });
}

/** Draws a mark into the pixels. */
export function drawMark(context: CanvasRenderingContext2D, { kind, area }: Mark): void {
  const { width, height } = context.canvas;
  context.lineCap = 'round';
  if (kind === 'arrow') arrow(context, area);
  else if (kind === 'blur') blur(context, inside(area, width, height));
  else {
    const box = inside(area, width, height);
    stroke(context, () => context.rect(box.x, box.y, box.w, box.h));
  }
}
