import type { PublicationDetail } from '../../db/queries/publications.js';
import type { z } from 'zod';
import type { exportQuery } from '../contract/published.js';
import { approvedPage } from './approved.js';
import { docxOf } from './docx.js';
import type { ExportFacts } from './heading.js';
import { pdfOf } from './pdf.js';

export type ExportFormat = z.infer<typeof exportQuery>['format'];

const mediaTypes: Record<ExportFormat, string> = {
  md: 'text/markdown; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

export type Exported = { bytes: Buffer; mediaType: string; name: string };

/**
 * A published page in another format, made from the approved bytes. Markdown is those bytes themselves, so that its
 * fingerprint is the receipt's; the pictures it names lie beside the published page.
 */
export async function exported(
  data: string,
  found: PublicationDetail,
  decidedAt: string,
  format: ExportFormat,
): Promise<Exported> {
  const approved = await approvedPage(data, found);
  const supersededBy = found.supersededBy?.draftVersion;
  const facts: ExportFacts = {
    title: found.title,
    version: found.draftVersion,
    approvedBy: found.approvedBy.name,
    decidedAt,
    singlePerson: found.singlePerson,
    subjectDigest: found.subjectDigest,
    supersededBy,
  };
  const bytes =
    format === 'md' ? approved.page : await (format === 'docx' ? docxOf(approved, facts) : pdfOf(approved, facts));
  const name = `${found.slug}-v${found.draftVersion}${supersededBy === undefined ? '' : '-superseded'}.${format}`;
  return { bytes, mediaType: mediaTypes[format], name };
}
