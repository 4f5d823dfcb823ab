/** Which file was being sent for a run-through, so that the same one goes on where it stopped and another starts anew. */
const entry = (through: string): string => `countersign.recording.${through}`;
const markOf = (file: File): string => `${file.name}\n${String(file.size)}\n${String(file.lastModified)}`;

/** True where this file is the one that was being sent before. */
export function isSameFile(through: string, file: File): boolean {
  try {
    return localStorage.getItem(entry(through)) === markOf(file);
  } catch {
    return false;
  }
}

export function rememberFile(through: string, file: File): void {
  try {
    localStorage.setItem(entry(through), markOf(file));
  } catch {
    // Then the recording starts from the front after a reload.
  }
}

export function forgetFile(through: string): void {
  try {
    localStorage.removeItem(entry(through));
  } catch {
    // Nothing was remembered.
  }
}
