import type { HidingWay } from '../../../workflows/domain/document.js';
import { hiddenBy } from './look.js';
import type { Numbering } from './numbering.js';
import { lookFrom, type Look, type Styles } from './styles.js';
import { isOn, type Element, type Listener } from './xml.js';

/** What a body of text hands on, in the order of reading. */
export type Out = {
  paragraph(text: string): void;
  pageEnd(): void;
  hide(how: HidingWay, text: string): void;
  comment(id: string): void;
};

type Paragraph = {
  text: string;
  style: string | undefined;
  list: string | undefined;
  level: number | undefined;
  shade: string | undefined;
  started: boolean;
  hidden: { how: HidingWay; text: string } | undefined;
};
type Table = { rows: string[]; cells: string[]; cell: string[]; shade: string | undefined; shaded: boolean };

/** What was before a tracked change of format, and what older programs show instead. */
const leftOut = /^(?:Fallback|w:\w+Change)$/;
const removed = new Set(['w:del', 'w:moveFrom']);
const fills = new Set(['solidFill', 'gradFill', 'blipFill', 'pattFill']);

/** Follows the body of a Word part and hands on its paragraphs; what is hidden or deleted goes apart. */
export class Body implements Listener {
  readonly #paragraphs: Paragraph[] = [];
  readonly #tables: Table[] = [];
  readonly #path: string[] = [];
  #skip = 0;
  #removed = 0;
  #fills = 0;
  #look: Look = {};
  #runStyle: string | undefined;
  #inText = false;
  #note = '';

  constructor(
    private readonly out: Out,
    private readonly styles: Styles,
    private readonly numbering: Numbering,
  ) {}

