/** What a tool does, as Slack's line of status goes on after the name of the app: "is looking at moves between segments". */
export function doing(title: string): string {
  const [verb = '', ...rest] = title.split(' ');
  const known = verbs[verb];
  return known === undefined ? `is working on: ${title}` : `is ${known} ${rest.join(' ')}`;
}

const verbs: Readonly<Record<string, string>> = {
  Build: 'putting together',
  Compare: 'comparing',
  Explain: 'explaining',
  Find: 'finding',
  List: 'looking at',
  Overview: 'getting an overview',
  Plan: 'working out',
  Propose: 'proposing',
  Review: 'reviewing',
  Show: 'looking at',
  Try: 'trying',
};
