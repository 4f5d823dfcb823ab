import { draftedAndPublished } from '../../db/queries/register.js';
import { draftErrors, enoughContracts } from '../../workflows/domain/contract-summary/figures.js';
import { fieldNames } from '../../workflows/domain/contract-summary/schema.js';
import { Refusal } from '../../workflows/domain/errors.js';
import { idParam } from '../contract/common.js';
import * as contract from '../contract/register.js';
import type { Deps } from '../deps.js';
import { registerCsv } from '../exports/register-csv.js';
import { answers, route, router } from '../kit.js';
import { entriesNow, registerDetailView, registerView } from '../register.js';

const filterOf = ({
  due,
  ...rest
}: {
  q?: string | undefined;
  due?: string | undefined;
  state?: string | undefined;
}) => ({
  ...rest,
  due: due === undefined ? undefined : Number(due),
});

/** The register of contracts: what was published of each, by the last day to act. It reads, and changes nothing. */
export function registerRoutes(deps: Deps) {
  return router()
    .openapi(
      route('get /api/register', {
        summary: 'Published contracts by last safe day',
        request: { query: contract.registerQuery },
        responses: { 200: answers(contract.register) },
      }),
      async (c) => c.json(await registerView(deps, filterOf(c.req.valid('query'))), 200),
    )
    .openapi(
      route('get /api/register.csv', {
        summary: 'The same as a table for a spreadsheet',
        request: { query: contract.registerQuery },
        responses: { 200: { description: 'CSV, UTF-8, as RFC 4180 has it.' } },
      }),
      async (c) => {
        const text = registerCsv(await entriesNow(deps), filterOf(c.req.valid('query')), deps.publicUrl);
        return c.body(text, 200, {
          'content-type': 'text/csv; charset=utf-8; header=present',
          'content-disposition': 'attachment; filename="contracts.csv"',
          'cache-control': 'private, no-store',
        });
      },
    )
    .openapi(
      route('get /api/register/{id}', {
        summary: 'One entry with its arithmetic, quotes and history',
        request: { params: idParam },
        responses: { 200: answers(contract.registerDetail) },
      }),
      async (c) => {
        const found = await registerDetailView(deps, c.req.valid('param').id);
        if (found === undefined) throw new Refusal('not_found', 'No contract stands in the register under this id.');
        return c.json(found, 200);
      },
    )
    .openapi(
      route('get /api/contract-figures', {
        summary: 'How often first drafts of contracts were wrong, point by point',
        responses: { 200: answers(contract.contractFigures) },
      }),
      async (c) => {
        const drafters = draftErrors(await draftedAndPublished(deps.db)).map(({ fields, ...one }) => ({
          ...one,
          fields: fields.map((field) => ({ ...field, name: fieldNames[field.field] })),
        }));
        return c.json({ enough: enoughContracts, drafters }, 200);
      },
    );
}
