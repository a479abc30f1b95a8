import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { driftFacts } from '../../src/agent/tasks/drift/drift-facts.ts';
import { explainDrift } from '../../src/agent/tasks/drift/explain-drift.ts';
import { inProcess } from '../../src/clustering/pool.ts';
import { silent } from '../../src/progress.ts';
import { reclusterAdvised } from '../../src/segmentation/recluster/advised.ts';
import type { RefreshRecord, SegmentStats } from '../../src/segmentation/refresh/record.ts';
import { openState } from '../../src/state/state.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import { namingCases } from '../naming/cases.ts';
import type { CaseFilter } from '../task.ts';
import { writtenTask } from '../written-task.ts';
import { type DriftCase, driftCases, type WrittenDrift, writtenDrift } from './cases.ts';
import { driftMetrics } from './metrics.ts';

/** What changed at a refresh, explained. */
export const drift = writtenTask({
  id: 'drift',
  prompt: 'drift',
  written: writtenDrift,
  write: explained,
  metrics: driftMetrics,
});

async function explained(wanted: CaseFilter, access: ModelAccess | null, at: Date): Promise<WrittenDrift[]> {
  const cases = driftCases.filter(({ id }) => wanted(id));
  if (cases.length === 0) return [];
  const [shop] = await namingCases(id => id === 'made-shop');
  const folder = await mkdtemp(join(tmpdir(), 'kindred-eval-'));
  const state = await openState({ dataDir: folder, url: undefined });
  try {
    const written: WrittenDrift[] = [];
    for (const one of cases) {
      const records = recordsOf(one);
      const [before, record] = records;
      const { model } = shop!;
      const context: ToolContext = {
        // What is explained comes from the case; what it costs is kept as always.
        state: {
          ...state,
          models: { ...state.models, current: async () => model },
          refreshes: { ...state.refreshes, list: async () => records },
        },
        warehouse: {} as ToolContext['warehouse'],
        pool: inProcess,
        now: () => at,
        actor: 'eval',
        role: 'analyst',
        progress: silent,
        turn: (_, work) => work(),
      };
      const { explanation, author, findings } = await explainDrift(context, access, 'eval');
      const advice = reclusterAdvised(record.findings, records);
      written.push({
        id: one.id,
        explanation,
        // With nothing found no model is asked.
        stoodIn: access !== null && findings.length > 0 && author !== 'model',
        given: driftFacts(findings, { record, before, model, advice }),
        findings: findings.map(({ label, finding: { kind, severity, explainedBy } }) => ({
          label,
          kind,
          severity,
          explained: explainedBy !== null,
        })),
        keys: record.segments.map(({ key }) => key),
        wants: one.wants,
      });
    }
    return written;
  } finally {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const sizes: readonly (readonly [key: string, name: string, before: number, now: number])[] = [
  ['bargain-seekers', 'Bargain seekers', 140, 171],
  ['genuine-churn-risks', 'Genuine churn risks', 130, 163],
  ['active-repeat-buyers', 'Active repeat buyers', 77, 51],
  ['large-basket-shoppers', 'Large-basket shoppers', 44, 51],
];

function recordsOf({ findings }: DriftCase): [RefreshRecord, RefreshRecord] {
  const record = (asOf: string, previous: string | null, of: (size: (typeof sizes)[number]) => number) => ({
    modelId: 'm-made',
    asOf,
    kind: 'refresh' as const,
    createdAt: `${asOf}T06:00:00.000Z`,
    previous,
    fingerprint: asOf,
    customers: sizes.reduce((sum, size) => sum + of(size), 0),
    setAside: 0,
    segments: sizes.map(size => segmentOf(size[0], size[1], of(size))),
    moves: [],
    flapping: { moves: 0, returns: 0 },
    findings: [],
    features: [],
  });
  return [
    record('2026-07-20', null, ([, , before]) => before),
    { ...record('2026-07-27', '2026-07-20', ([, , , now]) => now), findings },
  ];
}

function segmentOf(key: string, name: string, size: number): SegmentStats {
  return {
    key,
    name,
    size,
    revenue: size * 210,
    revenueLastYear: size * 160,
    revenueLast90Days: size * 52,
    ordersLast90Days: size * 2,
    ordersLast14Days: Math.round(size / 3),
    confidence: 0.7,
    uncertain: 0.1,
    spread: 4,
    centroid: [],
    mean: [],
  };
}
