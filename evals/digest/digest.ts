import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelAccess } from '../../src/agent/model/access.ts';
import { composed } from '../../src/agent/tasks/digest/compose.ts';
import { digestSheet } from '../../src/agent/tasks/digest/sheet.ts';
import { writeDigest } from '../../src/agent/tasks/digest/write.ts';
import { inProcess } from '../../src/clustering/pool.ts';
import { silent } from '../../src/progress.ts';
import { openState } from '../../src/state/state.ts';
import type { ToolContext } from '../../src/tools/tool.ts';
import type { CaseFilter } from '../task.ts';
import { writtenTask } from '../written-task.ts';
import { type DigestCase, digestCases, type WrittenDigest, writtenDigest } from './cases.ts';
import { digestMetrics } from './metrics.ts';

/** A week, told to a marketing lead. */
export const digest = writtenTask({
  id: 'digest',
  prompt: 'digest',
  written: writtenDigest,
  write: written,
  metrics: digestMetrics,
});

async function written(wanted: CaseFilter, access: ModelAccess | null, at: Date): Promise<WrittenDigest[]> {
  const cases = digestCases.filter(({ id }) => wanted(id));
  if (cases.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), 'kindred-eval-'));
  const state = await openState({ dataDir: folder, url: undefined });
  try {
    const context: ToolContext = {
      // The week comes from the case; what asking costs is kept as always.
      state,
      warehouse: {} as ToolContext['warehouse'],
      pool: inProcess,
      now: () => at,
      actor: 'eval',
      role: 'analyst',
      progress: silent,
      turn: (_, work) => work(),
    };
    const all: WrittenDigest[] = [];
    for (const one of cases) all.push(await writtenOf(context, access, one));
    return all;
  } finally {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writtenOf(
  context: ToolContext,
  access: ModelAccess | null,
  { id, facts, wants }: DigestCase,
): Promise<WrittenDigest> {
  const { digest: told } = await composed(context, access, 'eval', facts);
  return {
    id,
    headline: told.headline,
    findings: told.findings.map(({ kind, level, explanation }) => ({ kind, level, explanation })),
    moves: told.moves,
    todo: told.todo.map(({ action, segment }) => ({ action, segment: segment?.key ?? null })),
    stoodIn: access !== null && told.author !== 'model',
    given: digestSheet(facts, writeDigest(facts)).text,
    keys: told.segments.map(({ key }) => key),
    wants,
  };
}
