import { basename } from 'node:path';
import { objectsNot } from '../../features/objectors.ts';
import { literal } from '../../warehouse/port.ts';
import { deliverFile } from '../deliver-file.ts';
import { isForSpreadsheet, spreadsheetText } from '../spreadsheet-text.ts';
import { findTrigger, type TriggerContext, upToDate } from './manage.ts';
import type { Trigger } from './trigger.ts';

/**
 * Writes who is in now to a file for a person, a row for each id that a source knows them by. The ending of the file is
 * its format. Who had what written is recorded before the file is put in place.
 */
export async function exportTrigger(
  context: TriggerContext,
  { id, file, actor }: { id: string; file: string; actor: string },
): Promise<{ trigger: Trigger; rows: number }> {
  const { state, now } = context;
  const trigger = await findTrigger(state, id);
  return upToDate(context, async tx => {
    const select = memberRows(state.owner, trigger.id, isForSpreadsheet(file));
    const rows = await deliverFile(
      file,
      path => tx.exportTo(select, path),
      written =>
        state.audit.append({
          at: now().toISOString(),
          actor,
          action: 'trigger.exported',
          subject: trigger.id,
          details: { name: trigger.name, rows: written, file: basename(file) },
        }),
    );
    return { trigger, rows };
  });
}

/** A person's e-mail address is that of the source, or of another where the source has none; who said no anywhere has said no. */
function memberRows(owner: string, id: string, forSpreadsheet: boolean): string {
  const text = (column: string) => (forSpreadsheet ? spreadsheetText(column) : column);
  return `
    SELECT ${text('i.source_id')} AS customer_id, ${text('coalesce(c.email, person.email)')} AS email,
      person.accepts AS accepts_marketing, m.entered_at
    FROM trigger_members m JOIN identities i ON i.profile_id = m.profile_id
    LEFT JOIN customers c ON c.source = i.source AND c.customer_id = i.source_id
    LEFT JOIN (SELECT profile_id, min(email) AS email, bool_and(accepts_marketing) AS accepts
               FROM customers GROUP BY profile_id) AS person ON person.profile_id = m.profile_id
    WHERE m.owner = ${literal(owner)} AND m.trigger_id = ${literal(id)} AND m.left_at IS NULL
      AND ${objectsNot('m.profile_id')}
    ORDER BY m.profile_id, i.source, i.source_id`;
}
