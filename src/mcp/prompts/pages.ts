import { latestDigest } from '../../agent/tasks/digest/digest.ts';
import { InputError } from '../../errors.ts';
import { digestMarkdown } from '../../markdown/digest.ts';
import { tamed } from '../../segmentation/wording.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { ToolContext } from '../../tools/tool.ts';
import { personaText, segmentsText, segmentText } from '../resources/contents.ts';
import { uriOf, uris } from '../resources/uris.ts';

/** A page that goes along with a prompt, as it could be read at its address. */
interface Page {
  uri: string;
  text: string;
}

export interface Attached {
  pages: Page[];
  /** Why a page that was asked for is not there, and what to do. */
  note: string | null;
}

/** @param args what the person filled in, as they wrote it */
export type Pages = (
  context: ToolContext,
  args: Readonly<Record<string, string | undefined>>,
) => Promise<Attached>;

export const digestPage: Pages = async context => {
  const digest = await latestDigest(context);
  return {
    pages: digest === null ? [] : [{ uri: uris.digest, text: digestMarkdown(digest) }],
    note: null,
  };
};

export const segmentsPage: Pages = async context => ({
  pages: [{ uri: uris.segments, text: await segmentsText(context) }],
  note: null,
});

/** Letters of a name, with the sign that it was cut no more than tools take as a segment. */
const longest = 199;

/** Of the segment that is meant: who they are, and their figures. */
export const segmentPages: Pages = async (context, { segment = '' }) => {
  const wanted = tamed(segment, longest);
  if (wanted === '') return { pages: [], note: 'No segment was named: ask the person which one they mean.' };
  try {
    const shown = (await runTool(context, 'show_segment', { segment: wanted })).output as { key: string };
    return {
      pages: [
        { uri: uriOf(uris.persona, shown.key), text: await personaText(context, shown.key) },
        { uri: uriOf(uris.segment, shown.key), text: await segmentText(context, shown.key) },
      ],
      note: null,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { pages: [], note: `${error.message} ${error.next} Ask the person which of them they mean.` };
  }
};
