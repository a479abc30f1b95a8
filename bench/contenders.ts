import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { agreement } from './agreement.ts';
import { measure, type Run } from './measure.ts';

const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const peerScript = fileURLToPath(new URL('peer/peer_pipeline.py', import.meta.url));

export interface Stage {
  stage: string;
  seconds: number;
  rows?: number;
}

export interface Outcome {
  seconds: number;
  peakMb: number | undefined;
  /** 0 where no stable groups were found. */
  k: number;
  /** Adjusted Rand index over the customers of planted types, where the shop has a truth. */
  ari: number | undefined;
  stages: Stage[];
}

export interface PeerOutcome extends Outcome {
  /** At the true number of types, which nobody tells Kindred. */
  ariAtTrueK: number | undefined;
  trueK: number | undefined;
}

/** Imports and segments the shop in a fresh data folder. The time is that of both commands, the memory the larger. */
export async function runKindred(shop: string, data: string): Promise<Outcome> {
  const kindred = (args: readonly string[]) => measure(process.execPath, [main, ...args, '--data', data]);
  const imported = succeeded('kindred import', await kindred(['import', shop, '--json']));
  const segmented = await kindred(['segment', '--force', '--json']);
  const noGroups = segmented.code === 3;
  if (!noGroups) succeeded('kindred segment', segmented);
  const outcome = JSON.parse(segmented.stdout) as { model?: { segments: unknown[] }; stages?: Stage[] };
  let ari: number | undefined = noGroups ? 0 : undefined;
  if (!noGroups) {
    const memberships = join(data, 'memberships.csv');
    succeeded('kindred export', await kindred(['export', 'memberships', '--to', memberships]));
    ari = await agreement(shop, memberships);
  }
  const { stages = [] } = JSON.parse(imported.stdout) as { stages?: Stage[] };
  return {
    seconds: imported.seconds + segmented.seconds,
    peakMb: largest(imported.peakMb, segmented.peakMb),
    k: outcome.model?.segments.length ?? 0,
    ari,
    stages: [
      { stage: 'kindred import', seconds: imported.seconds },
      ...stages.map(inner),
      { stage: 'kindred segment', seconds: segmented.seconds },
      ...(outcome.stages ?? []).map(inner),
    ],
  };
}

/** A Python that has what the peer needs. */
export function findPython(): string | undefined {
  return ['python3', '/usr/bin/python3', 'python'].find(
    python => spawnSync(python, ['-c', 'import pandas, sklearn'], { stdio: 'ignore' }).status === 0,
  );
}

export async function runPeer(python: string, shop: string, out: string): Promise<PeerOutcome> {
  const run = succeeded('the peer', await measure(python, [peerScript, shop, out]));
  const result = JSON.parse(run.stdout.trim().split('\n').at(-1)!) as {
    k: number;
    recovery_seconds?: number;
    seconds: Record<string, number>;
    ari_at_chosen_k?: number;
    ari_at_true_k?: number;
    true_k?: number;
  };
  return {
    // Start-up counts for both contenders; what the peer does at its end for the truth is no part of the work.
    seconds: run.seconds - (result.recovery_seconds ?? 0),
    peakMb: run.peakMb,
    k: result.k,
    ari: result.ari_at_chosen_k,
    ariAtTrueK: result.ari_at_true_k,
    trueK: result.true_k,
    stages: Object.entries(result.seconds).map(([stage, seconds]) => ({ stage, seconds })),
  };
}

const inner = ({ stage, ...rest }: Stage): Stage => ({ stage: `  ${stage}`, ...rest });

function succeeded(name: string, run: Run): Run {
  if (run.code !== 0)
    throw new Error(`${name} ended with exit code ${run.code}:\n${run.stderr || run.stdout}`);
  return run;
}

function largest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : Math.max(a, b);
}
