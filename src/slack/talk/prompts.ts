import type { Model } from '../../segmentation/model.ts';
import { plain } from '../blocks/text.ts';

/** What can be asked by a press: a few words on the button, and what is asked. */
export interface Prompt {
  title: string;
  message: string;
}

/** What questions depend on here. */
export interface ShopToAsk {
  model: Pick<Model, 'segments'> | undefined;
  /** Questions about people that this shop's data answers, most useful first. */
  standing: readonly { name: string; question: string }[];
  /** Whether a refresh came after the segments were found, so that somebody may have moved. */
  hasMoves: boolean;
}

const most = 4;
const longestTitle = 60;

/** Four that this shop answers, also without a model; without segments, what there is to do first. */
export function promptsFor({ model, standing, hasMoves }: ShopToAsk): Prompt[] {
  const [first, second] = (model?.segments ?? []).toSorted(
    (a, b) => b.size - a.size || (a.key < b.key ? -1 : 1),
  );
  if (!first)
    return [
      {
        title: 'What is there to do first?',
        message: 'What do we have to do before I can ask about our customers?',
      },
    ];
  const about = (name: string) => plain(name, longestTitle);
  const prompts = [
    ...standing.slice(0, 1).map(({ name, question }) => ({ title: about(name), message: question })),
    hasMoves
      ? { title: 'What moved', message: 'What moved since the last refresh, and does it matter?' }
      : { title: 'All segments', message: 'Who are our segments, and how large is each?' },
    { title: about(first.persona.name), message: `Tell me about the segment ${about(first.persona.name)}.` },
    ...(second
      ? [
          {
            title: 'How two differ',
            message: `How do ${about(first.persona.name)} and ${about(second.persona.name)} differ? Compare them.`,
          },
        ]
      : []),
    ...standing.slice(1).map(({ name, question }) => ({ title: about(name), message: question })),
    { title: 'How things stand', message: 'How are things, and what should we do this week?' },
  ];
  return prompts.slice(0, most);
}
