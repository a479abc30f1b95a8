import type { ConversationsHistoryResponse } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { clientOf, refusal, slackHere } from './bare-app.ts';

const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

it('knows its tokens, and says what the app may do', async () => {
  const slack = await slackHere({ scopes: ['chat:write', 'im:history'] });
  const client = clientOf(slack);
  expect(await client.auth.test()).toMatchObject({
    user_id: slack.botUser,
    team_id: slack.team,
    response_metadata: { scopes: ['chat:write', 'im:history'] },
  });
  expect(await refusal(client.auth.test({ token: 'xoxb-wrong' }))).toMatchObject({ error: 'invalid_auth' });
  expect(await refusal(client.auth.test({ token: slack.appToken }))).toMatchObject({
    error: 'not_allowed_token_type',
  });
  expect(await refusal(client.users.info({ user: slack.users.ana }))).toMatchObject({
    error: 'missing_scope',
    needed: 'users:read',
    provided: 'chat:write,im:history',
  });
  expect(await refusal(client.conversations.history({ channel: slack.channels.board }))).toMatchObject({
    error: 'missing_scope',
    needed: 'groups:history',
  });
  expect(await refusal(client.apiCall('chat.shout'))).toMatchObject({ error: 'unknown_method' });
});

it('takes JSON as well as forms, and wants a token', async () => {
  const slack = await slackHere();
  const post = async (headers: Record<string, string>, body: string) => {
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
    return answer.json();
  };
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const bearer = { authorization: `Bearer ${slack.botToken}` };
  const body = JSON.stringify({ channel: slack.channels.marketing, text: 'hi', blocks: [section('hi')] });
  expect(await post({ ...json, ...bearer }, body)).toMatchObject({ ok: true, message: { text: 'hi' } });
  expect(await post(json, body)).toEqual({ ok: false, error: 'not_authed' });
  expect(await post({ ...json, ...bearer }, '{')).toEqual({ ok: false, error: 'invalid_json' });
});

describe('messages', () => {
  it('are refused where Slack would not take them', async () => {
    const slack = await slackHere();
    const { chat } = clientOf(slack);
    const { marketing, random } = slack.channels;
    const refused = async (args: object) =>
      refusal(
        chat.postMessage({ channel: marketing, text: '', ...args } as { channel: string; text: string }),
      );
    expect(await refused({})).toMatchObject({ error: 'no_text' });
    expect(await refused({ channel: 'C0NONE', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
    expect(await refused({ channel: random, text: 'x' })).toMatchObject({ error: 'not_in_channel' });
    expect(await refused({ text: 'x'.repeat(40_001) })).toMatchObject({ error: 'msg_too_long' });
    expect(await refused({ text: 'x', thread_ts: '1.000001' })).toMatchObject({ error: 'thread_not_found' });
    expect(await refused({ text: 'x', blocks: [section('x'.repeat(3001))] })).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: [expect.stringContaining('[ERROR]')] },
    });
    const long = Array.from({ length: 5 }, () => section('x'.repeat(2900)));
    expect(await refused({ text: 'x', blocks: long })).toMatchObject({ error: 'msg_blocks_too_long' });
    const unknown = { type: 'image', slack_file: { id: 'F0NONE' }, alt_text: 'a picture' };
    expect(await refused({ text: 'x', blocks: [unknown] })).toMatchObject({ error: 'invalid_blocks' });
    expect(slack.messages(marketing)).toEqual([]);
    expect(slack.calls('chat.postMessage').every(call => !call.ok)).toBe(true);
  });

  it('are changed and removed by whoever wrote them, and keep what an update leaves out', async () => {
    const slack = await slackHere();
    const { chat } = clientOf(slack);
    const channel = slack.channels.marketing;
    const { ts } = await chat.postMessage({ channel, text: 'one', blocks: [section('one')] });
    await chat.update({ channel, ts: ts!, text: 'two' });
    expect(slack.messages(channel)).toMatchObject([{ text: 'two', blocks: [section('one')], edited: {} }]);
    const { ana, cleo } = slack.users;
    // Nobody is there to acknowledge it.
    void slack.post(ana, channel, 'mine').catch(() => {});
    const hers = slack.messages(channel).at(-1)!;
    expect(await refusal(chat.update({ channel, ts: hers.ts, text: 'x' }))).toMatchObject({
      error: 'cant_update_message',
    });
    expect(await refusal(chat.delete({ channel, ts: '1.000001' }))).toMatchObject({
      error: 'message_not_found',
    });
    await chat.postEphemeral({ channel, user: cleo, text: 'for you' });
    expect(slack.messages(channel).at(-1)).toMatchObject({ ephemeral: cleo });
    await chat.delete({ channel, ts: ts! });
    expect(slack.messages(channel).map(({ text }) => text)).toEqual(['mine', 'for you']);
  });

  it('reach a person by their ID, in direct messages', async () => {
    const slack = await slackHere();
    const { chat, conversations } = clientOf(slack);
    const { ana } = slack.users;
    const { channel } = await chat.postMessage({ channel: ana, text: 'for you' });
    expect(channel).toBe(slack.dm(ana));
    expect((await conversations.open({ users: ana })).channel?.id).toBe(channel);
    expect(await refusal(chat.update({ channel: ana, ts: '1.000001', text: 'x' }))).toMatchObject({
      error: 'channel_not_found',
    });
  });

  it('are found again in the history, page by page, with their metadata where asked for', async () => {
    const slack = await slackHere();
    const client = clientOf(slack);
    const channel = slack.channels.marketing;
    const metadata = { event_type: 'kindred', event_payload: { key: 'digest-1' } };
    for (let i = 0; i < 5; i += 1) await client.chat.postMessage({ channel, text: `m${i}`, metadata });
    const [first] = slack.messages(channel);
    for (let i = 0; i < 3; i += 1)
      await client.chat.postMessage({ channel, text: `r${i}`, thread_ts: first!.ts });
    const texts: unknown[] = [];
    for await (const page of client.paginate('conversations.history', { channel, limit: 2 }))
      texts.push((page as ConversationsHistoryResponse).messages?.map(({ text }) => text));
    expect(texts).toEqual([['m4', 'm3'], ['m2', 'm1'], ['m0']]);
    const replies = await client.conversations.replies({ channel, ts: first!.ts, limit: 2 });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['m0', 'r0']);
    expect(replies.has_more).toBe(true);
    const told = await client.conversations.history({
      channel,
      include_all_metadata: true,
      oldest: first!.ts,
    });
    expect(told.messages?.at(-1)).toMatchObject({ text: 'm1', metadata });
    const untold = await client.conversations.history({ channel, limit: 1 });
    expect(untold.messages?.[0]?.metadata).toBeUndefined();
  });
});

