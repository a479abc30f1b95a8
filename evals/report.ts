import { isGood, type MetricScore, type RunReport } from './task.ts';

/** How a run is called: "naming-1/claude-x", "naming/deterministic". */
export const runName = ({ task, prompt, model }: RunReport) => `${prompt ?? task}/${model}`;

export interface EvalReport {
  /** ISO time. */
  at: string;
  runs: RunReport[];
  /** What was not run, and why. */
  notRun: string[];
}

/** The whole report as Markdown: a table for each task, one column a run, then what fell short. */
export function markdown({ at, runs, notRun }: EvalReport): string {
  const tasks = [...new Set(runs.map(({ task }) => task))];
  return [
    '# Evals',
    '',
    `${at.slice(0, 10)}. A score in bold falls short of what is wanted.`,
    ...notRun.map(told => `\nNot run: ${told}`),
    ...tasks.flatMap(task =>
      taskPart(
        task,
        runs.filter(run => run.task === task),
      ),
    ),
    '',
  ].join('\n');
}

function taskPart(task: string, runs: readonly RunReport[]): string[] {
  const metrics = runs[0]!.metrics;
  return [
    '',
    `## ${task}`,
    '',
    row(['Metric', 'Wanted', ...runs.map(runName)]),
    row(['---', '---', ...runs.map(() => '---')]),
    row(['', '', ...runs.map(origin)]),
    ...metrics.map(({ id, title, least }) =>
      row([
        title,
        least === null ? '' : `at least ${shown(least)}`,
        ...runs.map(run => cell(metricOf(run, id))),
      ]),
    ),
    row(['Cases', '', ...runs.map(({ cases }) => cases.join(', '))]),
    ...runs.flatMap(shortcomings),
  ];
}

function origin({ origin: from, author }: RunReport): string {
  if (from === 'computed') return 'computed now';
  if (from === 'live') return 'asked now';
  return `recorded ${from.recordedAt}${author === 'by hand' ? ', written by hand' : ''}`;
}

function cell(metric: MetricScore | undefined): string {
  if (!metric || metric.score === null) return 'not run';
  const short = metric.least !== null && metric.score < metric.least;
  const told = `${shown(metric.score)} (${metric.looked})`;
  return short ? `**${told}**` : told;
}

const MOST_LISTED = 20;

function shortcomings(run: RunReport): string[] {
  const failures = run.metrics.flatMap(({ title, failures: list }) =>
    list.map(failure => `- ${title}. ${failure}`),
  );
  if (failures.length === 0) return [];
  const more = failures.length > MOST_LISTED ? [`- and ${failures.length - MOST_LISTED} more`] : [];
  return ['', `### What fell short in ${runName(run)}`, '', ...failures.slice(0, MOST_LISTED), ...more];
}

/** Two runs on the same cases side by side, with what changed from the first to the second. */
export function comparison(first: RunReport, second: RunReport): string {
  const changed = first.metrics.map(({ id, title }) => {
    const [a, b] = [metricOf(first, id), metricOf(second, id)];
    const change =
      a && b && a.score !== null && b.score !== null ? signed(b.score - a.score) : 'not comparable';
    return row([title, cell(a), cell(b), change]);
  });
  return [
    `# ${runName(first)} against ${runName(second)}`,
    '',
    `On ${first.cases.join(', ')}.`,
    '',
    row(['Metric', runName(first), runName(second), 'Change']),
    row(['---', '---', '---', '---']),
    ...changed,
    '',
  ].join('\n');
}

/** One line a run, for the terminal. */
export function verdictLine(run: RunReport): string {
  const short = run.metrics.filter(({ score, least }) => score !== null && least !== null && score < least);
  return `${isGood(run) ? 'good ' : 'short'}  ${runName(run)} (${origin(run)})${short.length > 0 ? `: ${short.map(({ title, score }) => `${title} ${shown(score!)}`).join('; ')}` : ''}`;
}

const metricOf = ({ metrics }: RunReport, id: string) => metrics.find(metric => metric.id === id);
/** Never rounded up to a whole that was not reached. */
const shown = (score: number) => (score > 1 ? String(score) : String(Math.floor(score * 1000 + 1e-9) / 1000));
const signed = (change: number) => `${change > 0 ? '+' : ''}${Number(change.toFixed(3))}`;
const row = (cells: readonly string[]) => `| ${cells.map(text => text.replaceAll('|', '/')).join(' | ')} |`;
