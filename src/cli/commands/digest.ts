import type { Command } from 'commander';
import { composeDigest } from '../../agent/tasks/digest/compose.ts';
import { type Digest, digestShape, latestDigest } from '../../agent/tasks/digest/digest.ts';
import type { App } from '../../app.ts';
import { InputError } from '../../errors.ts';
import { digestMarkdown } from '../../markdown/digest.ts';
import { refreshKey } from '../../segmentation/refresh/refresh-key.ts';
import { toolContext } from '../../tool-context.ts';
import { besideOthers, type CommandContext, inApp, printJson, reading } from '../context.ts';
import { digestView } from '../views/digest.ts';
import { type DigestDelivery, digestDeliveryView } from '../views/digest-delivery.ts';

interface DigestOptions {
  markdown?: boolean;
  dryRun?: boolean;
  data?: string;
  json?: boolean;
}

export function registerDigest(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const actor = terminal.user ?? 'kindred';
  const command = program
    .command('digest')
    .description('the week in one page: segments, who moved, what drifted, what to do')
    .option('--markdown', 'print Markdown, to send or to keep')
    .option('--dry-run', 'as Slack gets it, with where and when it goes; sends nothing');
  reading(command).action(async ({ markdown, dryRun, data, json }: DigestOptions) => {
    const shown = (digest: Digest) =>
      markdown ? digestMarkdown(digest) : digestView(digest, terminal.columns);
    if (dryRun)
      return besideOthers(context, 'digest', data, async (app, signal) => {
        const { digest, why } = await digestToSend(app, actor, signal);
        const delivery = await deliveryOf(app);
        if (json) return printJson(context, { digest, why, ...delivery });
        const told = digestDeliveryView(delivery, { digest, why, now: app.now() }, terminal.columns);
        terminal.out(`${told}\n${shown(digest)}`);
      });
    await inApp(context, 'digest', data, async app => {
      const digest = await latestDigest(await toolContext(app, { actor, role: 'viewer' }));
      if (digest === null) throw nothingYet();
      if (json) printJson(context, digest);
      else terminal.out(shown(digest));
    });
  });
}

const nothingYet = () =>
  new InputError(
    'There are no segments yet, so there is no digest.',
    'Run `kindred import` with your files, then `kindred segment`.',
  );

/** What was written for a channel already, or would be now. */
async function digestToSend(
  app: App,
  actor: string,
  signal: AbortSignal,
): Promise<{ digest: Digest; why: string | null }> {
  const { refreshes, digests } = await app.state();
  const record = await refreshes.latest();
  const kept = record && (await digests.get(refreshKey(record)));
  if (kept) return { digest: digestShape.parse(kept), why: null };
  const tools = await toolContext(app, { actor, role: 'viewer', signal });
  const composed = await composeDigest(tools, await app.model(), 'cli');
  if (composed === null) throw nothingYet();
  return composed;
}

async function deliveryOf(app: App): Promise<DigestDelivery> {
  // Loaded here, as it brings date arithmetic that no other way to a digest needs.
  const { newsOf } = await import('../../slack/delivery/news.ts');
  const { plannedDeliveries } = await import('../../slack/delivery/planned.ts');
  const { recentMessages } = await import('../../slack/delivery/plan.ts');
  const state = await app.state();
  const record = await state.refreshes.latest();
  const news = newsOf(record, app.now());
  if (app.config.slack === null) return { notSent: 'Slack is not connected: see docs/connect-slack.md.' };
  if ('none' in news) return { notSent: news.none };
  const known = await state.slack.messages.list(recentMessages);
  const to = plannedDeliveries(app.config.slack, app.now(), news.subject, known);
  return to.length > 0 ? { to } : { notSent: 'KINDRED_SLACK_DIGEST names no channel.' };
}
