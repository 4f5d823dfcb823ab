import { isOn, type Element, type Listener } from './xml.js';

/** How letters are shown, as far as it can hide them. */
export type Look = {
  hidden?: boolean;
  /** Six hexadecimal digits, or `auto`. */
  colour?: string;
  shade?: string;
  /** In half points. */
  size?: number;
  /** In percent of their usual width. */
  width?: number;
};

export type Style = {
  look: Look;
  list?: string;
  level?: number;
  basedOn?: string;
  shadedTable: boolean;
  breakBefore?: boolean;
};

/** Takes in one property of letters or paragraphs. */
export function lookFrom(look: Look, element: Element): void {
  const { name, attributes } = element;
  const value = attributes.get('val') ?? '';
  if (name === 'w:vanish' || name === 'w:specVanish') look.hidden = isOn(element);
  else if (name === 'w:color') look.colour = value;
  else if (name === 'w:shd') look.shade = attributes.get('fill') ?? 'auto';
  else if (name === 'w:highlight') look.shade = value === 'none' ? 'auto' : value === 'white' ? 'FFFFFF' : 'unknown';
  else if (name === 'w:sz') look.size = Number(value) || 0;
  else if (name === 'w:w') look.width = Number.parseFloat(value) || 100;
}

/** The styles of a document, with what each takes from those that it is based on. */
export class Styles implements Listener {
  readonly #styles = new Map<string, Style>();
  #open: Style | undefined;
  #inOther = 0;

  open(element: Element): void {
    const { name, attributes } = element;
    if (name === 'w:style') {
      this.#open = { look: {}, shadedTable: false };
      this.#styles.set(attributes.get('styleId') ?? '', this.#open);
    }
    if (!this.#open) return;
    // Parts of a table style count for some rows alone; all that matters here is that it shades.
    if (name === 'w:tblStylePr' || name === 'w:tcPr') this.#inOther += 1;
    if (name === 'w:shd' && !['auto', 'FFFFFF', ''].includes(attributes.get('fill') ?? 'auto'))
      this.#open.shadedTable = true;
    if (this.#inOther > 0) return;
    if (name === 'w:basedOn') this.#open.basedOn = attributes.get('val') ?? '';
    else if (name === 'w:numId') this.#open.list = attributes.get('val') ?? '';
    else if (name === 'w:ilvl') this.#open.level = Number(attributes.get('val') ?? 0);
    else if (name === 'w:pageBreakBefore') this.#open.breakBefore = isOn(element);
    else lookFrom(this.#open.look, element);
  }

  close(name: string): void {
    if (name === 'w:style') this.#open = undefined;
    if (name === 'w:tblStylePr' || name === 'w:tcPr') this.#inOther = Math.max(0, this.#inOther - 1);
  }

  /** A style with everything that it is based on. */
  get(id: string | undefined): Style {
    const chain: Style[] = [];
    for (let at = id; at !== undefined && chain.length < 20;) {
      const style = this.#styles.get(at);
      if (style === undefined || chain.includes(style)) break;
      chain.unshift(style);
      at = style.basedOn;
    }
    const all: Style = { look: {}, shadedTable: false };
    for (const style of chain) {
      Object.assign(all.look, style.look);
      if (style.list !== undefined) all.list = style.list;
      if (style.level !== undefined) all.level = style.level;
      if (style.breakBefore !== undefined) all.breakBefore = style.breakBefore;
      all.shadedTable ||= style.shadedTable;
    }
    return all;
  }
}
