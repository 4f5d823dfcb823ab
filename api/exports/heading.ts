/** What stands at the top and bottom of each exported page, besides its own words. */
export type ExportFacts = {
  title: string;
  version: number;
  approvedBy: string;
  /** RFC 3339. */
  decidedAt: string;
  singlePerson: boolean;
  subjectDigest: string;
  /** The version in force, where it is not this one. */
  supersededBy: number | undefined;
};

const months = 'January February March April May June July August September October November December'.split(' ');

/** A day in words, in UTC, the same on every machine. */
function dayOf(moment: string): string {
  const at = new Date(moment);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}`;
}

/** The lines of the header and the footer, in words. */
export function headingLines(facts: ExportFacts): { top: string; mark: string | undefined; bottom: string } {
  const { title, version, approvedBy, decidedAt, singlePerson, subjectDigest, supersededBy } = facts;
  const by = `Approved by ${approvedBy}${singlePerson ? ' (single-person approval)' : ''}, ${dayOf(decidedAt)} (UTC)`;
  return {
    top: `${title}, version ${version}. ${by}`,
    mark:
      supersededBy === undefined
        ? undefined
        : `Superseded: version ${supersededBy} is in force. Do not work from this one.`,
    bottom: `Fingerprint ${subjectDigest}`,
  };
}
