import { z } from 'zod';

/** A sentence of an action and the feature of the segment that speaks for it. */
const actionPart = z.object({
  /** A whole sentence: the three parts are read one after another. */
  text: z.string().min(1).max(240),
  /** Id of a feature of the segment's fact sheet. */
  feature: z.string(),
});

/** What a model writes about one segment; lengths are what cards and lists can hold. */
export const personaDraft = z.object({
  /** The segment's key. */
  key: z.string(),
  name: z.string().min(1).max(60),
  /** The definition: one sentence. */
  sentence: z.string().min(1).max(300),
  paragraph: z.string().min(1).max(1200),
  /** Strongest first. */
  evidence: z
    .array(
      z.object({
        /** Id of a feature of the fact sheet. */
        feature: z.string(),
        /** Of all customers. */
        direction: z.enum(['above', 'below']),
        says: z.string().min(1).max(200),
      }),
    )
    .min(1)
    .max(8),
  /** A part is null where no feature of the sheet speaks for it. */
  action: z.object({
    channel: actionPart.nullable(),
    offer: actionPart.nullable(),
    timing: actionPart.nullable(),
  }),
  /** What not to do. */
  avoid: z.string().min(1).max(300),
  /** For ad platforms: tells nothing of the people in it. */
  neutralName: z.string().min(1).max(40),
  /** null where one sentence covers the segment; else why none does, and the change of the recipe to try. */
  misformed: z.object({ why: z.string().min(1).max(300), try: z.string().min(1).max(300) }).nullable(),
});

export const personaDrafts = z.object({ personas: z.array(personaDraft) });

export type PersonaDraft = z.infer<typeof personaDraft>;

/** Every text of a draft that people read. */
export function textsOf({
  name,
  sentence,
  paragraph,
  evidence,
  action,
  avoid,
  neutralName,
  misformed,
}: PersonaDraft): string[] {
  return [
    name,
    sentence,
    paragraph,
    ...evidence.map(({ says }) => says),
    ...[action.channel, action.offer, action.timing].flatMap(part => (part ? [part.text] : [])),
    avoid,
    neutralName,
    ...(misformed ? [misformed.why, misformed.try] : []),
  ];
}
