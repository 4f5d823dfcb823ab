import { areaOf, boxOf, combine, matrixOf, shared, type Box, type Matrix, type Polygon } from './geometry.js';
import { colourOf, type Colour, type Paint, type Word } from './ink.js';
import { around, isRectangle, shapesOf, strokeBox } from './path.js';
import { freshState, type Font, type State } from './state.js';
import { drawText } from './words.js';

/** What a page draws, as pdf.js lists it. */
export type Drawing = { fnArray: ArrayLike<number>; argsArray: ArrayLike<unknown> };
export type Ops = Readonly<Record<string, number>>;
export type Asked = { fontOf: (id: string) => Font | undefined; shows: (group: unknown) => boolean };

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const numeric = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);
const isNumbers = (value: unknown): value is ArrayLike<number> =>
  Array.isArray(value) || ArrayBuffer.isView(value) || (typeof value === 'object' && value !== null && 0 in value);
const numbersOf = (value: unknown): ArrayLike<number> | undefined => (isNumbers(value) ? value : undefined);

/** A page with more than this many large shapes is a drawing; what comes after them hides nothing. */
const maxPaints = 4_000;
/** Saves deeper than this are an attack, not a page. */
const maxDepth = 4_000;

/** Follows a page's drawing from its first operator to its last, and keeps its words and what can hide them. */
export class Walk {
  readonly words: Word[] = [];
  readonly paints: Paint[] = [];
  /** Whether anything but words was put on the page. */
  drew = false;
  #state: State;
  readonly #first: State;
  readonly #stack: State[] = [];
  /** For each open marked content, whether it shows. */
  readonly #marked: boolean[] = [];
  #hiddenDepth = 0;
  #text: Matrix = [1, 0, 0, 1, 0, 0];
  #line: Matrix = [1, 0, 0, 1, 0, 0];
  #clipNext = false;
  #order = 0;
  /** Set where the operators before an image say that it has a mask of its own. */
  #maskAt = -2;
  readonly #do: ReadonlyMap<number, (args: readonly unknown[]) => void>;

