import { describe, expect, it } from 'vitest';
import { clientOf, refusal, slackHere, socketApp } from './bare-app.ts';
import type { FakeSlack } from './fake-slack.ts';

/** A question of Ana's in her direct messages, over an app that only listens. */
async function asked(slack: FakeSlack): Promise<{ channel: string; thread_ts: string }> {
  await socketApp(slack).start();
  const { ana } = slack.users;
  const { channel, ts } = await slack.post(ana, slack.dm(ana), 'who left?');
  return { channel, thread_ts: ts };
}

describe('streams', () => {
  it('become a message of text and steps, with the blocks of the end below', async () => {
    const slack = await slackHere();
    const { channel, thread_ts } = await asked(slack);
    const stream = clientOf(slack).chatStream({ channel, thread_ts, buffer_size: 10 });
    const step = { type: 'task_update' as const, id: 't1', title: 'Looking' };
    await stream.append({ chunks: [{ ...step, status: 'in_progress' }] });
    expect(slack.messages(channel, thread_ts)[1]?.streaming).toBe('in_progress');
    await stream.append({ markdown_text: '**Nobody** ' });
    await stream.append({ chunks: [{ ...step, status: 'complete', output: 'two found' }] });
    await stream.append({ markdown_text: 'left' });
    await stream.stop({ blocks: [{ type: 'divider' }] });
    const [, message] = slack.messages(channel, thread_ts);
    expect(message).toMatchObject({ text: '**Nobody** left', streaming: 'completed' });
    expect(message?.blocks).toMatchObject([
      { type: 'task_card', task_id: 't1', status: 'complete', output: { type: 'rich_text' } },
      { type: 'markdown', text: '**Nobody** left' },
      { type: 'divider' },
    ]);
    const { chat } = clientOf(slack);
    expect(await refusal(chat.appendStream({ channel, ts: message!.ts, markdown_text: 'x' }))).toMatchObject({
      error: 'message_not_in_streaming_state',
    });
  });

  it('gather their steps in a plan, end when the user stops them, and when nothing comes', async () => {
    const slack = await slackHere();
    const { channel, thread_ts } = await asked(slack);
    const { chat, agents, assistant } = clientOf(slack);
    await agents.sessions.setStatus({
      channel_id: channel,
      thread_ts,
      status: 'processing',
      title: 'Who left',
    });
    await assistant.threads.setStatus({ channel_id: channel, thread_ts, status: 'is looking' });
    expect(slack.statusOf(channel, thread_ts)).toBe('is looking');
    const chunks = [
      { type: 'plan_update' as const, title: 'Two steps' },
      { type: 'task_update' as const, id: 'a', title: 'One', status: 'complete' as const },
    ];
    const { ts } = await chat.startStream({ channel, thread_ts, task_display_mode: 'plan', chunks });
    expect(slack.statusOf(channel, thread_ts)).toBe('');
    expect(slack.messages(channel, thread_ts)[1]?.blocks).toMatchObject([
      { type: 'plan', title: 'Two steps', tasks: [{ task_id: 'a', status: 'complete' }] },
    ]);
    await slack.stop(slack.users.ana, channel, thread_ts);
    expect(slack.deliveries('agent_session_stopped')[0]?.payload.event).toMatchObject({
      thread_ts,
      streaming_message_ts: [ts],
    });
    const more = { channel, ts: ts!, markdown_text: 'x' };
    expect(await refusal(chat.appendStream(more))).toMatchObject({ error: 'message_not_in_streaming_state' });
    expect(slack.sessionOf(channel, thread_ts)).toMatchObject({ status: 'processing', title: 'Who left' });

    const next = await chat.startStream({ channel, thread_ts });
    await chat.appendStream({ ...more, ts: next.ts! });
    slack.advance(6 * 60_000);
    expect(await refusal(chat.stopStream({ ...more, ts: next.ts! }))).toMatchObject({
      error: 'message_not_in_streaming_state',
    });
    const last = await chat.startStream({ channel, thread_ts });
    await chat.stopStream({ ...more, ts: last.ts! });
    expect(slack.sessionOf(channel, thread_ts)?.status).toBe('active');
  });

  it('name their reader in channels, and hold what they take to the limits', async () => {
    const slack = await slackHere();
    const { chat } = clientOf(slack);
    const channel = slack.channels.marketing;
    const { ts: thread_ts } = await chat.postMessage({ channel, text: 'root' });
    const open = { channel, thread_ts: thread_ts! };
    expect(await refusal(chat.startStream(open))).toMatchObject({ error: 'missing_recipient_team_id' });
    const to = { recipient_team_id: slack.team, recipient_user_id: slack.users.ana };
    const { ts } = await chat.startStream({ ...open, ...to, markdown_text: 'x'.repeat(11_000) });
    const more = { channel, ts: ts! };
    expect(await refusal(chat.appendStream({ ...more, markdown_text: 'x'.repeat(1001) }))).toMatchObject({
      error: 'msg_too_long',
    });
    const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(2900) } };
    expect(await refusal(chat.stopStream({ ...more, blocks: [section] }))).toMatchObject({
      error: 'msg_blocks_too_long',
    });
    const chunks = [{ type: 'task_update' as const, id: '', title: 'x', status: 'pending' as const }];
    expect(await refusal(chat.appendStream({ ...more, chunks }))).toMatchObject({ error: 'invalid_chunks' });
    expect(await refusal(chat.startStream({ ...to, ...open, thread_ts: '1.000001' }))).toMatchObject({
      error: 'thread_not_found',
    });
  });
});

