import type { AddedTrigger, ToldTrigger } from '../../segmentation/triggers/manage.ts';
import type { Trigger } from '../../segmentation/triggers/trigger.ts';
import type { TriggerFigures } from '../../segmentation/triggers/trigger-figures.ts';
import { formatCount } from '../../segmentation/wording.ts';
import { textTable } from './table.ts';
import { counted, wrap } from './text.ts';

const right = (head: string) => ({ head, align: 'right' as const });
const time = (iso: string) => iso.slice(0, 16).replace('T', ' ');

export function triggersView(
  triggers: readonly (ToldTrigger & { members: number })[],
  width: number,
): string {
  if (triggers.length === 0)
    return 'No trigger is made yet. `kindred trigger add --help` shows how to make one.\n';
  return textTable(
    [{ head: 'Id' }, { head: 'Name', grows: true }, right('In now'), { head: 'Made' }, { head: 'By' }],
    triggers.map(({ id, name, members, createdAt, createdBy }) => [
      id,
      name,
      formatCount(members),
      createdAt.slice(0, 10),
      createdBy,
    ]),
    width,
  );
}

/** What it asks for, who is in, and how that changed, in counts. */
export function triggerView(
  { trigger, figures }: { trigger: ToldTrigger; figures: TriggerFigures },
  width: number,
): string {
  const { id, name, says } = trigger;
  const { members, entered, left, days, asOf } = figures;
  const changes =
    days.length === 0
      ? 'Nobody entered or left in the last 7 days.'
      : `In the last 7 days ${formatCount(entered)} entered and ${formatCount(left)} left.`;
  const now = members === 0 ? 'Nobody is in now.' : `${counted(members, 'customer')} in now.`;
  const table =
    days.length === 0
      ? ''
      : textTable(
          [{ head: 'Day' }, right('Entered'), right('Left')],
          days.map(day => [day.day, formatCount(day.entered), formatCount(day.left)]),
          width,
        );
  const next =
    members === 0 ? '' : `Next\n  kindred trigger export ${id} --to ${id}.csv   the list, for a person\n`;
  return [
    `${wrap(`${name}  (${id})`, width)}\n${wrap(`Who ${says}.`, width)}\n`,
    `${now} ${changes}\n`,
    table,
    next,
    `As of ${time(asOf)} UTC.\n`,
  ]
    .filter(part => part !== '')
    .join('\n');
}

export function addedView(added: AddedTrigger, width: number): string {
  const watched = 'It is watched from now on, as events arrive at `kindred serve` or are imported.';
  return `${triggerView(added, width)}${wrap(watched, width)}\n`;
}

export function exportedTriggerView(
  { trigger, rows }: { trigger: Trigger; rows: number },
  file: string,
): string {
  return `Wrote ${counted(rows, 'row')} of ${trigger.name} (${trigger.id}) to ${file}\nIt names people: keep it no longer than you need it.\n`;
}
