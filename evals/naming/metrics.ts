import type { Check, Described } from '../../src/agent/checks/check.ts';
import { type CheckId, personaChecks } from '../../src/agent/checks/persona-checks.ts';
import { fleschOf, proseOf } from '../../src/agent/checks/reading-ease.ts';
import type { Verdict } from '../judge.ts';
import type { MetricScore } from '../task.ts';
import { bestMatch } from './blind-text.ts';

/** What was written for a case, with what a judge made of it; null: no judge was asked. */
export interface Written {
  id: string;
  personas: Described[];
  /** Segments of which nothing usable was written. */
  missing: string[];
  judged: { matching: Verdict[]; intrusion: Verdict[] } | null;
}

interface CheckMetric {
  id: CheckId;
  title: string;
  least: number | null;
}

/** Scores are means over personas; 1 where nothing falls short. */
const checkMetrics: readonly CheckMetric[] = [
  { id: 'groundedness', title: 'Numbers stand on the fact sheet', least: 1 },
  { id: 'direction', title: 'Comparisons point the right way', least: 0.95 },
  { id: 'uniqueness', title: 'Names and texts differ from each other', least: 1 },
  { id: 'leakage', title: 'No protected trait', least: 1 },
  { id: 'actionability', title: 'Channel, offer and timing, each tied to a feature', least: 0.8 },
  { id: 'emptyPraise', title: 'No empty praise', least: 1 },
  { id: 'belittling', title: 'Nothing that belittles', least: 1 },
  { id: 'shownIds', title: 'No ids of the computation', least: 1 },
  { id: 'textLength', title: 'One-sentence definition, readable lengths', least: 0.95 },
];

/** What a good text of naming reaches, by the issue: see evals/README.md. */
export function namingMetrics(cases: readonly Written[]): MetricScore[] {
  return [
    ...checkMetrics.map(metric => checked(metric, cases)),
    readingEase(cases),
    blindMatching(cases),
    byJudge('blindJudge', 'Blind matching by the judge', 0.9, cases, ({ matching }) => matching),
    byJudge('intrusion', 'The judge finds the foreign trait', 0.8, cases, ({ intrusion }) => intrusion),
    described(cases),
  ];
}

function checked({ id, title, least }: CheckMetric, cases: readonly Written[]): MetricScore {
  const check: Check = personaChecks[id];
  const results = cases.flatMap(({ id: caseId, personas }) =>
    personas.map(({ draft, sheet }) => {
      const others = personas.filter(other => other.sheet !== sheet);
      return { where: `${caseId}, ${draft.name}`, ...check(draft, sheet, others) };
    }),
  );
  return {
    id,
    title,
    score: mean(results.map(({ score }) => score)),
    least,
    looked: results.length,
    failures: results.flatMap(({ where, failures }) => failures.map(failure => `${where}: ${failure}`)),
    notRun: null,
  };
}

/** The mean of Flesch's reading ease itself, which says more than a share of texts that pass. */
function readingEase(cases: readonly Written[]): MetricScore {
  const personas = cases.flatMap(({ personas: written }) => written);
  const eases = personas.map(({ draft }) => fleschOf(proseOf(draft).join(' ')));
  const hard = personas.flatMap(({ draft, sheet }) =>
    personaChecks.readingEase(draft, sheet, []).failures.map(failure => `${draft.name}: ${failure}`),
  );
  const score = mean(eases);
  return {
    id: 'readingEase',
    title: 'Reading ease (Flesch)',
    score: score === null ? null : Math.round(score),
    least: 45,
    looked: eases.length,
    failures: hard,
    notRun: null,
  };
}

function blindMatching(cases: readonly Written[]): MetricScore {
  const matched = cases.flatMap(({ id, personas }) => {
    const sheets = personas.map(({ sheet }) => sheet);
    return personas.map((persona, i) => {
      const found = bestMatch(persona, personas, sheets);
      return found === i ? null : `${id}, ${persona.draft.name}: reads more like ${sheets[found]!.name}.`;
    });
  });
  const failures = matched.filter(failure => failure !== null);
  return {
    id: 'blindMatching',
    title: 'Blind matching by evidence and words',
    score: matched.length === 0 ? null : 1 - failures.length / matched.length,
    least: 0.9,
    looked: matched.length,
    failures,
    notRun: null,
  };
}

function byJudge(
  id: string,
  title: string,
  least: number,
  cases: readonly Written[],
  of: (judged: NonNullable<Written['judged']>) => Verdict[],
): MetricScore {
  const verdicts = cases.flatMap(({ id: caseId, judged }) =>
    judged ? of(judged).map(verdict => ({ caseId, ...verdict })) : [],
  );
  const wrong = verdicts.filter(({ right, said }) => right !== said);
  return {
    id,
    title,
    score: verdicts.length === 0 ? null : 1 - wrong.length / verdicts.length,
    least,
    looked: verdicts.length,
    failures: wrong.map(({ caseId, id: key, said }) =>
      said === null
        ? `${caseId}, ${key}: the judge's answer could not be read.`
        : `${caseId}, ${key}: the judge chose another one.`,
    ),
    notRun: verdicts.length === 0 ? 'No judge was asked: it needs a key.' : null,
  };
}

/** Without it, whoever leaves out what is hard to describe would score best. */
function described(cases: readonly Written[]): MetricScore {
  const written = cases.reduce((sum, { personas }) => sum + personas.length, 0);
  const missing = cases.flatMap(({ id, missing: keys }) =>
    keys.map(key => `${id}: ${key} was not described.`),
  );
  const looked = written + missing.length;
  return {
    id: 'described',
    title: 'Every segment is described',
    score: looked === 0 ? null : written / looked,
    least: 1,
    looked,
    failures: missing,
    notRun: null,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
