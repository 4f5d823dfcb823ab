import type { Sop, Step } from './schema.js';

/** What rules find wrong with an SOP that reads well. */
export const checkRules = [
  'vague-escalation',
  'no-system-of-record',
  'not-on-roster',
  'never-returned',
  'one-branch',
  'no-expected-result',
] as const;
export type CheckRule = (typeof checkRules)[number];

export type Finding = {
  rule: CheckRule;
  /** The items it is about: ids of steps or exceptions, or names of fields. Never empty. */
  items: string[];
  /** What is wrong and what to do, in one or two sentences, for the list of what is missing. */
  label: string;
  /** The SOP's own words that it rests on: said to be right as written, it is so until one of these changes. */
  words: string[];
};

type Passage = { item: string; text: string };

const quoted = (text: string): string => {
  const words = text.trim().replace(/[.\s]+$/, '');
  return `“${words.length <= 160 ? words : `${words.slice(0, 159)}…`}”`;
};

function passagesOf(sop: Sop): Passage[] {
  return [
    ...sop.steps.map(({ id, action, where, expected }) => ({ item: id, text: `${action}. ${where}. ${expected}` })),
    ...sop.exceptions.map(({ id, when, then }) => ({ item: id, text: `${when}, ${then}` })),
  ];
}

const anyTrouble =
  /\bany (?:other )?(?:issues?|problems?|questions?|troubles?|errors?|difficulties)\b|\banything goes wrong\b/i;
const handsOver = /\b(?:escalate|contact|call|e-?mail|ask|notify|raise|reach out|tell|inform)\b/i;

function vagueEscalations(sop: Sop): Finding[] {
  return passagesOf(sop).flatMap(({ item, text }) =>
    !anyTrouble.test(text) || !handsOver.test(text)
      ? []
      : [
          {
            rule: 'vague-escalation',
            items: [item],
            label: `${quoted(textOf(sop, item))} does not say what counts as an issue. Name what can go wrong, and what is handed over when it does.`,
            words: [text],
          },
        ],
  );
}

function textOf(sop: Sop, item: string): string {
  const exception = sop.exceptions.find((one) => one.id === item);
  if (exception !== undefined) return `${exception.when}: ${exception.then}`;
  return sop.steps.find((step) => step.id === item)?.action ?? item;
}

const onRecords =
  /\b(?:deactivate|disable|revoke|remove|delete|create|update|suspend|reset|close|add|change|archive)\b[^.]{0,60}\b(?:accounts?|access|records?|permissions?|licen[cs]es?|logins?|profiles?)\b/i;
/** “in NetSuite”, “from Google Workspace”: a name after a word of place. */
const namedPlace = /\b(?:in|from|on|at|into|of|to|via|using|through) (?:the )?[A-Z][A-Za-z0-9]/;

function namesSystem(step: Step, systems: readonly string[]): boolean {
  const action = step.action.toLowerCase();
  const named = systems.some((system) => action.includes(system.toLowerCase()));
  // With one system of record there is no doubt which.
  return step.where !== '' || named || systems.length === 1 || namedPlace.test(step.action);
}

function withoutSystem(sop: Sop): Finding[] {
  return sop.steps.flatMap((step) =>
    !onRecords.test(step.action) || namesSystem(step, sop.systemsOfRecord)
      ? []
      : [
          {
            rule: 'no-system-of-record',
            items: [step.id],
            label: `${quoted(step.action)} names no system. Say in which system of record it is done.`,
            words: [step.action],
          },
        ],
  );
}

const roleWords =
  /\b(?:manager|lead|head|team|director|officer|chief|owner|coordinator|assistant|desk|department|operations|ops|finance|legal|security|reception|supervisor|specialist|analyst|partner|it|hr|support|office|facilities|president|controller|administrator|admin)\b/i;
const fullName = /^\p{Lu}[\p{L}'’.-]+(?: \p{L}[\p{L}'’.-]*){1,3}$/u;
const plainName = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();

function strangers(sop: Sop, roster: readonly string[]): Finding[] {
  const known = new Set(roster.map(plainName));
  return (['owner', 'approver'] as const).flatMap((field) => {
    const name = sop[field].trim();
    if (known.size === 0 || !fullName.test(name) || roleWords.test(name) || known.has(plainName(name))) return [];
    return [
      {
        rule: 'not-on-roster',
        items: [field],
        label: `Nobody on the roster is called ${name}, who stands there as ${field}. Name somebody who is here.`,
        words: [name],
      },
    ];
  });
}

