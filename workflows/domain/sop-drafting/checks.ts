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

const trouble = '(?:issues?|problems?|questions?|quer(?:y|ies)|troubles?|errors?|difficult(?:y|ies)|doubts?|concerns?)';
/** Trouble without a name. “Any error F1 to F9” has one. */
const anyTrouble = new RegExp(
  [
    `\\bany (?:other |further )?${trouble}\\b(?! (?:codes? )?\\S*\\d)`,
    `\\b(?:in case of|for|if there (?:is|are)|if you (?:have|get|run into|meet)) (?:an? |any |some )?${trouble}\\b(?! (?:codes? )?\\S*\\d)`,
    '\\b(?:any|some)thing (?:goes|should go|is|looks|seems)? ?(?:wrong|odd|strange|unusual|unclear|unexpected)\\b',
    '\\bshould (?:any|some)thing go wrong\\b|\\b(?:gets?|becomes?|is) (?:tricky|difficult|complicated|messy|strange)\\b|\\bif in doubt\\b|\\b(?:if|when) (?:you are )?(?:unsure|stuck)\\b',
  ].join('|'),
  'i',
);
const unhelped = /\bif (?:that|this|it|nothing) (?:does not|doesn['’]t|did not|didn['’]t)? ?(?:helps?|works?)\b/i;
const handsOver =
  /\b(?:escalate|contact|call|phone|ring|e-?mail|write to|ask|notify|raise|reach out|tell|inform|speak (?:to|with)|talk to|bring in|flag|consult|refer|see (?:the|your))\b/i;

/** True where something is handed over of which nothing is said but that it went wrong. */
function isVague(text: string): boolean {
  if (!handsOver.test(text)) return false;
  return anyTrouble.test(text) || (unhelped.test(text) && !/\bwith\b/i.test(text));
}

function vagueEscalations(sop: Sop): Finding[] {
  return passagesOf(sop).flatMap(({ item, text }) =>
    !isVague(text)
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
  /\b(?:activate|add|archive|block|change|close|create|deactivate|delete|disable|edit|enable|erase|give|grant|lock|merge|modify|open|purge|remove|reset|revoke|set up|suspend|terminate|unlock|update|wipe)\b[^.]{0,60}\b(?:accounts?|access(?! (?:cards?|keys?|badges?))|contacts|records?|permissions?|entitlements?|licen[cs]es?|logins?|profiles?|user rights)\b/i;
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
  /\b(?:manager|lead|head|team|director|officer|chief|owner|coordinator|assistant|desk|department|operations|ops|finance|legal|security|reception|supervisor|specialist|analyst|partner|it|hr|support|office|facilities|president|controller|administrator|admin|accounting|accounts|care|communications|compliance|customers?|duty|engineering|lab|laboratory|librarian|logistics|marketing|nurse|payroll|people|procurement|producer|professor|purchasing|quality|records|relations|resources|sales|services?|shift|studio|warehouse)\b/i;
/** Two to four words with capitals, small ones such as “de” between them. “Media lab” is no name. */
const fullName =
  /^\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}'’.-]*|af|al|bin|da|de|del|della|den|der|di|dos|el|la|le|ten|ter|van|von|y|zu)){0,4} \p{Lu}[\p{L}'’.-]*$/u;
const plainName = (name: string): string =>
  name
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase()
    .replace(/^(?:(?:dr|prof|mr|mrs|ms|mx)\b\.? )+/, '');

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

const things = [
  ...[
    'badge',
    'laptop',
    'tablet',
    'phone(?! (?:the|them|him|her|a|an|your|us|to)\\b)',
    'camera',
    'headset',
    'projector',
    'radio',
    'helmet',
    'uniform',
    'car',
  ],
  ...['key card', 'access card', 'credit card', 'parking pass', '(?:hardware|security) token', 'fob'],
  // Not the keys that software has.
  '(?<!\\b(?:api|access|licen[cs]e|private|public|secret|session|ssh|encryption|signing|primary) )keys?',
];
const comesBack =
  'return|returns|returned|collect|collects|take back|hand back|give back|hand in|retrieve|recover|get back|bring back|brings back';
const leaves = /\b(?:offboard\w*|leaver|leaving|last day|terminat\w+|resign\w*|exit interview|departing|departure)\b/i;
const joins = /\b(?:onboard\w*|new (?:starter|hire|joiner|employee)|first day|welcom\w+)\b/i;
const isCard = /\b(?:badge|key ?card|access card|pass)\b/i;

