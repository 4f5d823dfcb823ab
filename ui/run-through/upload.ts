import type { z } from 'zod';
import type { recordingAnswer } from '../../api/contract/run-through.js';
import { ApiError, ask, errorFrom } from '../shared/api.js';

type Answer = z.infer<typeof recordingAnswer>;
const chunkBytes = 4 * 1024 * 1024;

/** Types by ending, where the system gives a file none. The server looks for itself anyway. */
const byEnding: Record<string, string> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mkv: 'video/x-matroska',
};

function typeOf(file: File): string {
  return file.type || byEnding[file.name.split('.').at(-1)?.toLowerCase() ?? ''] || 'application/octet-stream';
}

async function sendChunk(path: string, file: File, from: number, to: number, signal: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(`${path}?offset=${String(from)}${to === file.size ? '&last=true' : ''}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': typeOf(file) },
      body: file.slice(from, to),
      signal,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError('offline', 'The connection broke. What has arrived is kept; go on when it is back.', 0);
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorFrom(response.status, body);
  // The server made this answer by the contract's schema.
  return body as Answer;
}

/**
 * Sends a recording in parts, from where the server says it stands, so that a broken connection or a closed page
 * costs at most one part. `resume` is false where the file is another one than before: it then starts from the front.
 */
export async function sendRecording(given: {
  run: string;
  through: string;
  file: File;
  resume: boolean;
  progress: (sent: number) => void;
  signal: AbortSignal;
}): Promise<Answer> {
  const { run, through, file, resume, progress, signal } = given;
  const params = { id: run, rt: through };
  const known = await ask('get /api/runs/{id}/run-throughs/{rt}/recording', { params, signal });
  let at = Math.min(resume ? (known.fileReceived ?? 0) : 0, Math.max(0, file.size - 1));
  let answer: Answer = known;
  progress(at);
  while (at < file.size) {
    const to = Math.min(at + chunkBytes, file.size);
    answer = await sendChunk(`/api/runs/${run}/run-throughs/${through}/recording`, file, at, to, signal);
    at = to;
    progress(at);
  }
  return answer;
}
