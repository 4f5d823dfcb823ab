import type { Nodes, PhrasingContent, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** A stretch of words in one look. */
export type Span = { text: string; bold?: true; italic?: true; code?: true; struck?: true };

/** One piece of a page, flat and in reading order. `level` is how many lists it stands in. */
export type Block =
  | { kind: 'heading'; depth: number; spans: Span[] }
  | { kind: 'paragraph'; level: number; spans: Span[] }
  /** The first words of a list's item; `list` numbers the lists of the page. */
  | { kind: 'item'; level: number; list: number; marker: string; start: number; ordered: boolean; spans: Span[] }
  | { kind: 'picture'; level: number; path: string; alt: string }
  | { kind: 'code'; level: number; text: string }
  | { kind: 'table'; level: number; rows: Span[][][] }
  | { kind: 'rule' };

type Look = Omit<Span, 'text'>;

function spansOf(nodes: readonly PhrasingContent[], look: Look = {}): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case 'text':
        return [{ text: node.value, ...look }];
      case 'html':
        return [{ text: node.value, ...look }];
      case 'inlineCode':
        return [{ text: node.value, ...look, code: true }];
      case 'break':
        return [{ text: '\n', ...look }];
      case 'strong':
        return spansOf(node.children, { ...look, bold: true });
      case 'emphasis':
        return spansOf(node.children, { ...look, italic: true });
      case 'delete':
        return spansOf(node.children, { ...look, struck: true });
      case 'link': {
        const words = spansOf(node.children, look);
        const said = words.map((span) => span.text).join('');
        // A link on paper leads nowhere: its address stands beside it.
        return said === node.url ? words : [...words, { text: ` (${node.url})`, ...look }];
      }
      case 'linkReference':
        return spansOf(node.children, look);
      case 'image':
      case 'imageReference':
        return [{ text: node.alt ?? '', ...look }];
      case 'footnoteReference':
        return [{ text: `[${node.identifier}]`, ...look }];
    }
  });
}

/** A paragraph, with each picture in it as a block of its own. */
function paragraph(nodes: readonly PhrasingContent[], level: number): Block[] {
  const blocks: Block[] = [];
  let words: PhrasingContent[] = [];
  const flush = (): void => {
    const spans = spansOf(words);
    if (spans.some((span) => span.text.trim() !== '')) blocks.push({ kind: 'paragraph', level, spans });
    words = [];
  };
  for (const node of nodes) {
    if (node.type === 'image') {
      flush();
      blocks.push({ kind: 'picture', level, path: node.url, alt: node.alt ?? '' });
    } else words.push(node);
  }
  flush();
  return blocks;
}

function walk(node: Nodes, level: number, lists: { made: number }): Block[] {
  const inside = (children: readonly Nodes[], at = level): Block[] =>
    children.flatMap((child) => walk(child, at, lists));
  switch (node.type) {
    case 'root':
      return inside(node.children);
    case 'blockquote':
      return inside(node.children, level + 1);
    case 'heading':
      return [{ kind: 'heading', depth: node.depth, spans: spansOf(node.children) }];
    case 'paragraph':
      return paragraph(node.children, level);
    case 'code':
      return [{ kind: 'code', level, text: node.value }];
    case 'html':
      return [{ kind: 'paragraph', level, spans: [{ text: node.value }] }];
    case 'thematicBreak':
      return [{ kind: 'rule' }];
    case 'table':
      return [
        { kind: 'table', level, rows: node.children.map((row) => row.children.map((cell) => spansOf(cell.children))) },
      ];
    case 'list': {
      lists.made += 1;
      const list = lists.made;
      const ordered = node.ordered === true;
      const start = node.start ?? 1;
      return node.children.flatMap((item, index): Block[] => {
        const [first, ...rest] = inside(item.children, level + 1);
        const marker = ordered ? `${start + index}.` : '•';
        const head = { kind: 'item', level: level + 1, list, marker, start, ordered } as const;
        if (first?.kind === 'paragraph') return [{ ...head, spans: first.spans }, ...rest];
        return [{ ...head, spans: [] }, ...(first === undefined ? [] : [first]), ...rest];
      });
    }
    case 'listItem':
    case 'footnoteDefinition':
      return inside(node.children);
    case 'text':
    case 'inlineCode':
    case 'break':
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'link':
    case 'linkReference':
    case 'image':
    case 'imageReference':
    case 'footnoteReference':
      return paragraph([node], level);
    // Cells stand in their table; a definition is where a link leads, and a page's front matter is no part of it.
    case 'tableRow':
    case 'tableCell':
    case 'definition':
    case 'yaml':
      return [];
  }
}

/** A published page's Markdown as the pieces that a document is made of. Nothing is added and no word is left out. */
export function blocksOf(markdown: string): Block[] {
  const root: Root = unified().use(remarkParse).use(remarkGfm).parse(markdown);
  return walk(root, 0, { made: 0 });
}
