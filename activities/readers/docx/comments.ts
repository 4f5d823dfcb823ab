import { readXml } from './xml.js';

/** The text of every comment by its number. */
export function commentsIn(part: Buffer | undefined): Map<string, string> {
  const comments = new Map<string, string>();
  if (!part) return comments;
  let id: string | undefined;
  let inText = false;
  readXml(part, {
    open: ({ name, attributes }) => {
      if (name === 'w:comment') {
        id = attributes.get('id') ?? '';
        comments.set(id, '');
      }
      inText = name === 'w:t' || name === 'w:delText';
      if (name === 'w:p' && id !== undefined && comments.get(id)) comments.set(id, `${comments.get(id)}\n`);
    },
    close: (name) => {
      inText = false;
      if (name === 'w:comment') id = undefined;
    },
    text: (text) => {
      if (inText && id !== undefined) comments.set(id, `${comments.get(id) ?? ''}${text}`);
    },
  });
  return comments;
}
