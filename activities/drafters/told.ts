import type { DraftRequest } from './drafter.js';
import { fence, fenced } from './fence.js';

/** The words every model is told: what was given, then what is asked. All that came from outside is fenced. */
export function toldOf(request: DraftRequest): { given: string; asked: string } {
  const texts = request.material.flatMap((item) => (item.kind === 'image' ? [] : [fenced(item)]));
  const title = request.title === '' ? [] : [`The person gave this title:\n${fence('title', request.title)}`];
  const redraft = request.redraft
    ? [
        `This is a new version of an earlier draft. Keep every item that was not asked about word for word.\n${fence('earlier draft', JSON.stringify(request.redraft.previous))}`,
        ...(request.redraft.about === null
          ? []
          : [`The changes are about these parts alone:\n${fence('parts', request.redraft.about.join('\n'))}`]),
        `The reviewer asks for these changes to the draft:\n${fence('changes asked for', request.redraft.feedback)}`,
      ]
    : [];
  return {
    given: texts.join('\n\n') || '(no text)',
    asked: [...title, ...redraft, request.prompt.ask].join('\n\n'),
  };
}
