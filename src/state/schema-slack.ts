import { index, integer, jsonb, text, unique } from 'drizzle-orm/pg-core';
import { identity, kindredState, moment } from './columns.ts';
import type { SlackMessage } from './slack-messages.ts';

/** What came from Slack, so that what is told twice is done once, and what a kill broke off is known. */
export const slackEvents = kindredState.table(
  'slack_events',
  {
    id: text().primaryKey(),
    at: moment('at').notNull(),
    kind: text().notNull(),
    channel: text().notNull(),
    thread: text(),
    user: text('member').notNull(),
    endedAt: moment('ended_at'),
  },
  table => [index('slack_events_at').on(table.at)],
);

/** What is to be sent to Slack by itself: each thing once to each channel. */
export const slackMessages = kindredState.table(
  'slack_messages',
  {
    id: identity(),
    kind: text().$type<SlackMessage['kind']>().notNull(),
    subject: text().notNull(),
    channel: text().notNull(),
    thread: text(),
    status: text().$type<SlackMessage['status']>().notNull(),
    createdAt: moment('created_at').notNull(),
    notBefore: moment('not_before').notNull(),
    attempts: integer().notNull(),
    claimedUntil: moment('claimed_until'),
    problem: text(),
    sentAt: moment('sent_at'),
    ts: text(),
    shown: text(),
  },
  table => [unique('one_slack_message').on(table.kind, table.subject, table.channel)],
);

/** The digest of a refresh as it was first written, so that each channel is sent the same. */
export const digests = kindredState.table('digests', {
  refresh: text().primaryKey(),
  body: jsonb().$type<Record<string, unknown>>().notNull(),
  at: moment('at').notNull(),
});
