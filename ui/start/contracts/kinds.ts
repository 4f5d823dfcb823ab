import { maxArchiveBytes, maxSourceBytes } from '../../../workflows/domain/sources.js';
import { bytes } from '../../shared/words.js';

type FileFacts = { name: string; size: number };

const documentNames = /\.(pdf|docx|txt|md|text)$/i;

const advice: [RegExp, string][] = [
  [/\.doc$/i, 'This is an old Word file. Open it in Word, save it as .docx and add that.'],
  [/\.(rtf|odt|pages|wpd)$/i, 'This kind of document cannot be read. Save it as PDF or .docx and add that.'],
  [
    /\.(png|jpe?g|gif|webp|heic|tiff?|bmp)$/i,
    'This is a picture. Save the pages of the contract as one PDF and add that.',
  ],
  [/\.(eml|msg)$/i, 'This is a mail. Save what is attached to it and add that.'],
  [/\.(7z|rar|tar|t?gz)$/i, 'Only ZIP can be unpacked here. Unpack this one and add its files.'],
  [/\.(xlsx?|pptx?|csv)$/i, 'This is no contract that can be read. Save it as PDF and add that.'],
];

/** What a file is given as, or in one sentence why it cannot be used and what to do. The server looks at the bytes itself. */
export function contractKind({ name, size }: FileFacts): 'document' | 'zip' | { refused: string } {
  const zip = /\.zip$/i.test(name);
  if (!zip && !documentNames.test(name))
    return {
      refused:
        advice.find(([names]) => names.test(name))?.[1] ??
        'This is neither a PDF, a Word file (.docx), plain text (.txt) nor a ZIP of those.',
    };
  if (size === 0) return { refused: 'This file is empty. Save it again and add it again.' };
  const most = zip ? maxArchiveBytes : maxSourceBytes.document;
  if (size <= most) return zip ? 'zip' : 'document';
  const what = zip ? 'Split it.' : 'Save it smaller, or without its pictures.';
  return { refused: `This file has ${bytes(size)}; at most ${bytes(most)} can be read. ${what}` };
}
