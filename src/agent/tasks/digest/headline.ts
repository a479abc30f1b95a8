import { formatCount, formatMoneyShort, listed } from '../../../segmentation/wording.ts';
import { few, type People } from '../../../tools/results/values.ts';
import { customersText, shareText, sizeText } from '../../answer/plain/figures.ts';
import type { Digest } from './digest.ts';
import type { DigestFacts, Moves } from './facts.ts';
import { brokenFeeds, type LevelledFinding } from './findings.ts';

/** What a reader in a hurry takes away, and why it is that. */
export function headlineOf(
  facts: DigestFacts,
  findings: readonly LevelledFinding[],
): Pick<Digest, 'state' | 'headline'> {
  const { overview, moves, drift } = facts;
  if (!drift.compared) return { state: 'found', headline: foundHeadline(facts) };
  const [broken] = brokenFeeds(findings);
  if (broken) return { state: 'feed', headline: firstSentence(broken.sentence) };
  const worst = findings.find(({ level }) => level === 'alert');
  const alerts = overview.segments!.alerts;
  if (worst)
    return {
      state: 'alert',
      headline: alerts > 1 ? withAside(worst.sentence, `one of ${alerts} alerts`) : worst.sentence,
    };
  const since = moves === null ? `As of ${drift.asOf}` : `Since ${moves.from}`;
  const watched = findings.find(({ level }) => level === 'watch');
  if (watched)
    return { state: 'watch', headline: `${since} no alarm, but one to watch: ${watched.sentence}` };
  return { state: 'quiet', headline: `${since} ${quietText(findings)}${moves ? flowsText(moves) : ''}.` };
}

function foundHeadline({ overview, list }: DigestFacts): string {
  const { asOf, segments, currency, customers } = list;
  const most = (of: 'revenueShare' | 'valueAtRisk') =>
    segments.toSorted((a, b) => (b[of] ?? 0) - (a[of] ?? 0)).find(segment => (segment[of] ?? 0) > 0);
  const [dearest, atRisk] = [most('revenueShare'), most('valueAtRisk')];
  const told = [
    dearest ? `${dearest.name} bring most revenue (${shareText(dearest.revenueShare!)})` : '',
    atRisk ? `most is at risk among ${atRisk.name} (${formatMoneyShort(atRisk.valueAtRisk!, currency)})` : '',
  ].filter(part => part !== '');
  const stand = `As of ${asOf} the ${customersText(customers)} stand in ${formatCount(overview.segments!.groups)} segments`;
  return `${stand}${told.length === 0 ? '' : `: ${listed(told)}`}.`;
}

function quietText(findings: readonly LevelledFinding[]): string {
  const reasons = [...new Set(findings.flatMap(({ explainedBy }) => explainedBy ?? []))];
  return reasons.length === 0
    ? 'nothing changed beyond what chance and the time of year explain'
    : `all that changed is explained by ${listed(reasons)}`;
}

/** "; 58 customers joined, 41 lapsed and 12 came back" */
function flowsText({ newcomers, lapsed, cameBack }: Moves): string {
  const told: [People, string][] = [
    [newcomers.customers, 'joined'],
    [lapsed.customers, 'lapsed'],
    [cameBack.customers, 'came back'],
  ];
  if (told.every(([customers]) => customers === few))
    return `; ${few} customers each joined, lapsed and came back`;
  const parts = told.map(
    ([customers, what], i) => `${i === 0 ? customersText(customers) : sizeText(customers)} ${what}`,
  );
  return `; ${listed(parts)}`;
}

/** In the brackets that the sentence ends with, or in some of its own. */
function withAside(sentence: string, aside: string): string {
  return /\)\.$/.test(sentence)
    ? sentence.replace(/\)\.$/, `; ${aside}).`)
    : `${sentence.replace(/\.$/, '')} (${aside}).`;
}

/** A name from data, in its quotes, may hold a full stop. */
function firstSentence(text: string): string {
  return /^(?:“[^”]*”|[^“.]|\.(?! \p{Lu}))*\./u.exec(text)?.[0] ?? text;
}
