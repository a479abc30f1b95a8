import { Command, CommanderError } from 'commander';
import { formatError } from '../errors.ts';
import { registerAllow } from './commands/allow.ts';
import { registerApprove } from './commands/approve.ts';
import { registerAsk } from './commands/ask.ts';
import { registerAudience } from './commands/audience.ts';
import { registerBacktest } from './commands/backtest.ts';
import { registerBlock } from './commands/block.ts';
import { registerBudget } from './commands/budget.ts';
import { registerCalibrate } from './commands/calibrate.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDrift } from './commands/drift.ts';
import { registerExport } from './commands/export.ts';
import { registerFeatures } from './commands/features.ts';
import { registerGovernance } from './commands/governance.ts';
import { registerHistory } from './commands/history.ts';
import { registerImport } from './commands/import.ts';
import { registerJobs } from './commands/jobs.ts';
import { registerLookalike } from './commands/lookalike.ts';
import { registerMcpb } from './commands/mcpb.ts';
import { registerMoves } from './commands/moves.ts';
import { registerName } from './commands/name.ts';
import { registerPredictions } from './commands/predictions.ts';
import { registerProposals } from './commands/proposals.ts';
import { registerReadiness } from './commands/readiness.ts';
import { registerRecluster } from './commands/recluster.ts';
import { registerRefresh } from './commands/refresh.ts';
import { registerReject } from './commands/reject.ts';
import { registerRejects } from './commands/rejects.ts';
import { registerReport } from './commands/report.ts';
import { registerRollback } from './commands/rollback.ts';
import { registerSegment } from './commands/segment.ts';
import { registerSegments } from './commands/segments.ts';
import { registerServe } from './commands/serve.ts';
import { registerStart } from './commands/start.ts';
import { registerTools } from './commands/tool.ts';
import { registerTrigger } from './commands/trigger.ts';
import { registerUsage } from './commands/usage.ts';
import { registerWeigh } from './commands/weigh.ts';
import { registerWhatIf } from './commands/what-if.ts';
import type { CommandContext } from './context.ts';
import { exitCodes, type Terminal } from './terminal.ts';

/** Runs one command line and returns its exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let code: number = exitCodes.done;
  const context: CommandContext = {
    terminal,
    args,
    run,
    exit: given => {
      code = given;
    },
  };
  const program = buildProgram(context);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    terminal.err(`\nkindred: ${formatError(error)}\n`);
    return exitCodes.failed;
  }
}

function buildProgram(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('kindred')
    .description('Finds the groups of customers who behave alike, and names them.')
    .exitOverride()
    .configureOutput({
      writeOut: terminal.out,
      writeErr: terminal.err,
      getOutHelpWidth: () => terminal.columns,
    })
    .showHelpAfterError('Run `kindred --help` to see the commands, or `kindred COMMAND --help` for one.')
    .addHelpText(
      'after',
      `
First steps:
  kindred start                       see it work on a real shop's orders
  kindred import orders.csv           bring in your own files, or a whole folder
  kindred readiness                   see what your data can carry
  kindred segment                     find the groups
  kindred segments                    read them
  kindred ask "who are our lapsed but recoverable customers?"
                                      ask in plain words
  kindred refresh                     a week later: who moved, and what drifted
  kindred predictions                 what to expect of each segment, and how far to believe it
  kindred audience lapsed-but-recoverable
                                      a question answered with people, to export
  kindred report                      the same as a page for the browser

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no stable groups here.`,
    );
  for (const register of [
    registerStart,
    registerImport,
    registerRejects,
    registerReadiness,
    registerFeatures,
    registerAllow,
    registerBlock,
    registerGovernance,
    registerSegment,
    registerSegments,
    registerRefresh,
    registerMoves,
    registerDrift,
    registerHistory,
    registerPredictions,
    registerCalibrate,
    registerAsk,
    registerAudience,
    registerBudget,
    registerLookalike,
    registerTrigger,
    registerRecluster,
    registerWhatIf,
    registerWeigh,
    registerName,
    registerProposals,
    registerApprove,
    registerReject,
    registerRollback,
    registerReport,
    registerExport,
    registerBacktest,
    registerServe,
    registerJobs,
    registerMcpb,
    registerUsage,
    registerTools,
    registerDemo,
  ])
    register(program, context);
  // Sub-commands made with .command() inherit these; nested ones are reached through their parents.
  return program;
}
