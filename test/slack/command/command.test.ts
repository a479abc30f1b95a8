import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type LivedShop, livedShop } from '../../segmentation/refresh/lived-shop.ts';
import type { Message } from '../../support/slack/types.ts';
import { type Answering, answering, buttonsOf, wordsIn } from '../answers/answering.ts';

let shop: LivedShop;
let here: Answering;
let names: { key: string; name: string }[];

beforeAll(async () => {
  shop = await livedShop({ customers: 110, ahead: 2 });
  await shop.refresh(1);
  await shop.refresh(2);
  here = await answering(shop);
  const model = (await shop.context.state.models.current())!;
  names = model.segments.map(({ key, persona }) => ({ key, name: persona.name }));
}, 60_000);
afterAll(async () => {
  await here.close();
  await shop.close();
});

let seen = 0;
beforeEach(() => {
  const { fake } = here;
  seen = fake.allMessages(fake.channels.marketing).length;
  here.troubles.length = 0;
});

/** What stands in the channel since the test began. */
const since = () => here.fake.allMessages(here.fake.channels.marketing).slice(seen);

/** Types it in the channel, and waits for as many messages as it is answered with. */
async function typed(text: string, messages = 1, user = here.fake.users.ana): Promise<Message[]> {
  const { fake } = here;
  await fake.command(user, '/segments', text, { channel: fake.channels.marketing });
  await fake.until(() => since().length >= messages);
  return since();
}

const hasPicture = ({ blocks }: Message) => blocks.some(({ type }) => type === 'image');

