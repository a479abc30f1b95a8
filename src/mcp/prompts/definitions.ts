import {
  type Completions,
  channels,
  findingDates,
  findingWords,
  goals,
  segmentWords,
} from './completions.ts';
import { digestPage, type Pages, segmentPages, segmentsPage } from './pages.ts';

export interface Argument {
  /** As it is told to the client's model. */
  label: string;
  /** For the person who fills it in. */
  description: string;
  required?: true;
  complete?: Completions;
}

/** A prompt as a person finds it in the menu of their client; its text is `prompts/mcp/<name>.md`. */
export interface Definition {
  name: string;
  title: string;
  description: string;
  args: Readonly<Record<string, Argument>>;
  /** What is known already, and spares the client's model its first calls. */
  pages: Pages;
}

export const definitions: readonly Definition[] = [
  {
    name: 'weekly-review',
    title: 'Weekly review of the customers',
    description: 'What changed among your customers this week, and what to do about it, on half a page.',
    args: {},
    pages: digestPage,
  },
  {
    name: 'campaign-brief',
    title: 'Campaign brief for a segment',
    description:
      'A one-page brief for a campaign to one segment: who, what to say, where, and how to test it.',
    args: {
      segment: {
        label: 'Segment',
        description: 'Whom it is for: the name of a segment',
        required: true,
        complete: segmentWords,
      },
      goal: {
        label: 'Goal',
        description: 'What it should bring about, such as a second order',
        complete: goals,
      },
      channel: { label: 'Channel', description: 'Where it runs, such as e-mail', complete: channels },
    },
    pages: segmentPages,
  },
  {
    name: 'name-segments',
    title: 'Name the segments',
    description: 'Looks at every segment and suggests names and definitions your team will use. You choose.',
    args: {},
    pages: segmentsPage,
  },
  {
    name: 'plan-a-win-back',
    title: 'Plan a win-back',
    description: 'Whom to win back first, with what, at what cost, and what that is likely to bring.',
    args: {
      budget: { label: 'Budget', description: 'What there is to spend, such as 2000' },
    },
    pages: segmentsPage,
  },
  {
    name: 'explain-drift',
    title: 'Explain a change',
    description:
      'What changed among your customers, whether it is real, what may be behind it, what to check.',
    args: {
      finding: {
        label: 'Finding',
        description: 'Which change; the gravest if you leave it out',
        complete: findingWords,
      },
      date: { label: 'Date', description: 'When it began, as YYYY-MM-DD', complete: findingDates },
    },
    pages: digestPage,
  },
];
