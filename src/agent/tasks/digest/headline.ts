import { formatCount, formatMoneyShort, listed } from '../../../segmentation/wording.ts';
import { customersText, shareText } from '../../answer/plain/figures.ts';
import type { Digest } from './digest.ts';
import type { DigestFacts } from './facts.ts';
import { brokenFeeds, type LevelledFinding } from './findings.ts';
import { firstClause } from './first-clause.ts';
import { flowsText } from './flows.ts';

/** What a reader in a hurry takes away, and why it is that. */
export function headlineOf(
  facts: DigestFacts,
  findings: readonly LevelledFinding[],
): Pick<Digest, 'state' | 'headline'> {
  const { overview, moves, drift, list } = facts;
  if (!drift.compared) return { state: 'found', headline: foundHeadline(facts) };
  const clause = ({ sentence }: LevelledFinding) =>
    firstClause(
      sentence,
      list.segments.map(({ name }) => name),
    );
  const [broken] = brokenFeeds(findings);
  if (broken)
    return {
      state: 'feed',
      headline: `${clause(broken)}: mend this first, as the figures below may rest on it.`,
    };
  const worst = findings.find(({ level }) => level === 'alert');
  const alerts = overview.segments!.alerts;
  if (worst)
    return { state: 'alert', headline: `${clause(worst)}${alerts > 1 ? ` (one of ${alerts} alerts)` : ''}.` };
  const since = moves === null ? `As of ${drift.asOf}` : `Since ${moves.from}`;
  const watched = findings.find(({ level }) => level === 'watch');
  if (watched) return { state: 'watch', headline: `No alarm, but one to watch: ${clause(watched)}.` };
  const flows = moves ? `; ${flowsText(moves, list.currency)}` : '';
  return { state: 'quiet', headline: `${since} ${quietText(findings)}${flows}.` };
}

function foundHeadline({ overview, list }: DigestFacts): string {
  const { segments, currency, customers } = list;
  const most = (of: 'revenueShare' | 'valueAtRisk') =>
    segments.toSorted((a, b) => (b[of] ?? 0) - (a[of] ?? 0)).find(segment => (segment[of] ?? 0) > 0);
  const [dearest, atRisk] = [most('revenueShare'), most('valueAtRisk')];
  const told = [
    dearest ? `most revenue comes from ${dearest.name} (${shareText(dearest.revenueShare!)})` : '',
    atRisk ? `most is at risk among ${atRisk.name} (${formatMoneyShort(atRisk.valueAtRisk!, currency)})` : '',
  ].filter(part => part !== '');
  const { groups } = overview.segments!;
  const found = groups === 1 ? '1 segment was found' : `${formatCount(groups)} segments were found`;
  // Some of them may be set aside.
  return `${found} among ${customersText(customers)}${told.length === 0 ? '' : `: ${listed(told)}`}.`;
}

function quietText(findings: readonly LevelledFinding[]): string {
  const reasons = [...new Set(findings.flatMap(({ explainedBy }) => explainedBy ?? []))];
  return reasons.length === 0
    ? 'nothing changed beyond what chance and the time of year explain'
    : `all that changed is explained by ${listed(reasons)}`;
}
