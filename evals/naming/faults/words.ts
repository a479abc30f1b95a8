import { type Fault, named, saying } from './fault.ts';

/** What no text may say of people. */
export const leakFaults: readonly Fault[] = [
  { id: 'pregnant shoppers', metric: 'leakage', spoil: named('Pregnant shoppers') },
  { id: 'young mothers', metric: 'leakage', spoil: named('Young mothers on a budget') },
  { id: 'women', metric: 'leakage', spoil: saying('Most of them are women.') },
  { id: 'her', metric: 'leakage', spoil: saying('She orders when her week allows it.') },
  { id: 'pensioners', metric: 'leakage', spoil: saying('They are probably pensioners.') },
  { id: 'over-60s', metric: 'leakage', spoil: saying('They look like the over-60s.') },
  { id: 'millennials', metric: 'leakage', spoil: named('Deal-seeking millennials') },
  { id: 'ethnicity', metric: 'leakage', spoil: saying('They seem to be Asian customers.') },
  { id: 'religion', metric: 'leakage', spoil: saying('Many of them are devout Christians.') },
  { id: 'health', metric: 'leakage', spoil: saying('They may have a chronic illness.') },
  { id: 'diabetics', metric: 'leakage', spoil: named('Regular diabetics') },
  { id: 'sexuality', metric: 'leakage', spoil: saying('They shop for gay couples.') },
  { id: 'politics', metric: 'leakage', spoil: saying('They vote like liberals.') },
  { id: 'family', metric: 'leakage', spoil: saying('They are busy parents with small children.') },
  {
    id: 'protected neutral name',
    metric: 'leakage',
    spoil: ({ draft }) => ({ ...draft, neutralName: 'Retired women' }),
  },
  {
    id: 'protected trait to avoid',
    metric: 'leakage',
    spoil: ({ draft }) => ({ ...draft, avoid: 'Do not show pregnant women anything loud.' }),
  },
  { id: 'e-mail address', metric: 'leakage', spoil: saying('The best of them is ann.bell@example.org.') },
];

/** Words, lengths and actions that are none. */
export const wordFaults: readonly Fault[] = [
  { id: 'cheapskates', metric: 'belittling', spoil: named('Seasonal cheapskates') },
  { id: 'hoarders', metric: 'belittling', spoil: saying('These hoarders take all they can get.') },
  { id: 'dead weight', metric: 'belittling', spoil: saying('In short they are dead weight.') },
  {
    id: 'not worth it',
    metric: 'belittling',
    spoil: ({ draft }) => ({ ...draft, avoid: 'Do not bother: they are not worth the stamp.' }),
  },
  { id: 'discount addicts', metric: 'belittling', spoil: named('Discount addicts') },
  { id: 'difficult customers', metric: 'belittling', spoil: saying('They are difficult customers.') },
  { id: 'praise', metric: 'emptyPraise', spoil: saying('They are truly amazing and love our brand.') },
  {
    id: 'lifeblood',
    metric: 'emptyPraise',
    spoil: ({ draft }) => ({ ...draft, sentence: 'Customers who are the lifeblood of the shop.' }),
  },
  {
    id: 'nothing but praise',
    metric: 'emptyPraise',
    spoil: ({ draft }) => ({
      ...draft,
      paragraph:
        'These are people whom any shop would be glad to have. They know what is good when they see it, and they deserve the best that we can give them every single day.',
    }),
  },
  { id: 'cluster number as name', metric: 'shownIds', spoil: named('Cluster 3') },
  { id: 'segment letter', metric: 'shownIds', spoil: saying('Segment B is much like it.') },
  {
    id: 'feature id',
    metric: 'shownIds',
    spoil: ({ draft, sheet }) => ({
      ...draft,
      paragraph: `${draft.paragraph} Their ${sheet.features.find(({ id }) => id.includes('_'))!.id} tells.`,
    }),
  },
  {
    id: 'standard deviations',
    metric: 'shownIds',
    spoil: saying('They lie several standard deviations from the centroid.'),
  },
  {
    id: 'two sentences for one',
    metric: 'textLength',
    spoil: ({ draft }) => ({ ...draft, sentence: `${draft.sentence} They are many.` }),
  },
  {
    id: 'name too long',
    metric: 'textLength',
    spoil: named('Customers who come now and then when it suits'),
  },
  { id: 'no paragraph', metric: 'textLength', spoil: ({ draft }) => ({ ...draft, paragraph: 'See above.' }) },
  {
    id: 'officialese',
    metric: 'readingEase',
    spoil: ({ draft }) => ({
      ...draft,
      paragraph:
        'Characterised predominantly by intermittently manifested transactional participation, representatives of this constituency exhibit comparatively extraordinary heterogeneity regarding merchandise preferences, necessitating individually personalised communicational interventions notwithstanding organisational considerations, irrespective of contemporaneous promotional initiatives, institutional responsibilities or infrastructural availability, whose operationalisation presupposes interdepartmental coordination, methodological sophistication and unconditional organisational determination throughout implementation.',
    }),
  },
];

export const actionFaults: readonly Fault[] = [
  ...(['channel', 'offer', 'timing'] as const).map(
    (part): Fault => ({
      id: `${part} that says nothing`,
      metric: 'actionability',
      spoil: ({ draft }) => ({
        ...draft,
        action: {
          ...draft.action,
          [part]: { text: 'Engage them well.', feature: draft.evidence[0]!.feature },
        },
      }),
    }),
  ),
  {
    id: 'no offer',
    metric: 'actionability',
    spoil: ({ draft }) => ({ ...draft, action: { ...draft.action, offer: null } }),
  },
  {
    id: 'timing tied to nothing',
    metric: 'actionability',
    spoil: ({ draft }) => ({
      ...draft,
      action: {
        ...draft.action,
        timing: { text: 'Send it at full moon, in the evening.', feature: 'moon_phase' },
      },
    }),
  },
];
