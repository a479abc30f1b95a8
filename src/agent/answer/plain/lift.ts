import type { People } from '../../../tools/results/values.ts';
import { bullets, type Part, paragraphs, sizeText } from './figures.ts';
import type { LookingUp } from './looking-up.ts';

/** What the tool tells of a campaign, as read here. */
export interface ToldLift {
  sync: string;
  name: string;
  verdict: string;
  says: string;
  treated: People;
  heldOut: People;
  segments: { name: string; verdict: string }[];
  notes: string[];
  others: { sync: string; name: string }[];
}

/** What the campaign did that the question names; the latest where it names none. */
export async function liftAnswer({ look }: LookingUp, question: string): Promise<Part> {
  const latest = await look<ToldLift>('lift');
  const words = question.toLowerCase();
  const named = ({ sync, name }: { sync: string; name: string }) =>
    words.includes(name.toLowerCase()) || new RegExp(`\\b${sync}\\b`).test(words);
  const other = named(latest) ? undefined : latest.others.find(named);
  const told = other ? await look<ToldLift>('lift', { campaign: other.sync }) : latest;
  const { says, treated, heldOut, segments, notes, others } = told;
  const decided = segments.filter(({ verdict }) => verdict === 'works' || verdict === 'does harm');
  return {
    text: paragraphs([
      says,
      `${sizeText(treated)} customers were sent it, ${sizeText(heldOut)} were held out.`,
      decided.length === 0
        ? null
        : `By segment:\n${bullets(decided.map(({ name, verdict }) => `**${name}**: ${verdict}.`))}`,
      notes.length === 0 ? null : `What to bear in mind:\n${bullets(notes.slice(0, 2))}`,
      others.length === 0
        ? null
        : `Others that can be asked for: ${others.map(({ sync, name }) => `“${name}” (${sync})`).join(', ')}.`,
    ]),
    next: `\`kindred lift ${told.sync}\` tells it in figures, segment by segment.`,
  };
}