  constructor(
    base: Matrix,
    page: Box,
    private readonly ops: Ops,
    private readonly asked: Asked,
  ) {
    this.#first = freshState(base, page);
    this.#state = { ...this.#first };
    this.#do = new Map(
      Object.entries(this.#handlers()).flatMap(([name, act]) => {
        const code = ops[name];
        return code === undefined ? [] : [[code, act] as const];
      }),
    );
  }

  run({ fnArray, argsArray }: Drawing): void {
    const { save = -1, setGState = -1 } = this.ops;
    for (let at = 0; at < fnArray.length; at += 1) {
      const code = fnArray[at] ?? -1;
      this.#order = at;
      if (code === setGState && fnArray[at - 1] === save) this.#maskAt = at;
      this.#do.get(code)?.(list(argsArray[at]));
    }
  }

  #save(): void {
    if (this.#stack.length < maxDepth) this.#stack.push(this.#state);
    this.#state = { ...this.#state };
  }

  #restore(): void {
    this.#state = this.#stack.pop() ?? { ...this.#state };
  }

  #clipTo(shapes: readonly Polygon[]): void {
    const box = around(shapes);
    if (box === undefined) return;
    this.#state.clip = shared(this.#state.clip, box);
    if (!isRectangle(shapes) && this.#state.clips.length < 8) this.#state.clips = [...this.#state.clips, shapes];
  }

  #paint(
    box: Box,
    more: { colour: Colour; opacity: number; solid?: boolean; image?: boolean; shapes?: Polygon[] },
  ): void {
    const { clip, clips, normal, masked, inMask, groupOpacity } = this.#state;
    const opacity = more.opacity * groupOpacity;
    const seen = shared(box, clip);
    if (this.#hiddenDepth > 0 || inMask || opacity < 0.05) return;
    this.drew ||= areaOf(seen) > 0;
    if (seen.x1 - seen.x0 < 0.8 || seen.y1 - seen.y0 < 0.8 || this.paints.length >= maxPaints) return;
    this.paints.push({
      order: this.#order,
      colour: normal && !masked ? more.colour : undefined,
      opacity,
      covers: normal && !masked && more.solid !== false,
      image: more.image === true,
      box: seen,
      shapes: more.shapes === undefined ? clips : [more.shapes, ...clips],
    });
  }

  #fill(shapes: Polygon[]): void {
    const box = around(shapes);
    if (box === undefined) return;
    const { fill, fillOpacity, solid } = this.#state;
    const rest = { colour: solid ? fill : undefined, opacity: fillOpacity, solid };
    if (isRectangle(shapes)) this.#paint(box, rest);
    else this.#paint(box, { ...rest, shapes });
  }

  #stroke(shapes: readonly Polygon[]): void {
    const { lineWidth, ctm, stroke, strokeOpacity } = this.#state;
    const box = strokeBox(shapes, lineWidth * Math.sqrt(Math.abs(ctm[0] * ctm[3] - ctm[1] * ctm[2])));
    if (box) this.#paint(box, { colour: stroke, opacity: strokeOpacity });
  }

  #image(args: readonly unknown[], at: Matrix = this.#state.ctm): void {
    const hasMask = this.#maskAt >= 0 && this.#order - this.#maskAt <= 2;
    void args;
    this.#paint(boxOf(at, 0, 0, 1, 1), {
      colour: undefined,
      opacity: this.#state.fillOpacity,
      image: true,
      solid: !hasMask,
    });
  }

  #path(args: readonly unknown[]): void {
    const [kind, data] = [numeric(args[0]), numbersOf(list(args[1])[0])];
    const { stroke, closeStroke, fill, eoFill, fillStroke, eoFillStroke, closeFillStroke, closeEOFillStroke } =
      this.ops;
    const clips = this.#clipNext;
    this.#clipNext = false;
    const strokes = kind === stroke || kind === closeStroke;
    const fills =
      kind === fill ||
      kind === eoFill ||
      kind === fillStroke ||
      kind === eoFillStroke ||
      kind === closeFillStroke ||
      kind === closeEOFillStroke;
    if (data === undefined || (!strokes && !fills && !clips)) return;
    const shapes = shapesOf(data, this.#state.ctm);
    if (fills) this.#fill(shapes);
    if (strokes) this.#stroke(shapes);
    if (clips) this.#clipTo(shapes);
  }

  #show(items: unknown): void {
    const { mode, fill, stroke, fillOpacity, strokeOpacity, groupOpacity, clip, inMask, masked, normal } = this.#state;
    const [fills, strokes] = [mode % 4 === 0 || mode % 4 === 2, mode % 4 === 1 || mode % 4 === 2];
    const opacity = Math.max(fills ? fillOpacity : 0, strokes ? strokeOpacity : 0) * groupOpacity;
    const onlyStroke = strokes && (!fills || (fillOpacity < strokeOpacity && fillOpacity < 0.1));
    const both = mode % 4 === 2 && !onlyStroke;
    const colour = onlyStroke ? stroke : both && String(fill) !== String(stroke) ? undefined : fill;
    const ink = {
      order: this.#order,
      colour: masked || !normal ? undefined : colour,
      opacity,
      none: this.#hiddenDepth > 0 || inMask || opacity <= 0.04,
      clip,
    };
    this.#text = drawText(list(items), this.#state, this.#text, ink, this.words);
  }

  #move(x: unknown, y: unknown): void {
    this.#line = combine(this.#line, [1, 0, 0, 1, numeric(x), numeric(y)]);
    this.#text = this.#line;
  }

  #setState(pairs: readonly unknown[]): void {
    for (const pair of pairs) {
      const [key, value] = list(pair);
      if (key === 'ca') this.#state.fillOpacity = numeric(value);
      else if (key === 'CA') this.#state.strokeOpacity = numeric(value);
      else if (key === 'LW') this.#state.lineWidth = numeric(value);
      else if (key === 'BM') this.#state.normal = value === 'source-over';
      else if (key === 'SMask') this.#state.masked = value === true;
      else if (key === 'Font') this.#setFont(list(value));
    }
  }

  #setFont([id, size]: readonly unknown[]): void {
    this.#state.font = typeof id === 'string' ? this.asked.fontOf(id) : undefined;
    this.#state.fontSize = numeric(size);
  }

  #beginForm(matrix: unknown, bbox: unknown): void {
    this.#save();
    const numbers = numbersOf(matrix);
    if (numbers) this.#state.ctm = combine(this.#state.ctm, matrixOf(numbers));
    this.#clipToBox(bbox);
  }

  #clipToBox(bbox: unknown): void {
    const edge = numbersOf(bbox);
    if (edge)
      this.#state.clip = shared(
        this.#state.clip,
        boxOf(this.#state.ctm, numeric(edge[0]), numeric(edge[1]), numeric(edge[2]), numeric(edge[3])),
      );
  }

  #beginGroup(group: unknown): void {
    this.#save();
    const { matrix, bbox, smask } = {
      matrix: undefined,
      bbox: undefined,
      smask: undefined,
      ...Object(group),
    } as Record<'matrix' | 'bbox' | 'smask', unknown>;
    const { ctm, fillOpacity } = this.#state;
    const numbers = numbersOf(matrix);
    if (numbers) this.#state.ctm = combine(ctm, matrixOf(numbers));
    this.#clipToBox(bbox);
    Object.assign(this.#state, { ctm, fillOpacity: 1, strokeOpacity: 1 });
    this.#state.groupOpacity *= fillOpacity;
    this.#state.inMask ||= smask !== undefined && smask !== null;
  }

  #beginAnnotation([, rect, transform, matrix]: readonly unknown[]): void {
    this.#save();
    this.#state = { ...this.#first };
    this.#clipToBox(rect);
    this.#state.ctm = combine(combine(this.#state.ctm, matrixOf(numbersOf(transform))), matrixOf(numbersOf(matrix)));
  }

  #mark(shows: boolean): void {
    if (this.#marked.length >= maxDepth) return;
    this.#marked.push(shows);
    if (!shows) this.#hiddenDepth += 1;
  }

  #handlers(): Record<string, (args: readonly unknown[]) => void> {
    const number = (set: (value: number) => void) => (args: readonly unknown[]) => set(numeric(args[0]));
    const image = (args: readonly unknown[]): void => this.#image(args);
    return {
      save: () => this.#save(),
      restore: () => this.#restore(),
      transform: (args) => (this.#state.ctm = combine(this.#state.ctm, matrixOf(args as ArrayLike<unknown>))),
      clip: () => (this.#clipNext = true),
      eoClip: () => (this.#clipNext = true),
      constructPath: (args) => this.#path(args),
      setLineWidth: number((value) => (this.#state.lineWidth = value)),
      setGState: ([pairs]) => this.#setState(list(pairs)),
      setFillRGBColor: ([value]) => Object.assign(this.#state, { fill: colourOf(value), solid: true }),
      setStrokeRGBColor: ([value]) => (this.#state.stroke = colourOf(value)),
      setFillColorN: ([kind]) => Object.assign(this.#state, { fill: undefined, solid: kind === 'Shading' }),
      setStrokeColorN: () => (this.#state.stroke = undefined),
      setFillTransparent: () => Object.assign(this.#state, { fill: undefined, solid: false }),
      shadingFill: () => this.#paint(this.#state.clip, { colour: undefined, opacity: this.#state.fillOpacity }),
      beginText: () => (this.#text = this.#line = [1, 0, 0, 1, 0, 0]),
      setCharSpacing: number((value) => (this.#state.charSpacing = value)),
      setWordSpacing: number((value) => (this.#state.wordSpacing = value)),
      setHScale: number((value) => (this.#state.stretch = value / 100)),
      setLeading: number((value) => (this.#state.leading = -value)),
      setFont: (args) => this.#setFont(args),
      setTextRenderingMode: number((value) => (this.#state.mode = value)),
      setTextRise: number((value) => (this.#state.rise = value)),
      moveText: ([x, y]) => this.#move(x, y),
      setLeadingMoveText: ([x, y]) => {
        this.#state.leading = numeric(y);
        this.#move(x, y);
      },
      setTextMatrix: (args) => {
        this.#line = matrixOf(args.length === 1 ? numbersOf(args[0]) : args);
        this.#text = this.#line;
      },
      nextLine: () => this.#move(0, this.#state.leading),
      showText: ([items]) => this.#show(items),
      paintFormXObjectBegin: ([matrix, bbox]) => this.#beginForm(matrix, bbox),
      paintFormXObjectEnd: () => this.#restore(),
      beginGroup: ([group]) => this.#beginGroup(group),
      endGroup: () => this.#restore(),
      beginAnnotation: (args) => this.#beginAnnotation(args),
      endAnnotation: () => this.#restore(),
      beginMarkedContent: () => this.#mark(true),
      beginMarkedContentProps: ([tag, group]) => this.#mark(tag !== 'OC' || this.asked.shows(group)),
      endMarkedContent: () => {
        if (this.#marked.pop() === false) this.#hiddenDepth -= 1;
      },
      paintImageXObject: image,
      paintInlineImageXObject: image,
      paintSolidColorImageMask: () => {
        const { ctm, fill, fillOpacity, solid } = this.#state;
        this.#paint(boxOf(ctm, 0, 0, 1, 1), { colour: fill, opacity: fillOpacity, solid });
      },
    };
  }
}