  open(element: Element): void {
    const { name } = element;
    this.#path.push(name);
    if (leftOut.test(name)) this.#skip += 1;
    if (this.#skip > 0) return;
    const parent = this.#path.at(-2);
    if (removed.has(name) && parent !== 'w:rPr' && parent !== 'w:trPr') this.#removed += 1;
    if (parent === 'w:pPr') this.#paragraphProperty(element);
    else if (parent === 'w:numPr' && this.#path.at(-3) === 'w:pPr') this.#listProperty(element);
    else if (parent === 'w:rPr' && this.#path.at(-3) === 'w:r') this.#runProperty(element);
    else this.#structure(element);
  }

  close(name: string): void {
    this.#path.pop();
    if (leftOut.test(name)) this.#skip -= 1;
    if (this.#skip > 0) return;
    if (removed.has(name) && this.#path.at(-1) !== 'w:rPr' && this.#path.at(-1) !== 'w:trPr') this.#removed -= 1;
    if (name === 'w:t' || name === 'w:delText') this.#inText = false;
    else if (name === 'w:p') this.#endParagraph();
    else if (name === 'w:txbxContent') this.#fills = 0;
    else this.#endTable(name);
  }

  text(text: string): void {
    if (this.#inText && this.#skip === 0) this.#put(text);
  }

  #paragraphProperty(element: Element): void {
    const [open, value] = [this.#paragraphs.at(-1), element.attributes.get('val')];
    if (!open) return;
    if (element.name === 'w:pStyle') {
      open.style = value;
      if (this.styles.get(value).breakBefore === true) this.#pageEnd();
    } else if (element.name === 'w:shd') open.shade = element.attributes.get('fill');
    else if (element.name === 'w:pageBreakBefore' && isOn(element)) this.#pageEnd();
  }

  #listProperty({ name, attributes }: Element): void {
    const open = this.#paragraphs.at(-1);
    if (open && name === 'w:numId') open.list = attributes.get('val');
    if (open && name === 'w:ilvl') open.level = Number(attributes.get('val') ?? 0);
  }

  #runProperty(element: Element): void {
    if (element.name === 'w:rStyle') this.#runStyle = element.attributes.get('val');
    else lookFrom(this.#look, element);
  }

  #structure(element: Element): void {
    const { name, attributes } = element;
    const table = this.#tables.at(-1);
    switch (name) {
      case 'w:p':
        this.#paragraphs.push({
          text: '',
          style: undefined,
          list: undefined,
          level: undefined,
          shade: undefined,
          started: false,
          hidden: undefined,
        });
        break;
      case 'w:r':
        this.#look = {};
        this.#runStyle = undefined;
        break;
      case 'w:t':
      case 'w:delText':
        this.#inText = true;
        break;
      case 'w:tab':
      case 'w:ptab':
        this.#put('\t');
        break;
      case 'w:cr':
        this.#put('\n');
        break;
      case 'w:br':
        if (attributes.get('type') === 'page' && this.#removed === 0) this.#breakPage();
        else this.#put('\n');
        break;
      case 'w:noBreakHyphen':
        this.#put('-');
        break;
      case 'w:sym':
        this.#put('•');
        break;
      case 'w:tbl':
        this.#tables.push({ rows: [], cells: [], cell: [], shade: undefined, shaded: false });
        break;
      case 'w:tblStyle':
        if (table) table.shaded = this.styles.get(attributes.get('val')).shadedTable;
        break;
      case 'w:tc':
        if (table) Object.assign(table, { cell: [], shade: undefined });
        break;
      case 'w:shd':
        if (table && this.#path.at(-2) === 'w:tcPr') table.shade = attributes.get('fill');
        break;
      case 'w:commentReference':
        this.out.comment(attributes.get('id') ?? '');
        break;
      case 'w:footnote':
      case 'w:endnote':
        this.#note = attributes.get('type') ?? '';
        break;
      default:
        // A shape's own colour lies behind the words in it.
        if (fills.has(name) && this.#path.at(-2) === 'spPr') this.#fills += 1;
    }
  }

  /** What lies behind the letters: the cell, the paragraph or the paper. */
  #ground(open: Paragraph): string {
    if (this.#fills > 0) return 'unknown';
    if (open.shade !== undefined && open.shade !== 'auto') return open.shade;
    const table = this.#tables.at(-1);
    if (table?.shade !== undefined && table.shade !== 'auto') return table.shade;
    const style = this.styles.get(open.style).look.shade;
    if (style !== undefined && style !== 'auto') return style;
    return table?.shaded === true ? 'unknown' : 'auto';
  }

  #put(text: string): void {
    const open = this.#paragraphs.at(-1);
    if (!open || this.#path.includes('w:pPr')) return;
    const { shade: _shade, ...paragraphLook } = this.styles.get(open.style).look;
    const look = { ...paragraphLook, ...this.styles.get(this.#runStyle).look, ...this.#look };
    const how = this.#removed > 0 ? 'deleted' : hiddenBy(look, this.#ground(open));
    if (how === undefined) {
      this.#number(open);
      open.text += text;
      return;
    }
    if (open.hidden && open.hidden.how !== how) this.#flush(open);
    open.hidden ??= { how, text: '' };
    open.hidden.text += text;
  }

  #number(open: Paragraph): void {
    if (open.started) return;
    open.started = true;
    const style = this.styles.get(open.style);
    const list = open.list ?? style.list;
    if (list === undefined || list === '0') return;
    const number = this.numbering.next(list, open.level ?? style.level ?? 0);
    if (number !== '') open.text += `${number} `;
  }

  #flush(open: Paragraph): void {
    if (open.hidden && open.hidden.text.trim() !== '') this.out.hide(open.hidden.how, open.hidden.text);
    open.hidden = undefined;
  }

  #endParagraph(): void {
    const done = this.#paragraphs.pop();
    if (!done) return;
    this.#flush(done);
    const text = done.text.replace(/[^\S\n\t]+$/gm, '');
    // Separators between the text and its notes are drawn, not written.
    if (this.#note !== '' || text.trim() === '') return;
    const table = this.#tables.at(-1);
    if (table) table.cell.push(text.trim());
    else this.out.paragraph(text);
  }

  #endTable(name: string): void {
    const table = this.#tables.at(-1);
    if (name === 'w:footnote' || name === 'w:endnote') this.#note = '';
    if (!table) return;
    if (name === 'w:tc') table.cells.push(table.cell.join('\n'));
    else if (name === 'w:tr') {
      const row = table.cells.join('\t').replace(/\t+$/, '');
      if (row.trim() !== '') table.rows.push(row);
      table.cells = [];
    } else if (name === 'w:tbl') {
      this.#tables.pop();
      const outer = this.#tables.at(-1);
      const text = table.rows.join('\n');
      if (text !== '' && outer) outer.cell.push(text);
      else if (text !== '') this.out.paragraph(text);
    }
  }

  #breakPage(): void {
    const open = this.#paragraphs.at(-1);
    if (this.#tables.length > 0 || this.#paragraphs.length !== 1 || !open) return this.#put(' ');
    if (open.text.trim() !== '') {
      this.out.paragraph(open.text);
      open.text = '';
    }
    this.out.pageEnd();
  }

  #pageEnd(): void {
    if (this.#tables.length === 0 && this.#paragraphs.length === 1) this.out.pageEnd();
  }
}
