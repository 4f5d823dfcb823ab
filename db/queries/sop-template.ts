import { firstTemplate, type SopTemplate } from '../../workflows/domain/sop-drafting/template.js';
import type { Db } from '../connect.js';

/** The team's format for SOPs as it is now; the product's own where the team has set none. */
export function sopTemplate(db: Db): Promise<SopTemplate> {
  void db;
  return Promise.resolve(firstTemplate);
}