describe('what goes wrong', () => {
  it('goes wrong as often as said, and is tried again by the client', async () => {
    const slack = await slackHere();
    const channel = slack.channels.marketing;
    slack.fail('chat.postMessage', { status: 503, times: 2 });
    slack.fail('chat.postMessage', { line: 'cut' });
    await clientOf(slack, 3).chat.postMessage({ channel, text: 'at last' });
    expect(slack.calls('chat.postMessage').map(call => call.status)).toEqual([503, 503, null, 200]);
    slack.fail('chat.postMessage', { error: 'is_archived' });
    expect(await refusal(clientOf(slack).chat.postMessage({ channel, text: 'x' }))).toMatchObject({
      error: 'is_archived',
    });
    slack.fail('chat.postMessage', { error: 'is_archived', when: args => args.channel === 'C0OTHER' });
    slack.fail('*', { line: 'cut', carriedOut: true });
    await refusal(clientOf(slack).chat.postMessage({ channel, text: 'there all the same' }));
    expect(slack.messages(channel).map(({ text }) => text)).toEqual(['at last', 'there all the same']);
  });

  it('goes wrong for uploads as well', async () => {
    const slack = await slackHere();
    slack.fail('upload', { status: 500 });
    const upload = clientOf(slack).filesUploadV2({ file: Buffer.from('abc'), filename: 'a.txt' });
    expect(await refusal(upload)).toMatchObject({ statusCode: 500 });
    expect(slack.calls('files.completeUploadExternal')).toEqual([]);
  });

  it('has 429 waited for, as long as it says', async () => {
    const slack = await slackHere();
    slack.fail('chat.postMessage', { retryAfter: 1 });
    const began = performance.now();
    await clientOf(slack, 1).chat.postMessage({ channel: slack.channels.marketing, text: 'x' });
    expect(performance.now() - began).toBeGreaterThan(990);
    expect(slack.calls('chat.postMessage').map(call => call.status)).toEqual([429, 200]);
  });

  it('limits messages of a channel and calls of a method by its own clock', async () => {
    const slack = await slackHere({ limits: true });
    const { marketing, board } = slack.channels;
    const post = async (channel: string) => {
      const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
        method: 'POST',
        headers: { authorization: `Bearer ${slack.botToken}` },
        body: new URLSearchParams({ channel, text: 'x' }),
      });
      return [answer.status, answer.headers.get('retry-after')];
    };
    expect(await post(marketing)).toEqual([200, null]);
    expect(await post(board)).toEqual([200, null]);
    expect(await post(marketing)).toEqual([429, '1']);
    slack.advance(1000);
    expect(await post(marketing)).toEqual([200, null]);
    expect(slack.calls('chat.postMessage').map(call => call.error)).toEqual([
      null,
      null,
      'ratelimited',
      null,
    ]);
  });

  it('is away when it is down, and back with the same address', async () => {
    const slack = await slackHere();
    const client = clientOf(slack);
    await slack.down();
    expect(await refusal(client.auth.test())).toMatchObject({ statusCode: 503 });
    await slack.up();
    await slack.down('refuse');
    expect(String(await refusal(client.auth.test()))).toContain('fetch failed');
    await slack.up();
    expect((await client.auth.test()).ok).toBe(true);
  });
});
