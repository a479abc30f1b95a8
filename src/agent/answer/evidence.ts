import { type Fact, numbersIn } from '../../segmentation/written-numbers.ts';
import type { Message } from '../../state/conversations.ts';
import { tools } from '../../tools/registry.ts';
import { factsOf } from '../../tools/results/facts.ts';
import type { Tool } from '../../tools/tool.ts';
import { type Claim, claimsIn } from './claims.ts';
import { maskNames } from './names-in-text.ts';
import { peopleTold } from './people-told.ts';

/** A call of a tool, as the loop tells it and as a thread keeps it. */
export interface Call {
  name: string;
  input: unknown;
  /** null where it failed. */
  output: unknown;
}

/** What an answer may rest on. */
export interface Evidence {
  facts: OwnedFact[];
  /** How many things lists in the results hold: "3 proposals". */
  lengths: Set<number>;
  /** Days that results, calls and questions name, as "2026-11-22". */
  days: Set<string>;
  /** Words with digits in them that stand in results, calls and questions. */
  names: Set<string>;
  /** Figures of the questions, which an answer may say again. */
  asked: Claim[];
  /** What questions and instructions say with a word beside it: "30 days". */
  phrases: Set<string>;
  /** Names and keys of segments, in lower case; each with the key that facts are marked with. */
  owners: Map<string, string>;
}

/** A fact, with the segment that it is told of; null where it is of the whole. */
export interface OwnedFact extends Fact {
  owner: string | null;
  /** Whether it counts customers; a count of orders does not. */
  people: boolean;
}

/**
 * @param questions what people said in the thread
 * @param instructions the system prompt: periods that it names may be named
 */
export function evidenceOf({
  calls,
  questions,
  instructions,
  today,
}: {
  calls: readonly Call[];
  questions: readonly string[];
  instructions: string;
  today: string;
}): Evidence {
  const evidence: Evidence = {
    facts: [],
    lengths: new Set(),
    days: new Set([today]),
    names: new Set(),
    asked: [],
    phrases: new Set(),
    owners: new Map(),
  };
  for (const { name, input, output } of calls) {
    if (output === null || output === undefined) continue;
    addNames(evidence, `${JSON.stringify(input)} ${JSON.stringify(output)}`);
    const tool = tools.find(known => known.name === name);
    if (tool) evidence.facts.push(...ownedFacts(tool, output, evidence));
  }
  for (const question of questions) {
    addNames(evidence, question);
    evidence.asked.push(...claimsIn(maskNames(question).text));
  }
  for (const { phrase, unit } of [...evidence.asked, ...claimsIn(maskNames(instructions).text)])
    if (unit === 'days' || unit === 'span') evidence.phrases.add(phrase);
  return evidence;
}

/** The calls that a thread keeps, with their results. */
export function callsIn(messages: readonly Message[]): Call[] {
  const asked = new Map<string, { name: string; input: unknown }>();
  const calls: Call[] = [];
  for (const block of messages.flatMap(({ content }) => content)) {
    if (block.type === 'tool_use')
      asked.set(String(block.id), { name: String(block.name), input: block.input });
    if (block.type !== 'tool_result' || block.is_error === true) continue;
    const call = asked.get(String(block.tool_use_id));
    // Beside the result there may be a word to the model.
    const output = textsOf(block.content)
      .map(parsed)
      .find(value => typeof value === 'object');
    if (call && output !== undefined) calls.push({ ...call, output });
  }
  return calls;
}

/** What people said in a thread. */
export function questionsIn(messages: readonly Message[]): string[] {
  return messages.flatMap(({ role, content }) => (role === 'user' ? textsOf(content) : []));
}

function textsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.flatMap((block: { type?: unknown; text?: unknown }) =>
    block.type === 'text' ? [String(block.text)] : [],
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function addNames({ days, names }: Evidence, text: string): void {
  const masked = maskNames(text);
  for (const { day } of masked.dates) days.add(day);
  for (const name of masked.names) names.add(name.toLowerCase());
}

/**
 * Facts of the parts of a result that are told of one segment each are marked with it; all others are of the whole. Dates
 * and handles are no figures: the 22 of "2026-11-22" counts nothing.
 */
function ownedFacts({ output: schema }: Tool, output: unknown, evidence: Evidence): OwnedFact[] {
  const figures = withoutNames(output);
  const owners = new Map<number, Set<string | null>>();
  visit(figures, null, evidence, (value, owner) => {
    owners.set(value, (owners.get(value) ?? new Set()).add(owner));
  });
  const customers = new Set(peopleTold(schema, figures));
  return factsOf(schema, figures).flatMap(fact =>
    [...(owners.get(fact.value) ?? [null])].map(owner => ({
      ...fact,
      owner,
      people: fact.unit === 'count' && customers.has(fact.value),
    })),
  );
}

function withoutNames(value: unknown): unknown {
  if (typeof value === 'string') return maskNames(value).text;
  if (Array.isArray(value)) return value.map(withoutNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutNames(item)]));
}

function visit(
  value: unknown,
  owner: string | null,
  evidence: Evidence,
  tell: (value: number, owner: string | null) => void,
): void {
  if (typeof value === 'number') tell(value, owner);
  else if (typeof value === 'string')
    for (const { value: written, bound } of numbersIn(value)) tell(bound ?? written, owner);
  else if (Array.isArray(value)) {
    evidence.lengths.add(value.length);
    for (const item of value) visit(item, owner, evidence, tell);
  } else if (typeof value === 'object' && value !== null) {
    const own = segmentOf(value, evidence.owners) ?? owner;
    for (const [field, item] of Object.entries(value)) {
      visit(item, own, evidence, tell);
      // Spans are held against days.
      if (field === 'months' && typeof item === 'number')
        evidence.facts.push({ value: (item * 365) / 12, unit: 'days', owner: own, people: false });
    }
  }
}

/** The segment that an object is about, by its key; its name is kept as another word for it. */
function segmentOf(object: object, owners: Evidence['owners']): string | null {
  const { key, segment, name } = object as Record<string, unknown>;
  const labels = [key ?? segment, name].flatMap(label =>
    typeof label === 'string' && label.length > 2 ? [label.toLowerCase()] : [],
  );
  if (typeof (key ?? segment) !== 'string' || labels.length === 0) return null;
  const owner = labels.map(label => owners.get(label)).find(known => known !== undefined) ?? labels[0]!;
  for (const label of labels) if (!owners.has(label)) owners.set(label, owner);
  return owner;
}
