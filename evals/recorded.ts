import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const recording = z.object({
  task: z.string(),
  /** Id and version of the prompt: "naming-1". */
  prompt: z.string(),
  model: z.string(),
  author: z.enum(['model', 'by hand']),
  /** The day. */
  recordedAt: z.string(),
  /** What was written and judged for each case, in the form of its task. */
  cases: z.array(z.looseObject({ id: z.string() })),
});

/** What a model wrote in a run, kept in evals/recorded/<prompt>/<model>.json. */
export type Recording = z.infer<typeof recording>;

const recordedFolder = fileURLToPath(new URL('./recorded', import.meta.url));

/** All recordings of a task, by prompt and model. */
export async function readRecordings(task: string, folder = recordedFolder): Promise<Recording[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries
    .filter(entry => entry.isFile() && entry.name.endsWith('.json'))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const read = await Promise.all(
    files.map(async file => recording.parse(JSON.parse(await readFile(file, 'utf8')))),
  );
  return read.filter(one => one.task === task);
}

/** Keeps it in place of an earlier one of the same prompt and model; gives the path. */
export async function writeRecording(one: Recording, folder = recordedFolder): Promise<string> {
  const path = join(folder, one.prompt, `${one.model.replaceAll(/[^\w.-]+/g, '-')}.json`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(one, null, 2)}\n`);
  return path;
}
