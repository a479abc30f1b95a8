import { setTimeout as delay } from 'node:timers/promises';
import type { ImageBlock } from '@slack/types';
import type { ChartData, ChartKind } from '../charts/chart-data.ts';
import { runTool } from '../tools/run-tool.ts';
import { image } from './blocks/layout.ts';
import { plain } from './blocks/text.ts';
import type { SlackContext } from './context.ts';
import type { Person } from './people.ts';
import { slackCodeOf } from './slack-error.ts';

export interface PictureWanted {
  person: Person;
  picture: ChartData | ChartKind | null;
  channel: string;
  /** Where it is shared if a message cannot hold it; in the channel itself where null. */
  thread: string | null;
  signal?: AbortSignal;
}

/** A chart as Slack is given it. */
interface Picture {
  png: Uint8Array;
  filename: string;
  title: string;
  /** What it shows to whom does not see it. */
  alt: string;
}

/** How long a message waits for its picture, and how long after the upload Slack may take to know the file. */
export interface PictureTimes {
  uploadMs: number;
  pausesMs: readonly number[];
}

const usual: PictureTimes = { uploadMs: 10_000, pausesMs: [500, 1500] };

/**
 * Posts something with a picture in it. Where Slack does not take a message with the picture, it is posted without, and
 * the picture after it as a file; where there is no picture to be had, it is posted all the same. What `post` throws for
 * other reasons than the picture is thrown.
 *
 * @param post may be called again: with the picture, then without
 */
export async function withPicture<T>(
  slack: SlackContext,
  wanted: PictureWanted,
  post: (image: ImageBlock | null) => Promise<T>,
  times: PictureTimes = usual,
): Promise<T> {
  const made = await pictureBlock(slack, wanted, times);
  if (!made) return post(null);
  try {
    return await insisting(slack, () => post(made.block), times);
  } catch (error) {
    if (!mayBeOfPicture(error)) throw error;
  }
  const posted = await post(null);
  await sharePicture(slack, { ...wanted, picture: made.picture });
  return posted;
}

/** A picture that nobody sees before a message shows it; null where there is none to be had in time. */
export async function pictureBlock(
  slack: SlackContext,
  wanted: Pick<PictureWanted, 'person' | 'picture' | 'signal'>,
  { uploadMs }: PictureTimes = usual,
): Promise<{ picture: Picture; block: ImageBlock } | null> {
  const picture = await drawn(slack, wanted);
  const fileId = picture && (await inTime(uploaded(slack, picture), uploadMs));
  if (!picture || !fileId) return null;
  return { picture, block: image({ fileId, alt: picture.alt, title: picture.title }) };
}

/** Posts what holds a picture: a file that was only just uploaded is not known everywhere in Slack yet. */
export async function insisting<T>(
  { stopping }: Pick<SlackContext, 'stopping'>,
  post: () => Promise<T>,
  { pausesMs }: PictureTimes = usual,
): Promise<T> {
  for (const pause of pausesMs) {
    try {
      return await post();
    } catch (error) {
      if (!mayBeOfPicture(error) || stopping.aborted) throw error;
      await delay(pause, undefined, { signal: stopping }).catch(() => {});
    }
  }
  return post();
}

/** Null where it cannot be drawn, which the log says: no answer is lost by it. */
async function drawn(
  slack: SlackContext,
  { person, picture, signal }: Pick<PictureWanted, 'person' | 'picture' | 'signal'>,
): Promise<Picture | null> {
  if (picture === null) return null;
  try {
    const data = typeof picture === 'string' ? await chartFor(slack, person, picture, signal) : picture;
    const [{ pictureOf }, { pngOf }] = await Promise.all([
      import('../charts/picture.ts'),
      import('../charts/png.ts'),
    ]);
    return {
      // As wide as a phone: Slack shows pictures small, and what is wide could not be read.
      png: await pngOf(pictureOf(data, true)),
      filename: `${data.chart}-${data.asOf}.png`,
      title: plain(data.title, 200),
      alt: plain(data.alt, 1000),
    };
  } catch (err) {
    slack.log.warn({ err }, 'a chart could not be drawn for Slack');
    return null;
  }
}

async function chartFor(
  slack: SlackContext,
  person: Person,
  chart: ChartKind,
  signal?: AbortSignal,
): Promise<ChartData> {
  const tools = await slack.toolsOf(person, signal && { signal });
  try {
    return (await runTool(tools, 'show_chart', { chart })).output as unknown as ChartData;
  } catch (error) {
    // Classical cells have no map, and a shop without features has no profile; sizes there always are.
    if (chart === 'sizes' || signal?.aborted) throw error;
    return (await runTool(tools, 'show_chart', { chart: 'sizes' })).output as unknown as ChartData;
  }
}

/** Shares it as a file of its own, or says in the log why not. */
async function sharePicture(
  slack: SlackContext,
  { picture, channel, thread }: { picture: Picture; channel: string; thread: string | null },
): Promise<void> {
  try {
    const { png, filename, title, alt } = picture;
    const to = thread === null ? { channel_id: channel } : { channel_id: channel, thread_ts: thread };
    await slack.client.filesUploadV2({ ...to, file: Buffer.from(png), filename, title, alt_text: alt });
  } catch (err) {
    slack.log.warn({ err, channel }, 'a chart could not be shared in Slack');
  }
}

/** Id of the file, which nobody sees before a message shows it; null where Slack does not take it. */
async function uploaded(slack: SlackContext, { png, filename, title, alt }: Picture): Promise<string | null> {
  try {
    const answer = await slack.client.filesUploadV2({
      file: Buffer.from(png),
      filename,
      title,
      alt_text: alt,
    });
    return fileIdIn(answer);
  } catch (err) {
    slack.log.warn({ err }, 'a chart could not be uploaded to Slack');
    return null;
  }
}

/** The answer holds that of `files.completeUploadExternal`. */
function fileIdIn(answer: object): string | null {
  const { files } = answer as { files?: { id?: string; files?: { id?: string }[] }[] };
  return files?.[0]?.files?.[0]?.id ?? files?.[0]?.id ?? null;
}

/** Whether Slack may take the message without its picture. */
export const mayBeOfPicture = (error: unknown) =>
  ['invalid_blocks', 'invalid_blocks_format', 'slack_file_not_found', 'file_not_found'].includes(
    slackCodeOf(error),
  );

async function inTime<T>(work: Promise<T>, ms: number): Promise<T | null> {
  const late = new AbortController();
  const waited = delay(ms, null, { signal: late.signal }).catch(() => null);
  try {
    return await Promise.race([work, waited]);
  } finally {
    late.abort();
  }
}
