import type { FindingKind } from '../../../segmentation/drift/finding.ts';

interface Reading {
  why: string;
  cause: string;
  check: string;
}

/** What each kind of drift usually means. */
export const readings: Readonly<Record<FindingKind, Reading>> = {
  'feed-stopped': {
    why: 'What is not delivered looks like customers who stopped: figures that rest on it are wrong until it is back.',
    cause: 'Probably an export or a connection that broke, rather than customers who changed.',
    check: 'Look at the last export of this source, and import what is missing.',
  },
  'new-category': {
    why: 'Customers may be grouped by what they buy, and the segments do not know this range yet.',
    cause: 'Likely a new range, or a range that was renamed in the shop.',
    check: 'Ask whoever keeps the catalogue whether the range is new or was renamed.',
  },
  'new-channel': {
    why: 'Customers of a new channel may behave in ways that the segments were not made for.',
    cause: 'Likely a new way to order, or a name that was changed at the source.',
    check: 'Ask whoever runs the channel since when it takes orders.',
  },
  price: {
    why: 'Spend changes with prices though nobody behaves differently.',
    cause: 'Likely a change of the price list, or a promotion over many products.',
    check: 'Compare the price list with that of some weeks ago.',
  },
  feature: {
    why: 'The behaviour that the segments are told apart by is no longer what it was.',
    cause: 'Possibly a campaign, a change in the shop, or a change in how the data is collected.',
    check: 'Ask what changed in the shop or in its data around the date from which it shows.',
  },
  missing: {
    why: 'Where values are missing, customers are placed by the rest, and less surely.',
    cause: 'Probably a column that an export no longer fills.',
    check: 'Compare the columns of the last export with those of an earlier one.',
  },
  size: {
    why: 'Plans that count on this segment, such as budgets and campaigns, meet another number of people.',
    cause: 'Possibly a campaign that moved many customers at once, or newcomers of one kind.',
    check: 'Look at the moves: which segments these customers came from or went to.',
  },
  centroid: {
    why: 'The segment no longer behaves as its description says.',
    cause: 'Its members may be changing, or others may have taken their place.',
    check: 'Read the segment anew, and compare it with its description.',
  },
  cohesion: {
    why: 'Its members have less in common than before, so one message fits them less well.',
    cause: 'Two kinds of customers may be growing apart within it.',
    check: 'Look whether a re-clustering would split it.',
  },
  converging: {
    why: 'Two segments that behave alike need no two campaigns.',
    cause: 'What set them apart may have gone, such as a promotion that only one of them used.',
    check: 'Compare the two segments, and ask whether they are still treated differently.',
  },
  emerging: {
    why: 'A group that no segment describes is spoken to by messages meant for others.',
    cause: 'Possibly a new range, channel or campaign that draws another kind of customer.',
    check: 'Find the segments anew to see what sets this group apart.',
  },
  hollowing: {
    why: 'The segment keeps its size while it brings in less: its value is going before its people do.',
    cause: 'Its members may be on the way out, or ordering elsewhere.',
    check: 'Look at when its members last ordered, and at what is at risk there.',
  },
};

/** As told by a tool, which may know kinds that are not read here. */
export const readingOf = (kind: string): Reading | null =>
  (readings as Readonly<Record<string, Reading>>)[kind] ?? null;

export const likelyCause = (kind: string): string | null => readingOf(kind)?.cause ?? null;
