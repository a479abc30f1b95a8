import { runCommandLine } from './command-line.ts';
import { registerAllow } from './commands/allow.ts';
import { registerApprove } from './commands/approve.ts';
import { registerAsk } from './commands/ask.ts';
import { registerAudience } from './commands/audience.ts';
import { registerBacktest } from './commands/backtest.ts';
import { registerBlock } from './commands/block.ts';
import { registerBudget } from './commands/budget.ts';
import { registerCalibrate } from './commands/calibrate.ts';
import { registerChart } from './commands/chart.ts';
import { registerConnect } from './commands/connect.ts';
import { registerConnections } from './commands/connections.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDigest } from './commands/digest.ts';
import { registerDrift } from './commands/drift.ts';
import { registerExport } from './commands/export.ts';
import { registerFeatures } from './commands/features.ts';
import { registerFeedback } from './commands/feedback.ts';
import { registerGovernance } from './commands/governance.ts';
import { registerHistory } from './commands/history.ts';
import { registerImport } from './commands/import.ts';
import { registerJobs } from './commands/jobs.ts';
import { registerKey } from './commands/key.ts';
import { registerLift } from './commands/lift.ts';
import { registerLookalike } from './commands/lookalike.ts';
import { registerMcp } from './commands/mcp.ts';
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
import {
  registerErase,
  registerObject,
  registerRetention,
  registerSubjectReport,
} from './commands/rights.ts';
import { registerRollback } from './commands/rollback.ts';
import { registerSegment } from './commands/segment.ts';
import { registerSegments } from './commands/segments.ts';
import { registerServe } from './commands/serve.ts';
import { registerSlack } from './commands/slack.ts';
import { registerStart } from './commands/start.ts';
import { registerSync } from './commands/sync.ts';
import { registerSyncIn } from './commands/sync-in.ts';
import { registerToken } from './commands/token.ts';
import { registerTools } from './commands/tool.ts';
import { registerTrigger } from './commands/trigger.ts';
import { registerUsage } from './commands/usage.ts';
import { registerWeigh } from './commands/weigh.ts';
import { registerWhatIf } from './commands/what-if.ts';
import type { Terminal } from './terminal.ts';

const commands = [
  registerStart,
  registerImport,
  registerConnect,
  registerConnections,
  registerSyncIn,
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
  registerDigest,
  registerPredictions,
  registerLift,
  registerCalibrate,
  registerAsk,
  registerFeedback,
  registerAudience,
  registerBudget,
  registerLookalike,
  registerSync,
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
  registerChart,
  registerExport,
  registerBacktest,
  registerServe,
  registerJobs,
  registerKey,
  registerToken,
  registerMcp,
  registerMcpb,
  registerSlack,
  registerErase,
  registerObject,
  registerSubjectReport,
  registerRetention,
  registerUsage,
  registerTools,
  registerDemo,
];

/** Runs one command line and returns its exit code. */
export function run(args: readonly string[], terminal: Terminal): Promise<number> {
  return runCommandLine(commands, args, terminal, run);
}
