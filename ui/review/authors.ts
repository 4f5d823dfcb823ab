import type { Version } from '../../api/contract/index.js';
import { when } from '../shared/dates.js';
import { drafterWords } from '../shared/drafter-words.js';

/** Who wrote a version: “Tobias Renner”, “Claude”, “rules, no model”. */
export function writerOf(version: Version): string {
  if (version.author) return version.author.name;
  return drafterWords(version.drafter?.drafter ?? '');
}

/** “Draft, version 1” for a drafter's, “Version 2, Tobias Renner, 16:14” for a person's. */
export function versionLabel(version: Version): string {
  const number = String(version.version);
  if (version.author === undefined) return `Draft, version ${number}`;
  return `Version ${number}, ${version.author.name}, ${when(version.createdAt)}`;
}

/** The drafter's version that the current one goes back to. */
export function draftedVersion(versions: readonly Version[], current: number): Version | undefined {
  return versions
    .filter((version) => version.author === undefined && !version.alternative && version.version <= current)
    .toSorted((a, b) => b.version - a.version)[0];
}

/** People's versions after the drafter's, oldest first. */
export function editsSince(versions: readonly Version[], from: number, to: number): Version[] {
  return versions
    .filter((version) => version.author !== undefined && version.version > from && version.version <= to)
    .toSorted((a, b) => a.version - b.version);
}
