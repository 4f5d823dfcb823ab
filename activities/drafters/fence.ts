import type { Material } from './drafter.js';

const tag = 'untrusted-data';
const forged = /<(?=[\s/]*untrusted-data)/gi;

/** Content that cannot end its own fence: a bracket that would open or close one becomes another sign. */
function inside(text: string): string {
  return text.replace(forged, '‹');
}

const attribute = (text: string): string =>
  inside(text)
    .replace(/["<>\n\r]/g, ' ')
    .slice(0, 200);

/** Text from outside between marks that it cannot forge. */
export function fence(label: string, text: string): string {
  return `<${tag} label="${attribute(label)}">\n${inside(text)}\n</${tag}>`;
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${twoDigits(Math.floor(seconds / 3600))}:${twoDigits(Math.floor(seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

/** A transcript or text as a model is shown it, fenced as data. */
export function fenced(material: Exclude<Material, { kind: 'image' }>): string {
  if (material.kind === 'text') return fence(material.name, material.text);
  const lines = material.transcript.cues.map(({ startMs, speaker, text }) => {
    const head = [startMs === null ? '' : clock(startMs), speaker ?? ''].filter((part) => part !== '').join(' ');
    return head === '' ? text : `[${head}] ${text}`;
  });
  return fence(`transcript ${material.name}`, lines.join('\n'));
}