describe('modals and homes', () => {
  const modal = (title: string) => ({
    type: 'modal' as const,
    callback_id: 'why',
    title: { type: 'plain_text' as const, text: title },
    submit: { type: 'plain_text' as const, text: 'Send' },
    notify_on_close: true,
    blocks: [
      {
        type: 'input' as const,
        block_id: 'reason',
        label: { type: 'plain_text' as const, text: 'Why?' },
        element: { type: 'plain_text_input' as const, action_id: 'words' },
      },
    ],
  });

  it('open once by a trigger, within three seconds', async () => {
    const slack = await slackHere();
    const app = socketApp(slack);
    const triggers: string[] = [];
    app.command('/segments', async ({ ack, command }) => {
      triggers.push(command.trigger_id);
      await ack();
    });
    await app.start();
    const { ana } = slack.users;
    const { views } = clientOf(slack);
    for (let i = 0; i < 2; i += 1) await slack.command(ana, '/segments', '');
    const open = (i: number, title = 'Why') =>
      refusal(views.open({ trigger_id: triggers[i] ?? 'none', view: modal(title) }));
    expect(await open(0, 'A title that is far too long')).toMatchObject({ error: 'invalid_arguments' });
    expect(await open(0)).toBe('taken');
    expect(await open(0)).toMatchObject({ error: 'exchanged_trigger_id' });
    slack.advance(3001);
    expect(await open(1)).toMatchObject({ error: 'expired_trigger_id' });
    expect(await open(2)).toMatchObject({ error: 'invalid_trigger_id' });
    const [view] = slack.views(ana);
    const update = { view_id: view!.id, view: modal('Why now?') };
    expect(await refusal(views.update({ ...update, hash: 'another' }))).toMatchObject({
      error: 'hash_conflict',
    });
    await views.update({ ...update, hash: view!.hash });
    expect(slack.views(ana)).toMatchObject([{ title: { text: 'Why now?' } }]);
  });

  it('are submitted with what was filled in, and do what the answer says', async () => {
    const slack = await slackHere();
    const app = socketApp(slack);
    app.command('/segments', async ({ ack, client, command }) => {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: modal('Why') });
    });
    const closed: string[] = [];
    app.view({ callback_id: 'why', type: 'view_closed' }, async ({ ack, view }) => {
      closed.push(view.title.text);
      await ack();
    });
    app.view('why', async ({ ack, view }) => {
      const said = view.state.values.reason?.words?.value;
      if (said === 'short') await ack({ response_action: 'errors', errors: { reason: 'Say more' } });
      else if (said === 'more') await ack({ response_action: 'update', view: modal('And?') });
      else if (said === 'next') await ack({ response_action: 'push', view: modal('On top') });
      else await ack();
    });
    await app.start();
    const { ana } = slack.users;
    await slack.command(ana, '/segments', '');
    await slack.until(() => slack.views(ana).length === 1);
    const top = () => slack.views(ana).at(-1)!;
    await expect(slack.submit(ana, top())).rejects.toThrow('Slack asks to fill in words');
    await expect(slack.submit(ana, top(), { word: 'x' })).rejects.toThrow('there is: words');
    expect((await slack.submit(ana, top(), { words: 'short' })).errors).toEqual({ reason: 'Say more' });
    await slack.submit(ana, top(), { words: 'more' });
    expect(top().title).toMatchObject({ text: 'And?' });
    await slack.submit(ana, top(), { reason: 'next' });
    expect(slack.views(ana)).toHaveLength(2);
    expect(top()).toMatchObject({ previous_view_id: slack.views(ana)[0]!.id });
    await slack.dismiss(ana, top());
    expect(closed).toEqual(['On top']);
    await slack.submit(ana, top(), { words: 'done' });
    expect(slack.views(ana)).toEqual([]);
  });

  it('publish homes, whose buttons can be pressed', async () => {
    const slack = await slackHere();
    const app = socketApp(slack);
    const pressed: unknown[] = [];
    app.event('app_home_opened', async ({ event, client }) => {
      const button = {
        type: 'button' as const,
        action_id: 'more',
        text: { type: 'plain_text' as const, text: 'More' },
      };
      const view = { type: 'home' as const, blocks: [{ type: 'actions' as const, elements: [button] }] };
      await client.views.publish({ user_id: event.user, view });
    });
    app.action('more', async ({ ack, body }) => {
      pressed.push('view' in body && body.view?.type);
      await ack();
    });
    await app.start();
    const { ana } = slack.users;
    await slack.openHome(ana);
    await slack.until(() => slack.homeOf(ana) !== undefined);
    await slack.press(ana, slack.homeOf(ana)!, 'more');
    expect(pressed).toEqual(['home']);
    await slack.openHome(ana);
    expect(slack.deliveries('app_home_opened')[1]?.payload.event).toMatchObject({ view: { type: 'home' } });
  });
});

