import { useEffect, useRef, useState } from 'react';
import type { SopReview } from '../../api/contract/index.js';
import { ask, sentenceOf } from '../shared/api.js';
import { forgetFile, isSameFile, rememberFile } from './remembered-file.js';
import { sendRecording } from './upload.js';
import type { Ticking } from './use-run-through.js';

export type Sending =
  | { state: 'none' }
  | { state: 'sending'; name: string; sent: number; size: number }
  | { state: 'paused'; name: string; sent: number; size: number; why: string };

/** Attaches a recording: in parts, from where it stopped; or the sample's with one click. */
export function useRecording(review: SopReview, ticking: Ticking) {
  const [sending, setSending] = useState<Sending>({ state: 'none' });
  const file = useRef<File>(undefined);
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const send = async (chosen: File): Promise<void> => {
    file.current = chosen;
    stop.current = new AbortController();
    let sent = 0;
    const show = () => ({ name: chosen.name, sent, size: chosen.size });
    setSending({ state: 'sending', ...show() });
    try {
      const through = await ticking.start();
      const resume = isSameFile(through.id, chosen);
      rememberFile(through.id, chosen);
      await sendRecording({
        run: review.runId,
        through: through.id,
        file: chosen,
        resume,
        signal: stop.current.signal,
        progress: (at) => {
          sent = at;
          setSending({ state: 'sending', ...show() });
        },
      });
      forgetFile(through.id);
      setSending({ state: 'none' });
    } catch (error) {
      const aborted = error instanceof DOMException && error.name === 'AbortError';
      setSending({
        state: 'paused',
        ...show(),
        why: aborted ? 'Paused. What has arrived is kept.' : sentenceOf(error),
      });
    } finally {
      await ticking.reload();
    }
  };
  const sample = async (): Promise<void> => {
    setSending({ state: 'sending', name: 'the sample’s recording', sent: 0, size: 0 });
    try {
      const through = await ticking.start();
      await ask('post /api/runs/{id}/run-throughs/{rt}/recording', {
        params: { id: review.runId, rt: through.id },
        body: { sample: true },
      });
      setSending({ state: 'none' });
    } catch (error) {
      setSending({ state: 'paused', name: 'the sample’s recording', sent: 0, size: 0, why: sentenceOf(error) });
    } finally {
      await ticking.reload();
    }
  };
  return {
    sending,
    send: (chosen: File) => void send(chosen),
    pause: () => stop.current?.abort(),
    goOn: () => (file.current ? void send(file.current) : setSending({ state: 'none' })),
    sample: () => void sample(),
  };
}
