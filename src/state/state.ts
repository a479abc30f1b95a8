import { DrizzleQueryError } from 'drizzle-orm';
import { asPostgresError } from '../postgres-errors.ts';
import type { Change } from '../segmentation/refresh/change.ts';
import { type AccessTokenRepository, accessTokenRepository } from './access-tokens.ts';
import { type AnswerRepository, answerRepository } from './answers.ts';
import { applyChange } from './apply.ts';
import { type AudienceRepository, audienceRepository } from './audiences.ts';
import { type AuditLog, auditLog } from './audit.ts';
import { type BlockedTermRepository, blockedTermRepository } from './blocked-terms.ts';
import { type ConnectionRepository, connectionRepository } from './connections.ts';
import { type ConversationRepository, conversationRepository } from './conversations.ts';
import type { OpenDatabase } from './database.ts';
import { type DecisionRepository, decisionRepository } from './decisions.ts';
import { type DigestRepository, digestRepository } from './digests.ts';
import { ownerOf } from './installation.ts';
import { type JobRepository, jobRepository } from './jobs.ts';
import { type ModelRepository, modelRepository } from './models.ts';
import { type OutboxRepository, outboxRepository } from './outbox.ts';
import { openPglite } from './pglite.ts';
import { openPostgresState } from './postgres.ts';
import { type ProposalRepository, proposalRepository } from './proposals.ts';
import { type PullRepository, pullRepository } from './pulls.ts';
import { type RefreshRepository, refreshRepository } from './refreshes.ts';
import { type ReplyRepository, replyRepository } from './replies.ts';
import { type RetentionRepository, retentionRepository } from './retention.ts';
import { type ErasureRepository, erasureRepository } from './rights.ts';
import { type SlackEventRepository, slackEventRepository } from './slack-events.ts';
import { type SlackMessageRepository, slackMessageRepository } from './slack-messages.ts';
import { type SyncMemberRepository, syncMemberRepository } from './sync-members.ts';
import { type SyncRunRepository, syncRunRepository } from './sync-runs.ts';
import { type SyncRepository, syncRepository } from './syncs.ts';
import { type TriggerRepository, triggerRepository } from './triggers.ts';

/**
 * What was decided: models with their segments and personas, the history of refreshes, proposals and decisions of people,
 * jobs, who may ask, the connected tools of the shop, what was answered and what people thought of it, what was told in
 * Slack, and the audit of it all.
 */
export interface State {
  /** Tells the rows of this state from those of others in a shared warehouse; made once, never changed. */
  owner: string;
  models: ModelRepository;
  decisions: DecisionRepository;
  audit: AuditLog;
  refreshes: RefreshRepository;
  proposals: ProposalRepository;
  jobs: JobRepository;
  audiences: AudienceRepository;
  triggers: TriggerRepository;
  blockedTerms: BlockedTermRepository;
  conversations: ConversationRepository;
  answers: AnswerRepository;
  replies: ReplyRepository;
  digests: DigestRepository;
  slack: { events: SlackEventRepository; messages: SlackMessageRepository };
  accessTokens: AccessTokenRepository;
  syncs: SyncRepository;
  syncRuns: SyncRunRepository;
  syncMembers: SyncMemberRepository;
  outbox: OutboxRepository;
  connections: ConnectionRepository;
  pulls: PullRepository;
  erasures: ErasureRepository;
  retention: RetentionRepository;
  /**
   * Takes over what a transaction of the warehouse decided: the model becomes the standing one (another before it is
   * superseded, and with it what was proposed against it), the record joins the history in place of records it rewrites
   * (those of its date and later; a promotion or rollback leaves the fit or refresh of its date), a proposal is approved,
   * the audit tells it. All or nothing; a second time changes nothing.
   */
  apply(change: Change): Promise<void>;
  close(): Promise<void>;
}

export interface StateOptions {
  /** Folder in which PGlite keeps the state. */
  dataDir: string;
  /** postgres://… where the state is to live on a server instead. */
  url?: string | undefined;
}

/** Opens the state and brings its tables up to date. */
export async function openState({ dataDir, url }: StateOptions): Promise<State> {
  const database = url ? await openPostgresState(url) : await openPglite(dataDir);
  try {
    return await stateOver(database);
  } catch (error) {
    await database.close();
    throw error;
  }
}

export async function stateOver({ db, place, close }: OpenDatabase): Promise<State> {
  const told = <Repository extends object>(repository: Repository) => explained(repository, place);
  const { owner, apply } = told({
    owner: () => ownerOf(db),
    apply: (change: Change) => applyChange(db, change),
  });
  return {
    owner: await owner(),
    models: told(modelRepository(db)),
    decisions: told(decisionRepository(db)),
    audit: told(auditLog(db)),
    refreshes: told(refreshRepository(db)),
    proposals: told(proposalRepository(db)),
    jobs: told(jobRepository(db)),
    audiences: told(audienceRepository(db)),
    triggers: told(triggerRepository(db)),
    blockedTerms: told(blockedTermRepository(db)),
    conversations: told(conversationRepository(db)),
    answers: told(answerRepository(db)),
    replies: told(replyRepository(db)),
    digests: told(digestRepository(db)),
    slack: { events: told(slackEventRepository(db)), messages: told(slackMessageRepository(db)) },
    accessTokens: told(accessTokenRepository(db)),
    syncs: told(syncRepository(db)),
    syncRuns: told(syncRunRepository(db)),
    syncMembers: told(syncMemberRepository(db)),
    outbox: told(outboxRepository(db)),
    connections: told(connectionRepository(db)),
    pulls: told(pullRepository(db)),
    erasures: told(erasureRepository(db)),
    retention: told(retentionRepository(db)),
    apply,
    close,
  };
}

/** Drizzle's own error quotes the whole query with the model in it; what is told is what the database said. */
function explained<Repository extends object>(repository: Repository, place: string): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function') return call;
      return async (...args: unknown[]) => {
        try {
          return await Reflect.apply(call, target, args);
        } catch (error) {
          throw asPostgresError(place, error instanceof DrizzleQueryError ? error.cause : error);
        }
      };
    },
  });
}
