import type { PDFPageProxy } from 'unpdf/pdfjs';

const words = (value: unknown): string => {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'object' && value !== null && 'str' in value && typeof value.str === 'string'
    ? value.str.trim()
    : '';
};

/** Links say where they lead, and form fields and typed-on text are drawn on the page. */
const drawn = new Set(['Link', 'Widget', 'FreeText']);

/** What is noted on a page without being drawn on it. */
export async function commentsOf(page: PDFPageProxy): Promise<string[]> {
  const notes: unknown[] = await page.getAnnotations();
  const found = new Set<string>();
  for (const note of notes) {
    if (typeof note !== 'object' || note === null) continue;
    const { subtype, contentsObj, hidden, fieldValue } = {
      subtype: '',
      contentsObj: '',
      hidden: false,
      fieldValue: '',
      ...note,
    };
    const text = words(contentsObj) || (hidden ? words(fieldValue) : '');
    if (text !== '' && (hidden || !drawn.has(String(subtype)))) found.add(text);
  }
  return [...found];
}