const things = ['badge', 'laptop', 'key card', 'access card', 'keys', 'phone', 'token', 'parking pass', 'credit card'];
const comesBack =
  'return|returns|returned|collect|collects|take back|hand back|give back|hand in|hand over|retrieve|recover|get back|bring';
const leaves = /\b(?:offboard\w*|leaver|leaving|last day|terminat\w+|resign\w*|exit interview|departing|departure)\b/i;
const joins = /\b(?:onboard\w*|new (?:starter|hire|joiner|employee)|first day|welcom\w+)\b/i;
const isCard = /\b(?:badge|key ?card|access card|pass)\b/i;

function comesBackIn(text: string, thing: string): boolean {
  const near = `(?:${comesBack})\\b[^.]{0,80}\\b${thing}|\\b${thing}s?\\b[^.]{0,40}\\b(?:returned|collected|handed (?:back|in|over)|back)`;
  return new RegExp(near, 'i').test(text);
}

function neverReturned(sop: Sop): Finding[] {
  const passages = passagesOf(sop);
  const whole = passages.map((one) => one.text).join('. ');
  const heading = `${sop.title}. ${sop.purpose}. ${sop.scope}`;
  const back = (thing: string): boolean => comesBackIn(whole, thing);
  if (leaves.test(heading) && !['badge', 'key ?card', 'access card', 'pass'].some(back)) {
    const about = passages.find((one) => isCard.test(one.text))?.item ?? 'title';
    const label = 'Somebody leaves and no step collects the badge. Say who takes it back, and when.';
    return [{ rule: 'never-returned', items: [about], label, words: [heading, textOf(sop, about)] }];
  }
  if (joins.test(heading)) return [];
  const given = /\b(?:give|gives|hand|hands|issue|issues|lend|lends)\b/i;
  const found = passages.flatMap(({ item, text }) => {
    const thing = things.find((one) => new RegExp(`\\b${one}\\b`, 'i').test(text));
    if (thing === undefined || !given.test(text) || back(thing)) return [];
    const label = `${quoted(textOf(sop, item))} hands out a ${thing}, and no step takes it back. Say when it comes back, and to whom.`;
    return [{ rule: 'never-returned' as const, items: [item], label, words: [text] }];
  });
  return found.slice(0, 1);
}

const condition = /^(?:if|when|unless)\b|[,;:] (?:if|unless)\b/i;
const otherwise = /\b(?:otherwise|else|if not|if it (?:is|does) not|if there (?:is|are) no|in all other cases)\b/i;

function oneBranch(sop: Sop): Finding[] {
  return sop.steps.flatMap((step, index) => {
    const next = sop.steps[index + 1]?.action ?? '';
    const point = sop.decisionPoints.filter((one) => one.stepId === step.id).map((one) => one.id);
    const covered = sop.exceptions.some((one) => one.decisionPointId !== null && point.includes(one.decisionPointId));
    const whole =
      !condition.test(step.action) || otherwise.test(step.action) || /^(?:otherwise|if|else|unless)\b/i.test(next);
    if (whole || covered || anyTrouble.test(step.action)) return [];
    const label = `${quoted(step.action)} says one side only. Say what is done otherwise.`;
    return [{ rule: 'one-branch' as const, items: [step.id], label, words: [step.action] }];
  });
}

const listed = (all: readonly string[]): string => {
  const [first, last] = all.length > 20 ? [all.slice(0, 20), 'more'] : [all.slice(0, -1), all.at(-1) ?? ''];
  return first.length === 0 ? last : `${first.join(', ')} and ${last}`;
};

function withoutResult(sop: Sop): Finding[] {
  const bare = sop.steps.flatMap(({ id, action, expected }, at) =>
    expected === '' ? [{ id, action, number: at + 1 }] : [],
  );
  if (bare.length === 0) return [];
  const which = `${bare.length === 1 ? 'Step' : 'Steps'} ${listed(bare.map((one) => String(one.number)))}`;
  const label = `${which} ${bare.length === 1 ? 'does' : 'do'} not say what one should see. Write it, so that the next person knows that it worked.`;
  return [
    { rule: 'no-expected-result', items: bare.map((one) => one.id), label, words: bare.map((one) => one.action) },
  ];
}

/** Everything the rules find in an SOP, rule by rule in the order of its text. `roster` holds the names of the members. */
export function checkSop(sop: Sop, roster: readonly string[]): Finding[] {
  return [
    ...vagueEscalations(sop),
    ...withoutSystem(sop),
    ...strangers(sop, roster),
    ...neverReturned(sop),
    ...oneBranch(sop),
    ...withoutResult(sop),
  ];
}
