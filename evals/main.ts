import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelAccess } from '../src/agent/model/access.ts';
import { readConfig } from '../src/config.ts';
import { formatError } from '../src/errors.ts';
import type { ToolContext } from '../src/tools/tool.ts';
import { readFeedback } from './feedback/cases.ts';
import { feedbackCode, runFeedback } from './feedback/feedback.ts';
import { inCopyOf, inDemoShop } from './feedback/shop.ts';
import { comparison, type EvalReport, markdown, runName, verdictLine } from './report.ts';
import { codeOf, type EvalOptions, runEvals } from './run.ts';
import type { CaseFilter } from './task.ts';
import { evalTasks } from './tasks.ts';

try {
  process.exitCode = await main();
} catch (error) {
  console.error(formatError(error));
  process.exitCode = 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      task: { type: 'string' },
      case: { type: 'string', multiple: true },
      compare: { type: 'boolean', default: false },
      feedback: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string', default: join('out', 'evals') },
    },
  });
  const wanted: CaseFilter = id => values.case === undefined || values.case.includes(id);
  if (values.feedback !== undefined) return feedback(values.feedback, values, wanted);
  const options: EvalOptions = {
    tasks: evalTasks.filter(({ id }) => values.task === undefined || id === values.task),
    wanted,
    access: null,
    now: new Date(),
  };
  if (values.compare) return compare(positionals, options);
  const report = await runEvals({ ...options, access: modelAccess(readConfig(process.env).agent) });
  await write(report, values.out);
  if (!report.runs.some(({ author }) => author !== 'deterministic'))
    console.error('No case of a model was run, which is a failure. Look at --task and --case.');
  return codeOf(report);
}

/** What people judged, asked again. */
async function feedback(
  file: string,
  { data, out }: { data?: string; out: string },
  wanted: CaseFilter,
): Promise<number> {
  const cases = (await readFeedback(file)).filter(({ id }) => wanted(id));
  const access = modelAccess(readConfig(process.env).agent);
  const askAll = (context: ToolContext) => runFeedback(context, access, cases, new Date());
  const report = await (data === undefined ? inDemoShop(askAll) : inCopyOf(data, askAll));
  await write(report, out);
  if (report.runs.length === 0) console.error('No case was asked, which is a failure.');
  return feedbackCode(report);
}

async function write(report: EvalReport, out: string): Promise<void> {
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'report.md'), markdown(report));
  await writeFile(join(out, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  for (const run of report.runs) console.log(verdictLine(run));
  for (const told of report.notRun) console.log(`Not run: ${told}`);
  console.log(`Written to ${join(out, 'report.md')} and report.json.`);
}

/** Two runs on the cases that both have. */
async function compare(names: readonly string[], options: EvalOptions): Promise<number> {
  const { runs } = await runEvals(options);
  const [a, b] = names.map(name => runs.find(run => runName(run) === name));
  if (!a || !b || a.task !== b.task) {
    console.error(`--compare takes two runs of one task. There are: ${runs.map(runName).join(', ')}.`);
    return 1;
  }
  const shared = await runEvals({
    ...options,
    wanted: id => a.cases.includes(id) && b.cases.includes(id),
  });
  const [first, second] = [a, b].map(run => shared.runs.find(one => runName(one) === runName(run)));
  if (!first || !second) {
    console.error('No case was run by both, so there is nothing to compare.');
    return 1;
  }
  console.log(comparison(first, second));
  return 0;
}
