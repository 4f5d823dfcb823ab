import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Asset } from '../workflows/domain/manifest.js';

type Node = {
  type: string;
  tagName?: string;
  properties?: Record<string, unknown>;
  children?: Node[];
  position?: unknown;
};

/** Pictures are served from the store by fingerprint, so the page shows the bytes that would be published. */
function placeImages(assets: readonly Asset[]) {
  const places = new Map(assets.map((asset) => [asset.path, `/api/files/${asset.sha256}`]));
  const visit = (node: Node): void => {
    if (node.tagName === 'img') {
      const path = node.properties?.['src'];
      const src = typeof path === 'string' ? places.get(path) : undefined;
      node.properties = { alt: node.properties?.['alt'], ...(src === undefined ? {} : { src, loading: 'lazy' }) };
    }
    node.children?.forEach(visit);
  };
  return () => visit;
}

/** An address that was escaped is words: GFM's second look at a text makes links of those, which stand nowhere in the source. */
function keepEscapedWords() {
  const visit = (node: Node): void => {
    node.children = node.children?.flatMap((child) => {
      visit(child);
      return child.type === 'link' && child.position === undefined ? (child.children ?? []) : [child];
    });
  };
  return visit;
}

/** A rendition's Markdown as HTML for reading: sanitized, no raw HTML, pictures from the store and from nowhere else. */
export function renderHtml(markdown: string, assets: readonly Asset[]): string {
  return String(
    unified()
      .use(remarkParse)
      .use(remarkGfm)
      .use(keepEscapedWords)
      .use(remarkRehype)
      .use(rehypeSanitize, defaultSchema)
      .use(placeImages(assets))
      .use(rehypeStringify)
      .processSync(markdown),
  );
}
