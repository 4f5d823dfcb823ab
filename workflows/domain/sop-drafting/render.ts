import type { Sop, SopException, Step } from './schema.js';

/** A screenshot as published: its path beside the page. */
export type PlacedImage = { path: string };

/** Markdown's own characters in a person's or a model's words are words: escaped, on one line. */
function plain(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~&!]/g, '\\$&')
    .replace(/(\bhttps?|\bftp|\bmailto):/gi, '$1\\:')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/@/g, '\\@')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, '', ...lines, ''];
}

function stepLines(step: Step, index: number, images: ReadonlyMap<string, PlacedImage>): string[] {
  const number = `${index + 1}.`;
  const indent = ' '.repeat(number.length + 1);
  const image = step.screenshot === null ? undefined : images.get(step.screenshot);
  return [
    `${number} ${plain(step.action)}${step.where === '' ? '' : `  \n${indent}Where: ${plain(step.where)}`}`,
    ...(image === undefined ? [] : ['', `${indent}![Screenshot of step ${index + 1}](${image.path})`]),
    ...(step.expected === '' ? [] : ['', `${indent}You should see: ${plain(step.expected)}`]),
    '',
  ];
}

function exceptionLine(item: SopException): string {
  return `- **${plain(item.when)}** ${item.then === '' ? '(what to do then is not written yet)' : plain(item.then)}`;
}

/**
 * The page exactly as it would be published, as Markdown. Pure: the same SOP, version and images give
 * the same bytes. Times and "inferred" stay in the review; they are ours and are not published.
 */
export function renderSop(sop: Sop, version: number, images: ReadonlyMap<string, PlacedImage>): string {
  const facts: [string, string][] = [
    ['Owner', sop.owner],
    ['Approver', sop.approver],
    ['Applies to', sop.scope],
    ['Systems of record', sop.systemsOfRecord.join(', ')],
    ['Version', String(version)],
  ];
  const lines = [
    `# ${plain(sop.title)}`,
    '',
    ...facts.filter(([, value]) => value !== '').map(([name, value]) => `- ${name}: ${plain(value)}`),
    '',
    ...section('Purpose', sop.purpose === '' ? [] : [plain(sop.purpose)]),
    ...section(
      'Before you start',
      sop.prerequisites.map((item) => `- ${plain(item)}`),
    ),
    ...section(
      'Steps',
      sop.steps.flatMap((step, index) => stepLines(step, index, images)),
    ),
    ...section(
      'Decision points',
      sop.decisionPoints.map((point) => `- ${plain(point.question)}`),
    ),
    ...section('Exceptions', sop.exceptions.map(exceptionLine)),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
