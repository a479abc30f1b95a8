import type { Finding } from '../../../segmentation/drift/finding.ts';
import { type LabelledFinding, reasonsToRethink } from './drift-facts.ts';
import type { DriftExplanation } from './explanation.ts';
import { readings } from './readings.ts';

/** The explanation that needs no model: what each kind of finding usually means, the worst first. */
export function plainExplanation(
  findings: readonly LabelledFinding[],
  advice: readonly string[],
): DriftExplanation {
  const open = findings.filter(({ finding }) => finding.explainedBy === null && finding.severity !== 'note');
  const kinds = [...new Set(open.map(({ finding }) => finding.kind))];
  return {
    headline: headlineOf(open, findings.length),
    matters: open
      .slice(0, 3)
      .map(({ label, finding }) => ({ finding: label, why: readings[finding.kind].why })),
    causes: kinds.slice(0, 4).map(kind => ({
      cause: readings[kind].cause,
      because: open
        .filter(({ finding }) => finding.kind === kind)
        .slice(0, 6)
        .map(({ label }) => label),
    })),
    check: kinds.slice(0, 5).map(kind => readings[kind].check),
    rethink: rethinkOf(findings, advice),
  };
}

function rethinkOf(
  findings: readonly LabelledFinding[],
  advice: readonly string[],
): DriftExplanation['rethink'] {
  const [reason] = reasonsToRethink(findings, advice);
  return reason === undefined
    ? { needed: false, why: 'Nothing measured speaks for finding the segments anew.' }
    : { needed: true, why: `It would be worth finding the segments anew: ${reason}` };
}

function headlineOf(open: readonly LabelledFinding[], all: number): string {
  const worst: Finding | undefined = open[0]?.finding;
  if (worst) return worst.sentence;
  return all > 0
    ? 'What changed is explained by the time of year, by growing older or by data that stopped arriving.'
    : 'Nothing changed beyond what chance and the time of year explain.';
}
