import { InputError } from '../errors.ts';
import { bind } from '../features/as-of.ts';
import { writeFeatures } from '../features/compute.ts';
import type { State } from '../state/state.ts';
import { literal, type Warehouse } from '../warehouse/port.ts';
import { scoreRows } from './audiences/filter/compile/rows-per-profile.ts';
import { currentModel } from './current.ts';
import { deliverFile } from './deliver-file.ts';
import type { Model } from './model.ts';
import { sectorsOf } from './overlays/overlays.ts';
import { perSourceId } from './per-source-id.ts';
import { scores } from './predictions/scores.ts';
import { scoresStand } from './predictions/store-scores.ts';
import { setAsideKey } from './refresh/record.ts';
import { isForSpreadsheet, spreadsheetText } from './spreadsheet-text.ts';

export const exportables = ['memberships', 'features', 'segments', 'scores'] as const;
export type Exportable = (typeof exportables)[number];

/**
 * Writes one of the results to a file, which only its owner may read, and returns its number of rows. The ending of the file
 * is its format.
 *
 * @param on memberships as they were on this day; without it as they are
 */
export async function exportData(
  warehouse: Warehouse,
  state: State,
  what: Exportable,
  file: string,
  on?: string,
): Promise<number> {
  const model = await currentModel(state);
  const rows = await select(warehouse, state, model, what, { on, file });
  return deliverFile(file, path => warehouse.exportTo(rows, path));
}

/** SQL for a text cell of the file. */
type TextCell = (column: string) => string;

async function select(
  warehouse: Warehouse,
  state: State,
  model: Model,
  what: Exportable,
  { on, file }: { on: string | undefined; file: string },
): Promise<string> {
  const text = isForSpreadsheet(file) ? spreadsheetText : (column: string) => column;
  if (what === 'segments') return segmentRows(model, text);
  if (what === 'features') return featureRows(warehouse, model);
  if (what === 'scores') return scoresPerId(warehouse, state, model, text);
  const names = await segmentNames(state, model);
  if (on === undefined) return membershipRows(latestMembers(state.owner, model.describedAsOf), names, text);
  const first = (await state.refreshes.list())[0]?.asOf;
  if (first === undefined || on < first) {
    throw new InputError(
      `Nobody was in a segment on ${on}${first === undefined ? '' : `: the history begins on ${first}`}.`,
      'Choose a later --on.',
    );
  }
  return membershipRows(membersOn(state.owner, on), names, text);
}

/** Of the date that the segments stand on; something else may have been looked at since. */
async function featureRows(warehouse: Warehouse, model: Model): Promise<string> {
  const { table, features } = await warehouse.transaction(tx =>
    writeFeatures(tx, model.describedAsOf, { sectors: sectorsOf(model) }),
  );
  const columns = ['profile_id', 'as_of', ...features.map(({ id }) => id)];
  return `SELECT ${columns.join(', ')} FROM ${table} ORDER BY place`;
}

/** Those of earlier models too, so that a day of the past can be told. */
async function segmentNames(state: State, model: Model): Promise<Map<string, string>> {
  const told = (await state.refreshes.list()).flatMap(({ segments }) => segments);
  const standing = model.segments.map(({ key, persona }) => ({ key, name: persona.name }));
  return new Map([...told, ...standing].map(({ key, name }) => [key, name]));
}

/** Where everybody stands: a SELECT of profile_id, segment_key and confidence. */
function latestMembers(owner: string, asOf: string): string {
  return bind(
    `SELECT profile_id, segment_key, confidence FROM placements
      WHERE owner = ${literal(owner)} AND as_of = {as_of}`,
    asOf,
  );
}

/** Who was in which segment on a day, with the confidence of when they entered it. */
export function membersOn(owner: string, day: string): string {
  return bind(
    `SELECT profile_id, segment_key, confidence FROM memberships
      WHERE owner = ${literal(owner)} AND valid_from <= {as_of} AND (valid_to IS NULL OR valid_to > {as_of})`,
    day,
  );
}

/** One row for each id of each source. */
function membershipRows(members: string, names: ReadonlyMap<string, string>, text: TextCell): string {
  const named = [...names, [setAsideKey, 'Set aside: unusual volume']].map(
    ([key, name]) => `(${literal(key!)}, ${literal(name!)})`,
  );
  return perSourceId(
    `SELECT m.profile_id, m.segment_key, ${text('s.name')} AS segment_name, m.confidence
     FROM (${members}) m LEFT JOIN (VALUES ${named.join(', ')}) AS s (key, name) ON s.key = m.segment_key`,
    ['segment_key', 'segment_name', 'confidence'],
    'confidence DESC NULLS LAST',
  );
}

/**
 * Scores of the date that the segments stand on, the same of each profile as audiences see. Categories and products are
 * words of the data.
 */
async function scoresPerId(
  warehouse: Warehouse,
  state: State,
  { describedAsOf }: Model,
  text: TextCell,
): Promise<string> {
  if (!(await scoresStand(warehouse, state.owner, describedAsOf))) {
    const latest = await state.refreshes.latest();
    const predictions = latest?.predictions;
    throw predictions?.kind === 'none'
      ? new InputError(
          `There are no scores: ${predictions.reason}`,
          '`kindred export features` writes what is known of each customer.',
        )
      : new InputError(
          `There are no scores as of ${describedAsOf}: the segments were last looked at by an earlier version.`,
          latest?.kind === 'refresh'
            ? '`kindred refresh --again` makes them.'
            : 'They come with the next `kindred refresh`.',
        );
  }
  const ids = scores.map(({ id }) => id);
  const columns = scores.map(({ id, unit }) => (unit === 'text' ? `${text(id)} AS ${id}` : id));
  return perSourceId(
    bind(
      `SELECT profile_id, ${columns.join(', ')} FROM (${scoreRows(state.owner, ids)}) AS own`,
      describedAsOf,
    ),
    ids,
  );
}

/** Names and texts may be a language model's. */
function segmentRows(model: Model, text: TextCell): string {
  const rows = model.segments.map(segment => {
    const { persona } = segment;
    const { name, sentence, action, avoid, neutralName } = persona;
    const texts = [segment.key, name, neutralName, sentence, action, avoid, segment.rule.text].map(told =>
      text(literal(told)),
    );
    // Bare literals would be decimals of as many digits as each happens to have.
    const numbers = [segment.share, segment.revenue, segment.revenueShare, segment.confidence].map(
      value => `CAST(${value} AS DOUBLE PRECISION)`,
    );
    return `(${[...texts, segment.size, ...numbers].join(', ')})`;
  });
  return `
    SELECT * FROM (VALUES ${rows.join(',\n')})
    AS s (segment_key, segment_name, neutral_name, definition, action, avoid, rule, customers, share, revenue, revenue_share, confidence)
    ORDER BY customers DESC, segment_key COLLATE "C"`;
}
