import type { SopCandidate } from '../../../../workflows/domain/sop-drafting/schema.js';
import type { Transcript } from '../../../../workflows/domain/transcript.js';
import { actionOf, prohibitionOf, sentenceCase, withoutLeaders } from './action.js';
import { clausesOf, seenIn } from './clauses.js';
import { dependenceOf, questionOf } from './decisions.js';
import { caseOf, continuedBy, exceptionOf, goingOnOf, isNowAndThen, whatIf } from './exceptions.js';
import { isAtScreen, peopleIn, rolesIn, systemsIn, whereOf } from './names.js';
import { openingOf } from './opening.js';
import { placeScreenshots } from './screenshots.js';
import { sentencesOf, type Sentence } from './sentences.js';

type DraftStep = { action: string; expected: string; quote: string; startMs: number | null; pointing: boolean };
type DraftException = SopCandidate['exceptions'][number];
type Work = { steps: DraftStep[]; questions: SopCandidate['decisionPoints']; exceptions: DraftException[] };

/** How many sentences after a question its cases may still come. */
const reach = 4;

function mainSpeaker(sentences: readonly Sentence[]): string | null {
  const words = new Map<string, number>();
  for (const { speaker, text } of sentences)
    if (speaker !== null) words.set(speaker, (words.get(speaker) ?? 0) + text.length);
  return [...words].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function addSteps(work: Work, sentence: Sentence, text: string): void {
  let mine: DraftStep | undefined;
  for (const clause of clausesOf(text)) {
    const bare = withoutLeaders(clause);
    const seen = seenIn(bare);
    const last = work.steps.at(-1);
    const action = seen === undefined && !clause.endsWith('?') ? actionOf(clause) : undefined;
    const forbidden = prohibitionOf(clause);
    if (seen !== undefined && last !== undefined) {
      last.expected = [last.expected, sentenceCase(seen)]
        .filter((part) => part !== '')
        .join('. ')
        .slice(0, 600);
    } else if (action !== undefined) {
      mine = {
        action: action.slice(0, 1000),
        expected: '',
        quote: clause,
        startMs: sentence.startMs,
        pointing: /\b(?:here|this|as you can see|over there|looks like|at the top|on the (?:left|right))\b/i.test(
          sentence.text,
        ),
      };
      work.steps.push(mine);
    } else if (forbidden !== undefined && last !== undefined) {
      last.action = `${last.action}. ${forbidden}`.slice(0, 1000);
    } else if (mine !== undefined && !/^(?:because|so|like|um|it's|you know)\b/i.test(bare)) {
      // What stands after an act in the same sentence belongs to it.
      mine.action = `${mine.action}, ${bare.replace(/[.!]+$/, '')}`.slice(0, 1000);
    }
  }
}

/** "If they do" says little by itself: with the question that it answers, it says what it is about. */
function spelledOut(when: string, question: string | undefined): string {
  const short = when.split(/\s+/).length <= 4 && /\b(?:they|it|so|not|yes|no|that|he|she)\b/i.test(when);
  return short && question !== undefined ? `${when} (“${question}”)`.slice(0, 500) : when.slice(0, 500);
}

function walk(sentences: readonly Sentence[], skip: ReadonlySet<number>): Work {
  const work: Work = { steps: [], questions: [], exceptions: [] };
  const speaker = mainSpeaker(sentences);
  let askedAt = -Infinity;
  let stepsWhenAsked = 0;
  let waiting: DraftException | undefined;
  let waitingAt = -Infinity;
  sentences.forEach((sentence, at) => {
    if (skip.has(at)) return;
    const { text } = sentence;
    const continued = continuedBy(text) ?? (waiting?.then === '' && waitingAt === at - 1 ? goingOnOf(text) : undefined);
    if (continued !== undefined && waiting !== undefined) {
      if (waiting.then === '') waiting.then = continued.slice(0, 1000);
      return;
    }
    // Cases belong to a question until the next step begins.
    const asked = at - askedAt <= reach && work.steps.length === stepsWhenAsked ? work.questions.length : 0;
    const told = exceptionOf(text);
    if (told !== undefined) {
      const decisionPoint = asked === 0 || isNowAndThen(told.when) ? null : asked;
      waiting = {
        when: spelledOut(told.when, work.questions[asked - 1]?.question),
        then: told.then.slice(0, 1000),
        decisionPoint,
        quote: text,
      };
      waitingAt = at;
      work.exceptions.push(waiting);
      if (told.step !== null) addSteps(work, sentence, told.step);
      return;
    }
    const follows = sentences.slice(at + 1, at + 4).map((next) => next.text);
    const open = whatIf(text);
    if (open !== undefined) {
      if (!follows.some((next) => exceptionOf(next) !== undefined)) {
        waiting = { when: open.slice(0, 500), then: '', decisionPoint: null, quote: text };
        work.exceptions.push(waiting);
      }
      return;
    }
    const question = sentence.speaker === speaker ? questionOf(text, follows) : undefined;
    const dependence = asked === 0 ? dependenceOf(text) : undefined;
    const asking = question ?? dependence?.question;
    if (asking !== undefined) {
      const step = work.steps.length === 0 ? null : work.steps.length;
      work.questions.push({ question: asking.slice(0, 500), step });
      askedAt = at;
      stepsWhenAsked = work.steps.length;
      const one = dependence === undefined ? undefined : caseOf(dependence.rest);
      if (one !== undefined) {
        const when = one.when.slice(0, 500);
        work.exceptions.push({
          when,
          then: one.then.slice(0, 1000),
          decisionPoint: work.questions.length,
          quote: text,
        });
      }
      return;
    }
    addSteps(work, sentence, text);
  });
  return work;
}

/**
 * A scaffold of an SOP from a transcript, by rules alone: what was told to be done becomes steps, what
 * was said to be seen their expected results, conditions exceptions, choices decision points. Pure: the
 * same transcript gives the same draft. Nothing is added that was not said.
 */
export function draftSopByRules(
  transcript: Transcript,
  title: string,
  screenshotNames: readonly string[],
): SopCandidate {
  const sentences = sentencesOf(transcript);
  const opening = openingOf(sentences, title);
  const people = peopleIn(sentences);
  const systems = systemsIn(sentences, people);
  const work = walk(sentences, opening.used);
  const steps = work.steps.slice(0, 200);
  const lastCue = transcript.cues.at(-1);
  const shown = placeScreenshots(screenshotNames, steps, lastCue?.endMs ?? lastCue?.startMs ?? null);
  let current = '';
  return {
    title: (opening.title || 'Untitled SOP').slice(0, 200),
    purpose: opening.purpose.slice(0, 2000),
    scope: opening.scope.slice(0, 1000),
    ...rolesIn(sentences, people),
    systemsOfRecord: systems.slice(0, 40).map((name) => name.slice(0, 200)),
    prerequisites: opening.prerequisites.map((item) => item.slice(0, 500)),
    ownSections: [],
    steps: steps.map(({ action, expected, quote }, at) => {
      const atScreen = isAtScreen(action);
      const where = whereOf(action, systems, atScreen ? current : '');
      current = systems.find((name) => where.startsWith(name)) ?? current;
      return { action, where, expected, screenshot: shown[at] ?? null, quote: quote.slice(0, 2000) };
    }),
    decisionPoints: work.questions.slice(0, 60).map((point) => ({
      ...point,
      step: point.step !== null && point.step <= steps.length ? point.step : null,
    })),
    exceptions: work.exceptions.slice(0, 100).map((item) => ({
      ...item,
      decisionPoint: item.decisionPoint !== null && item.decisionPoint <= 60 ? item.decisionPoint : null,
      quote: item.quote?.slice(0, 2000) ?? null,
    })),
  };
}
