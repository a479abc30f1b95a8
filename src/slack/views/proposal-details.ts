import type { KnownBlock, ModalView } from '@slack/types';
import type { DetailPart, ProposalDetails } from '../approval/details.ts';
import { actions, button } from '../blocks/actions.ts';
import { context, section } from '../blocks/layout.ts';
import { limits } from '../blocks/limits.ts';
import { bold, mrkdwn, plainText } from '../blocks/text.ts';

/** Leafs through the details; the value is the page. */
export const leaf = { back: 'proposal_page_back', on: 'proposal_page_on' } as const;

/** Of a page: what one reads without losing the thread, and far from what a view holds. */
const mostBlocks = 20;
const mostCharacters = 6000;

/** One page of all that is known of a proposal; the last one where `page` is beyond it. */
export function detailsDialog(
  proposal: string,
  { title, parts }: ProposalDetails,
  page: number,
): ModalView & { blocks: KnownBlock[] } {
  const pages = paged(parts.flatMap(partTexts));
  const at = Math.min(Math.max(page, 1), pages.length);
  const turn = [
    ...(at > 1 ? [button({ action: leaf.back, text: 'Back', value: `${at - 1}` })] : []),
    ...(at < pages.length ? [button({ action: leaf.on, text: 'Next', value: `${at + 1}` })] : []),
  ];
  return {
    type: 'modal',
    private_metadata: JSON.stringify({ proposal }),
    title: plainText(`Proposal ${proposal}`, limits.view.title),
    close: plainText('Close', limits.view.button),
    blocks: [
      ...(at === 1 ? [section(bold(title))] : []),
      ...pages[at - 1]!.map(text => section(text)),
      ...(pages.length > 1 ? [context(`Page ${at} of ${pages.length}`), actions(turn)] : []),
    ],
  };
}

/** A title stands with the first text beneath it wherever there is room. */
function partTexts({ title, texts }: DetailPart): string[] {
  const [first = '', ...others] = texts.flatMap(pieces);
  const both = `${bold(title)}\n${first}`;
  return both.length <= limits.section.text ? [both, ...others] : [bold(title), first, ...others];
}

/** A text as sections hold it: whatever its length, nothing of it is lost. */
function pieces(text: string): string[] {
  const held = mrkdwn(text);
  if (held.length <= limits.section.text) return [held];
  const letters = [...text];
  const middle = Math.floor(letters.length / 2);
  const space = letters.lastIndexOf(' ', middle);
  const at = space > 0 ? space : middle;
  return [letters.slice(0, at), letters.slice(at)].flatMap(half => pieces(half.join('')));
}

function paged(texts: readonly string[]): string[][] {
  const pages: string[][] = [[]];
  let left = mostCharacters;
  for (const text of texts) {
    const last = pages.at(-1)!;
    if (last.length > 0 && (last.length >= mostBlocks || text.length > left)) {
      pages.push([]);
      left = mostCharacters;
    }
    pages.at(-1)!.push(text);
    left -= text.length;
  }
  return pages;
}
