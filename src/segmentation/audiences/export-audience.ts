import { basename } from 'node:path';
import { objectsNot } from '../../features/objectors.ts';
import { literal } from '../../warehouse/port.ts';
import { deliverFile } from '../deliver-file.ts';
import { setAsideKey } from '../refresh/record.ts';
import { isForSpreadsheet, spreadsheetText } from '../spreadsheet-text.ts';
import { type Asked, type AudienceContext, askedTable, asking } from './asked.ts';
import type { Audience } from './audience.ts';
import { findAudience } from './build-audience.ts';
import { joinKnown } from './filter/known.ts';

export interface ExportedAudience {
  audience: Audience;
  rows: number;
  /** Rows without an e-mail address, and rows of people known to have said no to marketing. */
  withoutEmail: number;
  saidNo: number;
}

/** Scores that a person who works with the list can use. */
const told = ['churn_probability', 'expected_orders_90', 'lifetime_value', 'value_at_risk', 'days_overdue'];

/**
 * Writes the members of an audience to a file for a person, a row for each id that a source knows them by, so that the file
 * joins back to it. The ending of the file is its format. Who had what written is recorded before the file is put in place.
 *
 * @param agree asked when the file is complete; where it throws, nothing is recorded or put in place
 */
export async function exportAudience(
  context: AudienceContext,
  {
    handle,
    file,
    actor,
    agree,
  }: { handle: string; file: string; actor: string; agree?: () => Promise<void> },
): Promise<ExportedAudience> {
  const { state, now } = context;
  const audience = await findAudience(state, handle);
  return asking(context, { filter: audience.filter, saved: audience }, async (tx, asked) => {
    const { shop } = asked;
    const people = memberRows(asked, isForSpreadsheet(file));
    const [notes] = await tx.query<{ withoutEmail: number; saidNo: number }>(
      `SELECT count(*) FILTER (WHERE email IS NULL) AS "withoutEmail",
         count(*) FILTER (WHERE NOT accepts_marketing) AS "saidNo" FROM (${people}) AS people`,
    );
    const rows = await deliverFile(
      file,
      path => tx.exportTo(people, path),
      async written => {
        await agree?.();
        await state.audit.append({
          at: now().toISOString(),
          actor,
          action: 'audience.exported',
          subject: audience.handle,
          details: { name: audience.name, rows: written, file: basename(file), asOf: shop.asOf },
        });
      },
    );
    return { audience, rows, ...notes! };
  });
}

/**
 * Ids of the sources as they are now: features are computed after identities were joined. A person's e-mail address is
 * that of the source, or of another where the source has none; who may not be written to has said no.
 */
function memberRows({ shop: { model, features } }: Asked, forSpreadsheet: boolean): string {
  const text = (column: string) => (forSpreadsheet ? spreadsheetText(column) : column);
  const names = [
    ...model.segments.map(({ key, persona }) => [key, persona.name] as const),
    [setAsideKey, 'Set aside: unusual volume'] as const,
  ].map(([key, name]) => `(${literal(key)}, ${literal(name)})`);
  return `SELECT ${text('i.source_id')} AS customer_id, ${text('coalesce(c.email, person.email)')} AS email,
  CASE WHEN NOT k.reachable THEN FALSE ELSE person.accepts END AS accepts_marketing,
  ${text('n.name')} AS segment_name, ${told.map(id => `k.${id}`).join(', ')}
FROM ${askedTable} AS a
JOIN ${features.table} AS f ON f.place = a.place
JOIN identities AS i ON i.profile_id = f.profile_id
LEFT JOIN customers AS c ON c.source = i.source AND c.customer_id = i.source_id
LEFT JOIN (SELECT profile_id, min(email) AS email, bool_and(accepts_marketing) AS accepts
  FROM customers GROUP BY profile_id) AS person ON person.profile_id = f.profile_id
${joinKnown}
LEFT JOIN (VALUES ${names.join(', ')}) AS n (key, name) ON n.key = k.segment_key
WHERE a.member AND ${objectsNot('f.profile_id')}
ORDER BY a.place, i.source, i.source_id`;
}