describe('/segments', () => {
  it('lists the segments to whoever asks, with their sizes as a picture', async () => {
    const [list, picture] = await typed('', 2);
    expect(list!.ephemeral).toBe(here.fake.users.ana);
    for (const { name } of names) expect(wordsIn(list!)).toContain(name);
    expect(list!.blocks[0]!.type).toBe('data_table');
    expect(hasPicture(picture!)).toBe(true);
    expect(picture!.ephemeral).toBe(here.fake.users.ana);
    const file = here.fake.files().at(-1)!;
    expect(file.name).toMatch(/^sizes-\d{4}-\d{2}-\d{2}\.png$/);
    expect(file.altText).toContain('Customers of each segment');
    expect(here.troubles).toEqual([]);
  });

  it('shows a segment by a name in whatever spelling, with its profile', async () => {
    const { name } = names[0]!;
    const [card, picture] = await typed(`show "${name.toUpperCase()}"`, 2);
    expect(wordsIn(card!)).toContain(`*${name}*`);
    expect(wordsIn(card!)).toContain('*What to do*');
    expect(buttonsOf(card!).map(({ text }) => text)).toEqual([
      'Show customers like these',
      'Show the evidence',
      'Show to everyone',
    ]);
    expect(wordsIn(picture!)).toContain('What tells the segments apart');
  });

  it('takes the name alone, and the key', async () => {
    const { key, name } = names[1]!;
    const [card] = await typed(key, 2);
    expect(wordsIn(card!)).toContain(`*${name}*`);
  });

  it('offers what is written like a name that there is not, and shows what is pressed', async () => {
    const { name, key } = names[0]!;
    const wrong = `${name.slice(0, 3)}x${name.slice(3)}`;
    const [offer] = await typed(`show ${wrong}`);
    expect(wordsIn(offer!)).toContain('Did you mean');
    const button = buttonsOf(offer!).find(({ value }) => value === key)!;
    expect(button.text).toBe(name);
    await here.fake.press(here.fake.users.ana, offer!, button.action);
    await here.fake.until(() => since().length >= 2);
    expect(wordsIn(since()[1]!)).toContain('*What to do*');
  });

  it('offers all names where none is like it', async () => {
    const [offer] = await typed('show 中文');
    expect(buttonsOf(offer!).map(({ text }) => text)).toEqual(names.map(({ name }) => name));
  });

  it('shows moves, with no picture where none is of ten customers, and drift with its own', async () => {
    const [moves] = await typed('moves', 1);
    expect(wordsIn(moves!)).toContain('Moves from');
    expect(moves!.blocks.some(({ type }) => type === 'data_table')).toBe(false);
    expect(hasPicture(moves!)).toBe(false);
    seen = here.fake.allMessages(here.fake.channels.marketing).length;
    const [drift, lines] = await typed('drift', 2);
    expect(wordsIn(drift!)).toMatch(/found to have changed/);
    expect(hasPicture(lines!)).toBe(true);
  });

  it('finds by words what a standing question asks, without a model, and offers the list to those who may have it', async () => {
    const [found] = await typed('find who is overdue for an order?', 1, here.fake.users.cleo);
    expect(found!.blocks[0]!.type).toBe('markdown');
    expect(wordsIn(found!)).toContain('Overdue for an order');
    expect(wordsIn(found!)).not.toContain('kindred audience');
    expect(found!.text).toContain('Overdue for an order');
    expect(found!.text).not.toMatch(/[*`<>]/);
    expect(buttonsOf(found!).map(({ text }) => text)).toContain('Export for me');
    await here.fake.settled();
  });

  it('offers no list to those who only read', async () => {
    const [found] = await typed('find who is overdue for an order?', 1, here.fake.users.ben);
    const shown = buttonsOf(found!).map(({ text }) => text);
    expect(shown).toContain('Show the evidence');
    expect(shown).not.toContain('Export for me');
  });

  it('says what there is to ask', async () => {
    const [help] = await typed('help');
    for (const part of ['list', 'show NAME', 'moves', 'drift', 'find WORDS'])
      expect(wordsIn(help!)).toContain(part);
    expect(buttonsOf(help!)).toEqual([]);
  });

  it('turns away whom Kindred does not know, and says what is to be set', async () => {
    const stranger = here.fake.addUser('dora');
    const [refused] = await typed('list', 1, stranger);
    expect(refused!.ephemeral).toBe(stranger);
    expect(wordsIn(refused!)).toContain(stranger);
    expect(wordsIn(refused!)).toContain('KINDRED_SLACK_VIEWERS');
    expect(wordsIn(refused!)).not.toContain(names[0]!.name);
  });

  it('says what went wrong, and what to do', async () => {
    const { models } = shop.context.state;
    const known = models.current;
    models.current = async () => undefined;
    try {
      const [told] = await typed('list');
      expect(wordsIn(told!)).toContain('kindred segment');
    } finally {
      models.current = known;
    }
  });

  it('tells the figures where Slack takes no pictures', async () => {
    here.fake.fail('files.getUploadURLExternal', { error: 'missing_scope', times: 1 });
    const [list] = await typed('list');
    expect(wordsIn(list!)).toContain(names[0]!.name);
    await vi.waitFor(() => expect(here.troubles.join()).toContain('could not be uploaded'));
    expect(since()).toHaveLength(1);
  });
});

describe('Show to everyone', () => {
  it('posts what one person saw, once, with its picture and who showed it', async () => {
    const [card] = await typed(`show ${names[0]!.name}`, 2);
    await here.fake.press(here.fake.users.ana, card!, 'command_everyone');
    await here.fake.until(() => since().some(({ ephemeral }) => ephemeral === undefined));
    const posted = since().filter(({ ephemeral }) => ephemeral === undefined);
    expect(posted).toHaveLength(1);
    expect(hasPicture(posted[0]!)).toBe(true);
    expect(wordsIn(posted[0]!)).toContain(`Shown by <@${here.fake.users.ana}>`);
    expect(buttonsOf(posted[0]!).map(({ text }) => text)).not.toContain('Show to everyone');
    await here.fake.until(() => !since().some(({ ts }) => ts === card!.ts));
  });

  it('posts it once where the button is pressed again before it is gone', async () => {
    const { fake } = here;
    const [card] = await typed(`show ${names[1]!.name}`, 2);
    await Promise.all([1, 2].map(() => fake.press(fake.users.ana, card!, 'command_everyone')));
    await fake.until(() => !since().some(({ ts }) => ts === card!.ts));
    await fake.settled();
    expect(since().filter(({ ephemeral }) => ephemeral === undefined)).toHaveLength(1);
  });

  it('is not offered where nobody else is', async () => {
    const { fake } = here;
    const dm = fake.dm(fake.users.ana);
    const before = fake.allMessages(dm).length;
    await fake.command(fake.users.ana, '/segments', 'list', { channel: dm });
    await fake.until(() => fake.allMessages(dm).length > before);
    expect(buttonsOf(fake.allMessages(dm)[before]!)).toEqual([]);
  });

  it('answers into a channel that Kindred is not in, without the picture', async () => {
    const { fake } = here;
    const { random } = fake.channels;
    await fake.command(fake.users.ana, '/segments', 'list', { channel: random });
    await fake.until(() => fake.messages(random).length >= 1);
    const [list] = fake.messages(random);
    await fake.press(fake.users.ana, list!, 'command_everyone');
    const posted = await fake.waitFor(random, ({ ephemeral }) => ephemeral === undefined);
    expect(wordsIn(posted)).toContain(names[0]!.name);
  });
});
