import { useEffect, useRef } from 'react';
import type { Sop } from '../../../workflows/domain/sop-drafting/schema.js';
import type { Cue } from '../../../workflows/domain/transcript.js';
import { transcriptMoment } from '../../shared/dates.js';
import { anchorsOf, marksOf, momentOf } from './moments.js';

function Marked({ text, from, to }: { text: string; from: number; to: number }) {
  return (
    <>
      {text.slice(0, from)}
      <mark className="now">{text.slice(from, to)}</mark>
      {text.slice(to)}
    </>
  );
}

/** What was said, cue by cue, with the steps that rest on it. The place in question is marked and in view. */
export function TranscriptList(props: {
  cues: readonly Cue[];
  sop: Sop;
  at: string | undefined;
  /** A cue to bring into view whatever `at` says. */
  cue: number | undefined;
  onPlace: (id: string) => void;
}) {
  const { cues, sop, at, cue: asked, onPlace } = props;
  const here = useRef<HTMLLIElement>(null);
  const moment = asked === undefined ? momentOf(sop, at) : undefined;
  const inView = asked ?? moment?.cue;
  const marks = moment ? marksOf(cues, moment) : new Map<number, { from: number; to: number }>();
  const anchors = anchorsOf(sop);
  useEffect(() => {
    here.current?.scrollIntoView({ block: 'center' });
  }, [at, asked]);
  return (
    <ol className="tr">
      {cues.map((cue, index) => {
        const mark = marks.get(cue.index);
        const said = anchors.get(cue.index) ?? [];
        const speaker = cue.speaker !== null && cue.speaker !== cues[index - 1]?.speaker ? cue.speaker : undefined;
        return (
          <li
            key={cue.index}
            className={mark || asked === cue.index ? 'on' : undefined}
            ref={inView === cue.index ? here : undefined}
          >
            <time>{cue.startMs === null ? `${cue.index + 1}` : transcriptMoment(cue.startMs / 1000)}</time>
            <span>
              {speaker === undefined ? null : <b>{speaker} </b>}
              {mark ? <Marked text={cue.text} from={mark.from} to={mark.to} /> : cue.text}
              {said.length === 0 ? null : (
                <span className="tags">
                  {said.map((anchor) => (
                    <button
                      key={anchor.id}
                      className="tag"
                      aria-current={anchor.id === at ? 'true' : undefined}
                      onClick={() => {
                        onPlace(anchor.id);
                      }}
                    >
                      {anchor.label}
                    </button>
                  ))}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
