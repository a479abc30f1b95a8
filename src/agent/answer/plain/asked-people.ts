/** Customers of whom a question asks by what they do, where figures tell them better than a segment. */
export interface AskedPeople {
  asks: RegExp;
  name: string;
  filter: Record<string, unknown>;
  /** What was taken for what was said. */
  taken: string;
}

const email = (words: string) => `(?:${words})\\b.{0,30}\\b(?:e-?mails?|newsletters?|mailings?)`;

export const askedPeople: readonly AskedPeople[] = [
  {
    asks: /\b(?:newest|newcomers?|new (?:customers?|buyers?|people)|first[- ]time\w*|(?:recently|just|lately) joined|joined (?:recently|lately))\b/,
    name: 'Newest customers',
    filter: { field: 'tenure', atMost: 30 },
    taken: 'The newest are taken to be those who first ordered in the last 30 days.',
  },
  {
    asks: /\b(?:returners?|returns? (?:(?:too|so|very) )?(?:a lot|much|many|often|most|goods|items|things)|(?:most|many|high) returns|(?:sen[dt]s?|sending) (?:\w+ ){0,3}back)\b/,
    name: 'Send a lot back',
    filter: { field: 'return_rate', atLeast: 0.3 },
    taken: 'A lot is taken to be a return on 30 % of their orders or more.',
  },
  {
    asks: new RegExp(
      `\\b${email("(?:stop(?:s|ped)?|no longer|quit|ceased|not|don't|doesn't|never) (?:open|read|click|respond|react)\\w*|ignor\\w*")}\\b`,
    ),
    name: 'Stopped opening e-mails',
    filter: {
      all: [
        { events: { type: 'Email Opened' } },
        { events: { type: 'Email Opened', count: { atMost: 0 }, within: 90 } },
        { events: { type: 'Email Delivered', within: 90 } },
      ],
    },
    taken:
      'Taken to have stopped are those who opened e-mails before, got some in the last 90 days and opened none of them.',
  },
];