function comesBackIn(text: string, thing: string, words = comesBack): boolean {
  const near = `(?:${words})\\b[^.]{0,80}\\b${thing}|\\b${thing}s?\\b[^.]{0,40}\\b(?:returned|collected|handed (?:back|in|over)|back)`;
  return new RegExp(near, 'i').test(text);
}

function neverReturned(sop: Sop): Finding[] {
  const passages = passagesOf(sop);
  const whole = passages.map((one) => one.text).join('. ');
  const heading = `${sop.title}. ${sop.purpose}. ${sop.scope}`;
  // Who leaves hands over what they had; who gives something out hands it over as well.
  const handedIn = (thing: string): boolean =>
    comesBackIn(whole, thing, `${comesBack}|hand over|hands over|bring|brings`);
  const leaving = leaves.test(heading) || /\bleaves\b/i.test(sop.title);
  if (leaving && !['badge', 'key ?card', 'access card', 'pass'].some(handedIn)) {
    const about = passages.find((one) => isCard.test(one.text))?.item ?? 'title';
    const label = 'Somebody leaves and no step collects the badge. Say who takes it back, and when.';
    return [{ rule: 'never-returned', items: [about], label, words: [heading, textOf(sop, about)] }];
  }
  if (joins.test(heading)) return [];
  const given = '\\b(?:give|gives|hand|hands|issue|issues|lend|lends|loan|loans)';
  const found = passages.flatMap(({ item, text }) => {
    const out = things.filter((one) => new RegExp(`${given}\\b[^.;]{0,60}\\b${one}\\b`, 'i').test(text));
    if (out.every((one) => comesBackIn(whole, one))) return [];
    const label = `${quoted(textOf(sop, item))} hands something out, and no step takes it back. Say when it comes back, and to whom.`;
    return [{ rule: 'never-returned' as const, items: [item], label, words: [text] }];
  });
  return found.slice(0, 1);
}

const condition =
  /^(?:if|when|where|unless|should|in case(?! of))\b|[,;:] (?:and |but )?(?:if|unless|in case(?! of))\b|\S (?:if|unless) (?:the|a|an|it|there|they|he|she|you|we|this|that|no|any|one|somebody|nobody)\b/i;
/** “Check if the file is there” asks; it has no other side. */
const whether =
  /\b(?:ask|asks|check|confirm|decide|determine|find out|know|look|note|read|say|says|see|show|shows|tell|test|verify|write|wonder)\b[^,;:.]{0,60} if\b/i;
const negated = /\b(?:not|no|never|nothing|none|without)\b|n['’]t\b|\bcannot\b/i;

/** “If it cannot …; if it can …”: both sides in one sentence. */
function hasBothSides(action: string): boolean {
  const sides = action.split(/[,;:.] (?:and |but )?(?=if\b)/i).filter((part) => /\bif\b/i.test(part));
  return sides.length > 1 && sides.some((part) => negated.test(part)) && !sides.every((part) => negated.test(part));
}

/** “If it matches …”, “If it does not match …”: the second of two steps is the other side of the first. */
function isOtherSide(action: string, previous: string): boolean {
  return /^if\b/i.test(action) && /^if\b/i.test(previous) && negated.test(action) !== negated.test(previous);
}

const otherwise = /\b(?:otherwise|else|if not|if it (?:is|does) not|if there (?:is|are) no|in all other cases)\b/i;

function oneBranch(sop: Sop): Finding[] {
  return sop.steps.flatMap((step, index) => {
    const next = sop.steps[index + 1]?.action ?? '';
    const point = sop.decisionPoints.filter((one) => one.stepId === step.id).map((one) => one.id);
    const covered = sop.exceptions.some((one) => one.decisionPointId !== null && point.includes(one.decisionPointId));
    const whole =
      !condition.test(step.action) ||
      whether.test(step.action) ||
      otherwise.test(step.action) ||
      hasBothSides(step.action) ||
      (/^(?:otherwise|if|else|unless)\b/i.test(next) && !isVague(next)) ||
      isOtherSide(step.action, sop.steps[index - 1]?.action ?? '');
    if (whole || covered || isVague(step.action)) return [];
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
