import { plain } from '../plain-markdown.js';
import type { RevisionFact, RunStep, SopFacts } from './facts.js';
import { standingRuns } from './runs.js';
import { ownText } from './sections.js';
import type { Sop, SopException, Step } from './schema.js';
import type { Section } from './template.js';

/** A screenshot as published: its path beside the page. */
export type PlacedImage = { path: string };

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

const months = 'January February March April May June July August September October November December'.split(' ');

/** A day in words, in UTC, the same on every machine. */
function dayOf(moment: string): string {
  const at = new Date(moment);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}`;
}

/** “1 minute”, “12 minutes”, “1 h 5 min”; what took less than half a minute took one. */
function howLong(activeMs: number): string {
  const minutes = Math.max(1, Math.round(activeMs / 60_000));
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`;
}

/** “1 to 4, 6 and 8”, from numbers in order. */
function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let at = 0; at < numbers.length;) {
    let end = at;
    while (numbers[end + 1] === (numbers[end] ?? 0) + 1) end += 1;
    const [from, to] = [numbers[at] ?? 0, numbers[end] ?? 0];
    parts.push(...(to - from >= 2 ? [`${from} to ${to}`] : numbers.slice(at, end + 1).map(String)));
    at = end + 1;
  }
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

function runLines(sop: Sop, ran: readonly RunStep[]): string[] {
  const said = standingRuns(sop, ran).map(({ person, steps, finishedAt, activeMs, version, parts }) => {
    const which = `${steps.length === 1 ? 'step' : 'steps'} ${ranges(steps)}`;
    const when = `${dayOf(finishedAt)} (UTC)`;
    const on = parts === undefined ? 'a recording' : `a recording in ${parts} parts`;
    return `- ${plain(person)} ran ${which} on ${when}, in ${howLong(activeMs)}, on ${on}, from version ${version}.`;
  });
  return said.length === 0 ? ['Not run yet.'] : said;
}

function revisionLines(sop: Sop, version: number, before: readonly RevisionFact[]): string[] {
  const note = (text: string, fallback: string): string => plain(text === '' ? fallback : text);
  return [
    `- Version ${version}: ${note(sop.revision, before.length === 0 ? 'First version.' : 'What is new was not noted.')}`,
    ...before
      .toReversed()
      .map(
        (one, index) =>
          `- Version ${one.version}, ${dayOf(one.publishedAt)} (UTC), approved by ${plain(one.approvedBy)}: ` +
          note(one.note, index === before.length - 1 ? 'First version.' : 'What is new was not noted.'),
      ),
  ];
}

type Page = { sop: Sop; version: number; images: ReadonlyMap<string, PlacedImage>; facts: SopFacts };

function linesUnder(key: Section['key'], { sop, version, images, facts }: Page): string[] {
  const words = (text: string): string[] => (text === '' ? [] : [plain(text)]);
  const list = (items: readonly string[]): string[] => items.map((item) => `- ${plain(item)}`);
  switch (key) {
    case 'purpose':
      return words(sop.purpose);
    case 'scope':
      return words(sop.scope);
    case 'people':
      return [
        ...(sop.owner === '' ? [] : [`- Owner: ${plain(sop.owner)}`]),
        ...(sop.approver === '' ? [] : [`- Approver: ${plain(sop.approver)}`]),
      ];
    case 'systems':
      return list(sop.systemsOfRecord);
    case 'prerequisites':
      return list(sop.prerequisites);
    case 'steps':
      return sop.steps.flatMap((step, index) => stepLines(step, index, images));
    case 'decisions':
      return list(sop.decisionPoints.map((point) => point.question));
    case 'exceptions':
      return sop.exceptions.map(exceptionLine);
    case 'run-through':
      return sop.steps.length === 0 ? [] : runLines(sop, facts.ran);
    case 'revisions':
      return revisionLines(sop, version, facts.revisions);
    default:
      return ownText(sop, key)
        .split(/\n{2,}/)
        .flatMap((paragraph) => (paragraph.trim() === '' ? [] : [plain(paragraph.trim()), '']));
  }
}

/**
 * The page exactly as it would be published, as Markdown, in the team's format. Pure: the same SOP, version,
 * images and facts give the same bytes. Times and "inferred" stay in the review; they are ours and are not published.
 */
export function renderSop(
  sop: Sop,
  version: number,
  images: ReadonlyMap<string, PlacedImage>,
  facts: SopFacts,
): string {
  const page = { sop, version, images, facts };
  const lines = [
    `# ${plain(sop.title)}`,
    '',
    `Version ${version}`,
    '',
    ...sop.template.sections.flatMap(({ key, name }) => {
      const under = linesUnder(key, page);
      return under.length === 0 ? [] : [`## ${plain(name)}`, '', ...under, ''];
    }),
  ];
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}
