import type { Flow } from '../../features/activity/flows.ts';
import { readTerm, readTerms, type TermField } from '../../features/activity/terms.ts';
import { visitTypes } from '../../features/browse.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { fence, formatCount, formatValue } from '../wording.ts';
import type { StoppedFlow } from './feeds.ts';
import { dayInWords } from './feeds-told.ts';
import type { Finding } from './finding.ts';
import { gainOf, type TermShift, termShifts } from './term-shift.ts';

interface WatchedField extends TermField {
  kind: 'new-category' | 'new-channel';
  /** "a new category": what a word of the field is. */
  word: string;
  /** "of the order lines": what its share is of. */
  rows: string;
}

const fields: readonly WatchedField[] = [
  {
    kind: 'new-category',
    table: 'order_lines',
    column: 'category',
    at: 'ordered_at',
    word: 'category',
    rows: 'order lines',
  },
  {
    kind: 'new-channel',
    table: 'orders',
    column: 'channel',
    at: 'ordered_at',
    word: 'sales channel',
    rows: 'orders',
  },
  {
    kind: 'new-channel',
    table: 'customers',
    column: 'acquisition_channel',
    at: 'created_at',
    word: 'channel of new customers',
    rows: 'new customers',
  },
  {
    kind: 'new-channel',
    table: 'events',
    column: 'origin',
    at: 'occurred_at',
    word: 'origin of visits',
    rows: 'events of visits',
  },
];

const weeks = 14;
/** Fewer customers than this behind a word: it is somebody's, not the shop's. */
const leastProfiles = 10;
/** A new word with this share, or a known one that gained as much as the second, is more than something to watch. */
const greatShare = 0.05;
const greatGain = 0.1;
/** More words of one field than this at once are told in one finding: somebody named things anew. */
const mostToldApart = 3;

/** Categories and channels that are new, or whose share doubled, in the last week. */
export async function termFindings(
  warehouse: Warehouse,
  { asOf, lastYear }: { asOf: string; lastYear: string },
  flows: readonly Flow[],
  stopped: readonly StoppedFlow[],
): Promise<Finding[]> {
  const visits = flows.flatMap(({ type }) => (type && visitTypes.includes(type.toLowerCase()) ? [type] : []));
  const findings: Finding[] = [];
  for (const watched of fields) {
    const field = watched.table === 'events' ? { ...watched, types: [...new Set(visits)] } : watched;
    if (field.types?.length === 0) continue;
    // Where a part of the rows is missing, the shares of the others grow by that alone.
    const isPartial = stopped.some(({ table }) => table === field.table);
    const counts = await readTerms(warehouse, field, asOf, weeks);
    const shifts: (TermShift & { first: string })[] = [];
    for (const shift of termShifts(counts)) {
      if (isPartial && !shift.isNew) continue;
      const { profiles, first } = await readTerm(warehouse, field, shift.term, asOf, weeks);
      if (profiles >= leastProfiles) shifts.push({ ...shift, first });
    }
    if (shifts.length === 0) continue;
    const yearAgo = await readTerms(warehouse, field, lastYear, weeks);
    const told = shifts.map(shift =>
      tell(field, shift, asOf, gainOf(yearAgo, shift.term) >= (shift.now - shift.before) / 2),
    );
    findings.push(...(told.length > mostToldApart ? [tellTogether(field, told, shifts, asOf)] : told));
  }
  return distinct(findings);
}

function tell(
  { kind, word, rows }: WatchedField,
  shift: TermShift & { first: string },
  asOf: string,
  /** It gained at least half as much in the same week a year before. */
  isCalendar: boolean,
): Finding {
  const share = (value: number) => formatValue(value, 'share', null);
  const lately = `${share(shift.now)} of the ${rows} of the last 7 days (${formatCount(shift.rows)} of ${formatCount(shift.of)})`;
  const told = shift.isNew
    ? `${fence(shift.term)} is a new ${word}: ${lately}, first seen on ${dayInWords(shift.first, asOf)}`
    : `The ${word} ${fence(shift.term)} has grown: ${lately}, ${share(shift.before)} in the 13 weeks before`;
  const isGreat = shift.isNew ? shift.now >= greatShare : shift.now - shift.before >= greatGain;
  return {
    kind,
    severity: isCalendar ? 'note' : isGreat ? 'alert' : 'watch',
    subject: shift.term,
    sentence: isCalendar ? `${told}; it grew likewise in the same week a year ago.` : `${told}.`,
    measure: {
      name: 'share of the last 7 days',
      value: shift.now,
      threshold: shift.isNew ? 0.03 : 2 * shift.before,
    },
    explainedBy: isCalendar ? 'calendar' : null,
    since: asOf,
  };
}

function tellTogether(
  { kind, word, rows, column }: WatchedField,
  told: readonly Finding[],
  shifts: readonly TermShift[],
  asOf: string,
): Finding {
  const share = shifts.reduce((sum, { now }) => sum + now, 0);
  const examples = shifts.slice(0, mostToldApart).map(({ term }) => fence(term));
  const isCalendar = told.every(({ explainedBy }) => explainedBy === 'calendar');
  return {
    kind,
    severity: isCalendar ? 'note' : 'alert',
    subject: column,
    sentence: `${formatCount(shifts.length)} words for a ${word} are new or have grown, among them ${examples.join(', ')}: together ${formatValue(share, 'share', null)} of the ${rows} of the last 7 days. Perhaps things were named anew.`,
    measure: { name: 'share of the last 7 days', value: share, threshold: 0.03 },
    explainedBy: isCalendar ? 'calendar' : null,
    since: asOf,
  };
}

/** A channel may turn up in orders and in visits at once: it is told once, where it is watched first. */
function distinct(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ kind, subject }, i) =>
      findings.findIndex(other => other.kind === kind && other.subject === subject) === i,
  );
}
