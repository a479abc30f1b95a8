import { farewellTypes, welcomeTypes } from '../../features/engagement.ts';
import { list } from '../../features/expressions.ts';
import { objectorsSql } from '../../features/objectors.ts';
import { consentWords } from '../../governance/consent-words.ts';

export { objectorsSql };

/** What somebody's profile is handed out for, and on what lawful basis. */
export interface PermissionRequest {
  channel: 'email' | 'advertising' | 'personalisation';
  basis: 'consent' | 'legitimate-interest';
}

/**
 * A SELECT of every profile_id and `reason`: why it may not be handed out, or NULL where it may. For both stores.
 *
 * The latest statement about a channel and a purpose counts, and a no where a yes was stated at the same moment. An
 * unsubscription is a no and a subscription a yes to e-mail; `accepts_marketing` says so without a date, so its no stands
 * beside any yes. Where a later statement is not clear, a yes is none any more and a no stays. Who objects to profiling or
 * to direct marketing is handed to nobody, whatever else they agreed to.
 */
export function permissionSql({ channel, basis }: PermissionRequest): string {
  return `WITH statements AS (
  SELECT profile_id, ${subjectOf} AS subject, ${saidIn('state')} AS said, stated_at
  FROM consents WHERE profile_id IS NOT NULL
  UNION ALL
  SELECT profile_id, 'email', CASE WHEN lower(type) IN ${list(farewellTypes)} THEN 'no' ELSE 'yes' END, occurred_at
  FROM events WHERE profile_id IS NOT NULL AND lower(type) IN ${list([...farewellTypes, ...welcomeTypes])}
),
latest AS (
  SELECT profile_id, subject, ${['yes', 'no', 'unclear'].map(latest).join(', ')}
  FROM statements WHERE subject IS NOT NULL GROUP BY profile_id, subject
),
told AS (
  SELECT profile_id, ${subjects.map(told).join(',\n    ')}
  FROM latest GROUP BY profile_id
),
accounts AS (
  SELECT profile_id, bool_or(NOT accepts_marketing) AS refuses, bool_or(accepts_marketing) AS accepts
  FROM customers WHERE profile_id IS NOT NULL GROUP BY profile_id
),
people AS (
  SELECT person.profile_id, objector.profile_id IS NOT NULL AS objects_to_profiling,
    ${subjects.map(subject => `coalesce(told.${nameOf(subject)}, 0) AS ${nameOf(subject)}`).join(', ')},
    coalesce(accounts.refuses, FALSE) AS refuses, coalesce(accounts.accepts, FALSE) AS accepts
  FROM (SELECT DISTINCT profile_id FROM identities) AS person
  LEFT JOIN told ON told.profile_id = person.profile_id
  LEFT JOIN accounts ON accounts.profile_id = person.profile_id
  LEFT JOIN (${objectorsSql()}) AS objector ON objector.profile_id = person.profile_id
)
SELECT profile_id, CASE
  WHEN objects_to_profiling THEN 'objected to profiling'
  WHEN direct_marketing < 0 OR marketing < 0 THEN 'objected to direct marketing'
  ${refusals[channel]}
  ${channel === 'advertising' || basis === 'consent' ? needs[channel] : ''}
  END AS reason
FROM people`;
}

const subjects = ['direct marketing', 'marketing', 'email', 'advertising', 'personalisation'] as const;

const nameOf = (subject: string) => subject.replace(' ', '_');

const { states, channels, purposes } = consentWords;
const among = (column: string, words: readonly string[]) =>
  `lower(trim(coalesce(${column}, ''))) IN ${list(words)}`;

/** What a statement is about; NULL where it is about something else, as letters and text messages are. */
const subjectOf = `CASE
    WHEN ${among('purpose', purposes['direct marketing'])} THEN
      CASE WHEN ${among('channel', channels.email)} THEN 'email'
           WHEN ${among('channel', channels.any)} THEN 'direct marketing' END
    WHEN ${among('purpose', purposes.advertising)} OR (${among('channel', channels.advertising)} AND ${among('purpose', purposes.marketing)}) THEN 'advertising'
    WHEN ${among('purpose', purposes.personalisation)} OR (${among('channel', channels.personalisation)} AND ${among('purpose', purposes.marketing)}) THEN 'personalisation'
    WHEN ${among('purpose', purposes.marketing)} THEN
      CASE WHEN ${among('channel', channels.email)} THEN 'email'
           WHEN ${among('channel', channels.any)} THEN 'marketing' END
  END`;

function saidIn(column: string): string {
  return `CASE WHEN ${among(column, states.yes)} THEN 'yes' WHEN ${among(column, states.no)} THEN 'no' ELSE 'unclear' END`;
}

function latest(said: string): string {
  return `max(CASE WHEN said = '${said}' THEN coalesce(stated_at, TIMESTAMP '1970-01-01 00:00:00') END) AS last_${said}`;
}

/** 1: yes, -1: no, 0: neither. */
function told(subject: string): string {
  const before = "TIMESTAMP '1900-01-01 00:00:00'";
  return `max(CASE WHEN subject = '${subject}' THEN CASE
      WHEN last_no >= coalesce(last_yes, ${before}) THEN -1
      WHEN last_yes >= coalesce(last_unclear, ${before}) THEN 1 ELSE 0 END END) AS ${nameOf(subject)}`;
}

const refusesMail = 'email < 0 OR refuses';
const acceptsMarketing = `(NOT (${refusesMail}) AND (email > 0 OR marketing > 0 OR accepts))`;

const refusals: Readonly<Record<PermissionRequest['channel'], string>> = {
  email: `WHEN ${refusesMail} THEN 'said no to marketing by e-mail'`,
  advertising: "WHEN advertising < 0 THEN 'said no to advertising'",
  personalisation: "WHEN personalisation < 0 THEN 'said no to personalisation'",
};

/** Advertising platforms get addresses, so nobody is among them who has not said yes, whatever the basis. */
const needs: Readonly<Record<PermissionRequest['channel'], string>> = {
  email: `WHEN NOT ${acceptsMarketing} THEN 'no consent for e-mail'`,
  advertising: `WHEN advertising = 0 AND NOT ${acceptsMarketing} THEN 'no consent for advertising'`,
  personalisation: `WHEN personalisation = 0 AND marketing = 0 AND NOT ${acceptsMarketing} THEN 'no consent for personalisation'`,
};