describe('files', () => {
  it('are uploaded, shared where they belong, and shown in messages only once they are there', async () => {
    const slack = await slackHere();
    const client = clientOf(slack);
    const channel = slack.channels.marketing;
    const { ts: thread_ts } = await client.chat.postMessage({ channel, text: 'root' });
    const file = Buffer.from('\x89PNG and more');
    await client.filesUploadV2({
      channel_id: channel,
      thread_ts: thread_ts!,
      file,
      filename: 'sizes.png',
      title: 'Sizes',
      alt_text: 'Sizes over time',
      initial_comment: 'Here it is',
    });
    const [, shared] = slack.messages(channel, thread_ts);
    expect(shared).toMatchObject({ subtype: 'file_share', text: 'Here it is' });
    expect(slack.files()).toEqual([
      expect.objectContaining({
        id: shared!.files![0],
        name: 'sizes.png',
        title: 'Sizes',
        altText: 'Sizes over time',
        bytes: file,
        shared: [{ channel, ts: shared!.ts }],
      }),
    ]);

    await client.filesUploadV2({ file, filename: 'again.png' });
    const id = slack.files()[1]!.id;
    const image = { type: 'image' as const, slack_file: { id }, alt_text: 'again' };
    await client.chat.postMessage({ channel, text: 'x', blocks: [image] });
    expect(slack.messages(channel).at(-1)?.blocks).toMatchObject([image]);
  });

  it('are refused where bytes are missing, and not shared where Slack drops them', async () => {
    const slack = await slackHere();
    const client = clientOf(slack);
    const { file_id: id = '', upload_url: url = '' } = await client.files.getUploadURLExternal({
      filename: 'people.csv',
      length: 3,
    });
    expect((await fetch(url, { method: 'POST', body: 'four' })).status).toBe(400);
    const complete = () => refusal(client.files.completeUploadExternal({ files: [{ id }] }));
    expect(await complete()).toMatchObject({ error: 'file_not_found' });
    expect((await fetch(url, { method: 'POST', body: 'abc' })).status).toBe(200);
    expect(await complete()).toBe('taken');
    const channel = slack.channels.marketing;
    const csv = { channel_id: channel, file: Buffer.from('abc'), filename: 'people.csv', alt_text: 'people' };
    await client.filesUploadV2(csv);
    expect(slack.messages(channel)).toEqual([]);
  });
});
