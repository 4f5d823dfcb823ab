import type { SourceAdded, UnpackedEntry } from '../../api/contract/index.js';
import type { SourceKind } from '../../workflows/domain/sources.js';
import { ApiError, errorFrom } from '../shared/api.js';

type Progress = (share: number) => void;

/** Sends a form; `progress` hears the share sent. fetch cannot tell how far an upload is, so this is XHR. */
function post(path: string, form: FormData, progress: Progress, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(request.response);
      else reject(errorFrom(request.status, request.response));
    });
    request.addEventListener('error', () =>
      reject(new ApiError('offline', 'The server does not answer. The file was not sent.', 0)),
    );
    request.addEventListener('abort', () => reject(new DOMException('Taken out', 'AbortError')));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

/** Sends a file as it is. The cast holds because the server made the answer by the schema that the type is from. */
export async function uploadFile(
  file: File,
  kind: SourceKind,
  progress: Progress,
  signal: AbortSignal,
): Promise<SourceAdded> {
  const form = new FormData();
  // The kind goes first: the server knows the limit before the bytes come.
  form.append('kind', kind);
  form.append('file', file, file.name);
  return (await post('/api/sources', form, progress, signal)) as SourceAdded;
}

/** Sends a ZIP and answers with each of its files. The cast holds for the same reason. */
export async function uploadZip(file: File, progress: Progress, signal: AbortSignal): Promise<UnpackedEntry[]> {
  const form = new FormData();
  form.append('file', file, file.name);
  return ((await post('/api/archives', form, progress, signal)) as { entries: UnpackedEntry[] }).entries;
}
