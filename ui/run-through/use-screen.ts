import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { openScreen, whyNoCapture } from './capture.js';
import { PartUpload } from './part-upload.js';
import { record, type Recorder } from './screen-recorder.js';
import type { Ticking } from './use-run-through.js';

export type Screen = {
  /** Why nothing can be recorded here; undefined where it can. */
  impossible: string | undefined;
  phase: 'idle' | 'asking' | 'recording' | 'saving';
  now: Recorder | undefined;
  /** What came before this page was opened and was never ended: kept, and sealed when it goes on. */
  kept: { part: number; bytes: number; until: string | undefined } | undefined;
  /** How many parts are sealed. */
  parts: number;
  /** Why it did not start, or why it ended. */
  said: string | undefined;
  start: (voice: boolean) => void;
  stop: () => Promise<void>;
};

function useSecondsWhile(on: boolean): void {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(again, 1000);
    return () => clearInterval(timer);
  }, [on]);
}

/** Warns before the page is closed while something would be lost with it. */
function useWarning(on: boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [on]);
}

const shareEnded = 'The sharing was ended in the browser. What was recorded until then is saved.';

/** The screen of the person signed in, recorded into their run-through. Leaving the page ends it and saves all of it. */
export function useScreen(review: SopReview, ticking: Ticking): Screen {
  const client = useQueryClient();
  const impossible = useMemo(whyNoCapture, []);
  const [phase, setPhase] = useState<Screen['phase']>('idle');
  const [said, say] = useState<string>();
  const [now, setNow] = useState<Recorder>();
  const [, changed] = useReducer((n: number) => n + 1, 0);
  const live = useRef<Recorder>(undefined);
  const { through } = ticking;
  const known = useQuery({
    queryKey: ['review', review.id, 'recording', through?.id],
    queryFn: ({ signal }) =>
      ask('get /api/runs/{id}/run-throughs/{rt}/recording', {
        params: { id: review.runId, rt: through?.id ?? '' },
        signal,
      }),
    enabled: through !== undefined && phase === 'idle',
  });
  useSecondsWhile(phase === 'recording' || phase === 'saving');
  useWarning(phase === 'recording' || phase === 'saving');
  useEffect(() => () => void live.current?.stop(), []);

  const ended = async (recorder: Recorder, byShare: boolean): Promise<void> => {
    setPhase('saving');
    await recorder.upload.over;
    live.current = undefined;
    await client.invalidateQueries({ queryKey: ['review', review.id] });
    setNow(undefined);
    setPhase('idle');
    say(recorder.upload.refused ?? (byShare ? shareEnded : undefined));
  };
  const begin = async (voice: boolean): Promise<void> => {
    say(undefined);
    setPhase('asking');
    let stream: MediaStream | undefined;
    try {
      stream = await openScreen(voice);
      const { id } = await ticking.start();
      const params = { id: review.runId, rt: id };
      const state = await ask('get /api/runs/{id}/run-throughs/{rt}/recording', { params });
      const unended = state.received > 0 && (state.fileReceived ?? 0) === 0;
      const path = `/api/runs/${review.runId}/run-throughs/${id}/recording`;
      const upload = new PartUpload(path, state.part + (unended ? 1 : 0), changed);
      const recorder = record(stream, upload, (byShare) => void ended(recorder, byShare));
      live.current = recorder;
      setNow(recorder);
      setPhase('recording');
      await ticking.reload();
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      say(error instanceof Error && error.name === 'CaptureError' ? error.message : sentenceOf(error));
      setPhase('idle');
    }
  };
  const found = known.data;
  const unended = phase === 'idle' && found !== undefined && found.received > 0 && (found.fileReceived ?? 0) === 0;
  return {
    ...{ impossible, phase, now, said },
    kept: unended ? { part: found.part, bytes: found.received, until: found.lastChunkAt } : undefined,
    parts: through?.recordings.length ?? 0,
    start: (voice) => (phase === 'idle' && impossible === undefined ? void begin(voice) : undefined),
    stop: async () => {
      await live.current?.stop();
    },
  };
}
