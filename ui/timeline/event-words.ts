import type { TimelineEvent } from '../../api/contract/index.js';
import { drafterTitle, drafterWords } from '../shared/drafter-words.js';

const workers: Partial<Record<TimelineEvent['kind'], string>> = {
  'run-screened': 'Screening rules',
  published: 'Folder delivery',
  'publication-reserved': 'Folder delivery',
  'publication-uncertain': 'Folder delivery',
  'publication-failed': 'Folder delivery',
};

/** Who did it: a person by name, or the part of the product in words. */
export function whoOf(event: TimelineEvent): string {
  if (event.by.kind !== 'product') return event.by.name;
  const [head, name = ''] = event.actor.split(':');
  if (head === 'drafter') return `${drafterTitle(name)}${promptOf(event)}`;
  if (head === 'rule') return `Rule: ${name.replaceAll('-', ' ')}`;
  return workers[event.kind] ?? 'Countersign';
}

function promptOf(event: TimelineEvent): string {
  const prompt = text(event, 'promptVersion');
  return prompt === '' || text(event, 'model') === '' ? '' : `, prompt ${prompt}`;
}

function text(event: TimelineEvent, key: string): string {
  const value = event.body[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function name(event: TimelineEvent, key: string): string {
  return event.names[text(event, key)] ?? 'somebody';
}

const verbWords: Record<TimelineEvent['verb'], string> = {
  ingest: 'Ingest',
  analyze: 'Analyze',
  predict: 'Predict',
  generate: 'Generate',
  execute: 'Execute',
  people: '',
  system: 'noted',
};

/** Which drafter was asked for by name, where one was. */
function by(event: TimelineEvent): string {
  const drafter = text(event, 'drafter');
  return drafter === '' || drafter === 'default' ? '' : `, by ${drafterWords(drafter)}`;
}

type Told = { verb: string; change: string };

const results: Record<string, string> = { 'as-written': 'as written', differed: 'differed', exception: 'exception' };

function decided(event: TimelineEvent): Told {
  const alone = event.body['singlePerson'] === true ? ', single-person' : '';
  switch (text(event, 'decision')) {
    case 'approve':
      return { verb: 'decided', change: `open → approved ${text(event, 'outcome').replace('-', ' ')}${alone}` };
    case 'request-changes':
      return { verb: 'decided', change: `open → changes asked for${by(event)}` };
    default:
      return { verb: 'decided', change: 'open → rejected' };
  }
}

const count = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** What the event changed, as “before → after”, and a person's verb for it. */
export function told(event: TimelineEvent): Told {
  const of = (key: string) => text(event, key);
  const words: Record<TimelineEvent['kind'], () => Told> = {
    'source-added': () => ({ verb: 'added', change: `a ${of('kind')}` }),
    'run-source-added': () => ({ verb: 'added', change: `a ${of('kind')} → the run` }),
    'source-erased': () => ({ verb: 'erased', change: 'a source → erased' }),
    'source-read': () => ({ verb: 'Ingest', change: 'a source → read' }),
    'source-recognised': () => ({ verb: 'Ingest', change: `${of('pages')} pictures of pages → words` }),
    'run-started': () => ({
      verb: 'started',
      change: `${String(count(event.body['sources']))} sources → a run${by(event)}`,
    }),
    'run-screened': () => ({ verb: 'Analyze', change: 'received → may be drafted' }),
    'run-kept-human': () => ({ verb: 'kept human', change: 'received → kept human' }),
    'run-released': () => ({ verb: 'released', change: 'kept human → drafting' }),
    'run-retried': () => ({
      verb: 'tried again',
      change: of('drafter') === 'default' ? 'with the usual drafter' : `with ${drafterWords(of('drafter'))}`,
    }),
    'run-withdrawn': () => ({ verb: 'withdrew', change: 'open → withdrawn' }),
    'run-repair-opened': () => ({ verb: 'opened', change: 'published → being repaired' }),
    'problem-reported': () => ({ verb: 'reported', change: `a problem with version ${of('version')}` }),
    'draft-written': () => ({ verb: 'Generate', change: `no draft → version ${of('version')}` }),
    'draft-alternative': () => ({ verb: 'Generate', change: `version ${of('version')}, kept beside and not used` }),
    'drafting-waits': () => ({ verb: 'Generate', change: 'drafting → waits' }),
    'drafting-failed': () => ({ verb: 'Generate', change: 'drafting → failed' }),
    'draft-edited': () => ({ verb: 'edited', change: `version ${of('baseVersion')} → ${of('version')}` }),
    'subject-rendered': () => ({ verb: 'noted', change: `version ${of('version')} → rendered again` }),
    'review-opened': () => ({ verb: 'noted', change: `version ${of('version')} → in review` }),
    'review-claimed': () => ({ verb: 'claimed', change: 'free → claimed' }),
    'review-unclaimed': () => ({ verb: 'gave up', change: 'claimed → free' }),
    'review-assigned': () => ({
      verb: 'assigned',
      change: of('person') === '' ? '→ nobody in particular' : `→ ${name(event, 'person')}`,
    }),
    'requirement-met': () => ({
      verb: 'confirmed',
      change: of('key').startsWith('run-through:')
        ? 'a step → run'
        : of('served') === ''
          ? 'missing → confirmed'
          : 'page served → confirmed',
    }),
    'run-through-started': () => ({ verb: 'ran', change: `version ${of('version')}, started` }),
    'step-ticked': () => ({ verb: 'ran', change: `no tick → ${results[of('result')] ?? of('result')}` }),
    'recording-attached': () => ({ verb: 'attached', change: 'no recording → attached' }),
    'run-through-finished': () => ({ verb: 'ran', change: 'run-through → finished' }),
    decided: () => decided(event),
    'decision-undone': () => ({ verb: 'undid', change: 'decided → open' }),
    'publication-reserved': () => ({ verb: 'Execute', change: 'approved → being delivered' }),
    published: () => ({ verb: 'Execute', change: 'approved → published' }),
    'publication-uncertain': () => ({ verb: 'Execute', change: 'delivered? → uncertain' }),
    'publication-failed': () => ({ verb: 'Execute', change: 'approved → not delivered' }),
    'publication-refused': () => ({ verb: 'Execute', change: 'approved → refused, back to review' }),
    'publication-resolved': () => ({
      verb: 'settled',
      change: of('resolution') === 'arrived' ? 'uncertain → it is there' : 'uncertain → send again',
    }),
    'address-changed': () => ({ verb: 'Execute', change: 'place changed → back to review' }),
    'contract-reminder-sent': () => ({ verb: 'noted', change: `last safe day ${of('lastSafeDay')} → reminded of` }),
    'notice-sent': () => ({ verb: 'noted', change: 'a notice sent' }),
    'role-set': () => ({ verb: 'set a role', change: `${name(event, 'person')}: ${of('was')} → ${of('role')}` }),
    'member-joined': () => ({ verb: 'joined', change: `${name(event, 'person')} → ${of('role')}` }),
    'member-deactivated': () => ({ verb: 'closed', change: `${name(event, 'person')} → no access` }),
    'member-reactivated': () => ({ verb: 'reopened', change: `${name(event, 'person')} → access` }),
    'deputy-set': () => ({
      verb: 'set a deputy',
      change: of('deputy') === '' ? '→ nobody' : `→ ${name(event, 'deputy')}`,
    }),
    'invitation-made': () => ({ verb: 'invited', change: `→ ${of('role')}` }),
    'invitation-accepted': () => ({ verb: 'accepted', change: 'invited → joined' }),
    'invitation-revoked': () => ({ verb: 'revoked', change: 'invitation → revoked' }),
    'signed-in': () => ({ verb: 'signed in', change: '' }),
    'signed-out': () => ({ verb: 'signed out', change: '' }),
    'password-changed': () => ({ verb: 'changed', change: 'a password' }),
    'key-made': () => ({ verb: 'made', change: 'an API key' }),
    'key-revoked': () => ({ verb: 'revoked', change: 'an API key' }),
    'calendar-link-made': () => ({ verb: 'made', change: 'a calendar link' }),
    'calendar-link-revoked': () => ({ verb: 'revoked', change: 'a calendar link' }),
    'setting-changed': () => ({
      verb: 'changed',
      change: of('key').replace('policy:', 'reviews of ').replaceAll('-', ' '),
    }),
    'earlier-sop-entered': () => ({ verb: 'entered', change: 'an earlier SOP' }),
    'earlier-sop-removed': () => ({ verb: 'removed', change: 'an earlier SOP' }),
    'target-changed': () => ({
      verb: 'changed',
      change: event.body['addressChanged'] === true ? 'where things are published' : 'a target',
    }),
    'signing-key-registered': () => ({ verb: 'noted', change: `signing key ${of('keyId')}` }),
    'checkpoint-sealed': () => ({ verb: 'sealed', change: `the record, number ${of('number')}` }),
  };
  const said = words[event.kind]();
  return { ...said, verb: said.verb || verbWords[event.verb] };
}

const places: Record<string, string> = {
  people: 'People',
  settings: 'Settings',
  checkpoints: 'The record',
  sources: 'Sources',
};

/** What the event is about: the run's title, or the part of the house. */
export function aboutOf(event: TimelineEvent): string {
  return event.title ?? places[event.stream] ?? 'A run';
}
