import type { Command } from 'commander';
import { disconnect } from '../../connections/disconnect.ts';
import { listConnections, testConnection } from '../../connections/list.ts';
import { dataRequests } from '../../rights/data-requests.ts';
import { platformOf } from '../../vendors/platform.ts';
import { besideOthers, type CommandContext, printJson, reading } from '../context.ts';
import { decider } from '../decision.ts';
import { words } from '../options.ts';
import { exitCodes } from '../terminal.ts';
import { connectionsView, disconnectedView, testedView } from '../views/connections.ts';
import { dataRequestsView } from '../views/data-requests.ts';

interface Options {
  data?: string;
  json?: boolean;
}

export function registerConnections(program: Command, context: CommandContext): void {
  const { terminal } = context;
  const list = program
    .command('connections')
    .description('the connected tools: who is there, what for, and when they were pulled last')
    .option('--test', 'find out whether their credentials work still');
  reading(list).action(async ({ test = false, data, json }: Options & { test?: boolean }) => {
    await besideOthers(context, 'connections', data, async (app, signal) => {
      const connections = await listConnections(app);
      if (!test) {
        const requests = await dataRequests(app);
        if (json) return printJson(context, { connections, dataRequests: requests });
        terminal.out(connectionsView(connections, terminal.columns));
        terminal.out(dataRequestsView(requests, terminal.columns));
        return;
      }
      const platform = platformOf(app, signal);
      const tested = [];
      for (const { name, title } of connections) {
        const found = await testConnection(app, name, platform);
        tested.push({ name, title, ...found });
        if (!json) terminal.out(testedView({ name, title }, found, terminal.columns));
      }
      if (json) printJson(context, { tested });
      else if (tested.length === 0) terminal.out(connectionsView([], terminal.columns));
      if (tested.some(found => 'problem' in found)) context.exit(exitCodes.failed);
    });
  });

  const removing = program
    .command('disconnect')
    .description('forget a connected tool and its secrets; what was pulled from it stays')
    .argument('<name>', 'the name that `kindred connections` shows')
    .option('--end-syncs', 'also where syncs go over it: they end, and everybody they put there stays there')
    .option('--by <name>', 'who does it (default: your user name on this machine)', words);
  reading(removing).action(async (name: string, options: Options & { endSyncs?: boolean; by?: string }) => {
    const actor = decider(terminal, options.by);
    await besideOthers(context, 'disconnect', options.data, async app => {
      const done = await disconnect(app, { name, endSyncs: options.endSyncs ?? false, actor });
      if (options.json) printJson(context, { disconnected: done });
      else terminal.out(disconnectedView(done, terminal.columns));
    });
  });
}
