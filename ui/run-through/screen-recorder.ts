import { recordingType } from './capture.js';
import type { PartUpload } from './part-upload.js';

/** Enough to read a screen by; half an hour is some 300 MB at the most. */
const bitsPerSecond = 1_500_000;
const sliceMs = 1000;

export type Recorder = {
  /** Milliseconds recorded until now, or until it ended. */
  length: () => number;
  upload: PartUpload;
  /** Ends the recording; resolves when all of it is on the server, or when the server takes no more. */
  stop: () => Promise<void>;
};

/**
 * Records a stream into an upload, a second at a time. `onEnd` is called once when it is over, `byShare` where the
 * sharing was ended in the browser's own bar.
 */
export function record(stream: MediaStream, upload: PartUpload, onEnd: (byShare: boolean) => void): Recorder {
  const mimeType = recordingType();
  const recorder = new MediaRecorder(stream, {
    ...(mimeType === undefined ? {} : { mimeType }),
    videoBitsPerSecond: bitsPerSecond,
  });
  const startedAt = Date.now();
  let endedAt: number | undefined;
  let heard = startedAt;
  let byShare = true;
  recorder.ondataavailable = ({ data }) => {
    heard = Date.now();
    upload.take(data);
    if (upload.refused !== undefined) stop();
  };
  // A screen that stands still gives no picture and so no event: asked for, it says that nothing is missing.
  const nudge = setInterval(() => {
    if (recorder.state === 'recording' && Date.now() - heard > 1.5 * sliceMs) recorder.requestData();
  }, sliceMs);
  recorder.onstop = () => {
    endedAt = Date.now();
    clearInterval(nudge);
    for (const track of stream.getTracks()) track.stop();
    void upload.end();
    onEnd(byShare);
  };
  const stop = () => {
    byShare = false;
    if (recorder.state !== 'inactive') recorder.stop();
  };
  stream.getVideoTracks()[0]?.addEventListener('ended', () => {
    if (recorder.state !== 'inactive') recorder.stop();
  });
  recorder.start(sliceMs);
  return {
    length: () => (endedAt ?? Date.now()) - startedAt,
    upload,
    stop: () => {
      stop();
      return upload.over;
    },
  };
}
