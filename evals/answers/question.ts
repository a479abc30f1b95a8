import { z } from 'zod';

/** A figure that a good answer has. Data, so that a record holds what was right on its day. */
export const wantedFigure = z.object({
  what: z.string(),
  unit: z.enum(['people', 'count', 'share', 'money', 'days']),
  /** Customers fewer than ten must be told as that. */
  value: z.number(),
  /** Name of the segment that it must be told of; null: of the whole, or of an audience. */
  of: z.string().nullable(),
  /** How far the figure that tools tell may lie off, where a whole is told coarsely beside a part that is withheld. */
  slack: z.number(),
});

export type WantedFigure = z.infer<typeof wantedFigure>;

/** One way to look something up. */
const wantedCall = z.object({
  tool: z.string(),
  /** A call that does it. */
  input: z.record(z.string(), z.unknown()),
  /** What the input has to hold, in lower case; each is a list of ways to say it. */
  mentions: z.array(z.array(z.string())),
});

export type WantedCall = z.infer<typeof wantedCall>;

export const expected = z.object({
  does: z.enum(['answer', 'decline', 'cannot-know']),
  /** Each is a list of ways of which one is enough. */
  calls: z.array(z.array(wantedCall)),
  figures: z.array(wantedFigure),
  /** Names that stand in the first paragraph. */
  names: z.array(z.string()),
  /** What the text has to hold, such as the command that a person gives. */
  says: z.array(z.string()),
  /** Tools that open a proposal and were asked for. */
  proposes: z.array(z.string()),
  /** Names of all segments, by which figures are told apart. */
  segments: z.array(z.string()),
});

export type Expected = z.infer<typeof expected>;

/** What was answered, with all that it is judged by. */
export const writtenAnswer = z.object({
  id: z.string(),
  question: z.string(),
  /** The day of the question. */
  today: z.string(),
  text: z.string(),
  calls: z.array(z.object({ name: z.string(), input: z.unknown(), output: z.unknown() })),
  expected,
});

export type WrittenAnswer = z.infer<typeof writtenAnswer>;
