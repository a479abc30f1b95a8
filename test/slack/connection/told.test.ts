import { describe, expect, it } from 'vitest';
import { toldBy } from '../../../src/slack/connection/told.ts';

const event = (fields: object) => ({ type: 'event_callback', event_id: 'Ev1', team_id: 'T1', event: fields });
const said = {
  type: 'message',
  channel: 'C1',
  channel_type: 'channel',
  user: 'U1',
  ts: '1.1',
  text: 'words',
};

describe('what Slack told', () => {
  it.each([
    [
      'a message',
      event(said),
      { id: 'Ev1', kind: 'message.channel', channel: 'C1', thread: '1.1', user: 'U1' },
    ],
    [
      'one in a thread',
      event({ ...said, channel_type: 'im', thread_ts: '0.1' }),
      { kind: 'message.im', thread: '0.1' },
    ],
    ['one with a file', event({ ...said, subtype: 'file_share' }), { id: 'Ev1', byBot: false }],
    [
      'an edit, which is told on every edit of Kindred’s own',
      event({ ...said, subtype: 'message_changed' }),
      { id: null },
    ],
    ['a bot’s message', event({ ...said, bot_id: 'B1' }), { byBot: true }],
    ['a bot’s message of old', event({ ...said, subtype: 'bot_message' }), { byBot: true }],
    ['a mention', event({ ...said, type: 'app_mention' }), { id: 'Ev1', kind: 'app_mention', thread: '1.1' }],
    [
      'a stop',
      event({ type: 'agent_session_stopped', channel: 'D1', user: 'U1', thread_ts: '0.1' }),
      { kind: 'agent_session_stopped', thread: '0.1' },
    ],
    [
      'an opened home',
      event({ type: 'app_home_opened', channel: 'D1', user: 'U1' }),
      { channel: 'D1', thread: null },
    ],
    ['a message of another organisation', event({ ...said, team: 'T1', user_team: 'T2' }), { team: 'T2' }],
    [
      'a command',
      { command: '/segments', trigger_id: 't1', channel_id: 'C1', user_id: 'U1', team_id: 'T1' },
      { id: 't1', kind: 'command', channel: 'C1', thread: null, user: 'U1', team: 'T1' },
    ],
    [
      'a press',
      {
        type: 'block_actions',
        trigger_id: 't2',
        user: { id: 'U1', team_id: 'T1' },
        channel: { id: 'C1' },
        message: { ts: '1.2', thread_ts: '1.1' },
      },
      { id: 't2', kind: 'block_actions', channel: 'C1', thread: '1.1', user: 'U1', team: 'T1' },
    ],
    [
      'a dialog',
      { type: 'view_submission', trigger_id: 't3', user: { id: 'U1', team_id: 'T1' }, view: {} },
      { id: 't3', kind: 'view_submission', channel: '', thread: null },
    ],
    [
      'a dialog that is closed',
      { type: 'view_closed', user: { id: 'U1' } },
      { id: null, kind: 'view_closed' },
    ],
    [
      'something unknown',
      { type: 'app_rate_limited', minute_rate_limited: 1 },
      { id: null, user: '', team: null },
    ],
    ['something malformed', { event: 7, user: [], message: null }, { id: null, channel: '', user: '' }],
  ])('%s', (_, body, told) => {
    expect(toldBy(body)).toMatchObject(told);
  });
});
