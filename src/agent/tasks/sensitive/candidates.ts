import { catalogueWith } from '../../../features/catalogue.ts';
import { factOfRows } from '../../../features/kept-facts.ts';
import { defaultAsOf } from '../../../features/span.ts';
import { standingDecision } from '../../../governance/decisions.ts';
import { keptOut, sameName } from '../../../governance/kept-out.ts';
import {
  lexiconRules,
  type NameKind,
  nameKinds,
  namesOfKind,
  widespread,
} from '../../../segmentation/governance/shop-names.ts';
import { sectorsOf } from '../../../segmentation/overlays/overlays.ts';
import { fence, SMALLEST_REPORTED } from '../../../segmentation/wording.ts';
import type { State } from '../../../state/state.ts';
import type { Warehouse } from '../../../warehouse/port.ts';

/** A name that a model is asked about. */
export interface Candidate {
  kind: NameKind | 'feature';
  /** How the model is shown it, and has to write it: a feature's id, or a name from the data without its marks. */
  shown: string;
  /** What a feature says, in the words of the catalogue; null for a name. */
  label: string | null;
  /** Names that are shown alike, as they stand in the data; a feature's id. */
  terms: string[];
}

/** Of each kind so many names are read, the most widespread: others hardly become a feature. */
const MOST_NAMES = 400;

/**
 * What nobody has judged yet: features without a decision, and names that neither the lexicon keeps out nor anybody blocked
 * or released. A name of fewer than ten customers is left out, as it may be somebody's: a coupon "for Ann Smith".
 */
export async function candidates({
  warehouse,
  state,
}: {
  warehouse: Warehouse;
  state: State;
}): Promise<Candidate[]> {
  const model = await state.models.current();
  const blocked = await state.blockedTerms.names();
  const { decided, released } = await decisionsSoFar(state);
  const features = catalogueWith(model ? sectorsOf(model) : [])
    .filter(({ id, sensitivity }) => sensitivity === 'none' && !decided(id))
    .map(({ id, label }): Candidate => ({ kind: 'feature', shown: id, label, terms: [id] }));
  const shown = new Map(features.map(feature => [feature.shown, feature]));
  const asOf = (await defaultAsOf(warehouse)) ?? model?.describedAsOf ?? null;
  for (const kind of asOf === null ? [] : nameKinds) {
    const range = { fewest: SMALLEST_REPORTED, most: MOST_NAMES };
    const names = widespread(await factOfRows(warehouse, namesOfKind(kind), asOf!), range);
    const judged = new Set(
      keptOut(names, blocked).flatMap(({ term, category }) =>
        category === 'blocked' || lexiconRules(kind) ? [term] : [],
      ),
    );
    for (const name of names) {
      if (judged.has(name) || released(name)) continue;
      const written = bare(name);
      const same = shown.get(written);
      if (same && same.kind !== 'feature') same.terms.push(name);
      else if (!same && written !== '')
        shown.set(written, { kind, shown: written, label: null, terms: [name] });
    }
  }
  return [...shown.values()].map(candidate => ({ ...candidate, terms: [...new Set(candidate.terms)] }));
}

/** What was decided already, which no reading of a model undoes. */
export async function decisionsSoFar(
  state: State,
): Promise<{ decided: (feature: string) => boolean; released: (name: string) => boolean }> {
  const decisions = await state.decisions.list();
  const names = new Set(
    (await state.audit.list(['term.released'])).flatMap(({ action, subject }) =>
      action === 'term.released' ? [sameName(subject)] : [],
    ),
  );
  return {
    decided: feature => standingDecision(decisions, feature) !== undefined,
    released: name => names.has(sameName(name)),
  };
}

/** A name as fenced, without the marks around it, and with the words apart that a code joins. */
export function bare(name: string): string {
  return fence(name.replaceAll('_', ' ')).slice(1, -1);
}

/** One line for the model. */
export function lineOf({ kind, shown, label }: Candidate): string {
  return label === null ? `${kind} ${fence(shown)}` : `feature “${shown}”: ${label}`;
}
