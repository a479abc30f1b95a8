import type { Fact } from '../../segmentation/written-numbers.ts';
import type { Message } from '../../state/conversations.ts';
import { tools } from '../../tools/registry.ts';
import { type Told, toldIn } from '../../tools/results/facts.ts';
import type { Tool } from '../../tools/tool.ts';
import { type Claim, claimsIn } from './claims.ts';
import { fieldWords, joined, measureWords, saysNothing, type Words } from './measure-words.ts';
import { maskNames } from './names-in-text.ts';
import { addOwners, type Owners, subjectOf, withoutOwners } from './owners.ts';
import { type Way, wayOf } from './ways.ts';
import { wordsBeside } from './words-beside.ts';

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
  /** How many things lists in the results hold, by the names of their fields: "openProposals 3". */
  lengths: Set<string>;
  /** Days that results, calls and questions name, as "2026-11-22". */
  days: Set<string>;
  /** Words with digits in them that stand in results, calls and questions. */
  names: Set<string>;
  /** Figures of the questions, which an answer may say again. */
  asked: Claim[];
  /** What questions and instructions say with a word beside it: "30 days". */
  phrases: Set<string>;
  owners: Owners;
}

/** A fact, with what it is of. */
export interface OwnedFact extends Fact {
  /** The segment that it is told of; null where it is of the whole. */
  owner: string | null;
  /** Whether it counts customers; a count of orders does not. */
  people: boolean;
  /** What it measures, by its field, its label, or the words of its text. */
  words: Words;
  /** Whether it is told as a rise or as a fall. */
  way: Way;
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
  const told = calls.filter(({ output }) => output !== null && output !== undefined);
  for (const { output } of told) addOwners(evidence.owners, output);
  for (const { name, input, output } of told) {
    addNames(evidence, `${JSON.stringify(input)} ${JSON.stringify(output)}`);
    addLengths(evidence.lengths, output);
    const tool = tools.find(known => known.name === name);
    if (tool) evidence.facts.push(...ownedFacts(tool, output, evidence.owners));
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

function addLengths(lengths: Set<string>, value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, item] of Object.entries(value)) {
    if (Array.isArray(item)) lengths.add(`${field} ${item.length}`);
    addLengths(lengths, item);
  }
}

/** Facts of the parts of a result that are told of one segment each are marked with it; all others are of the whole. */
function ownedFacts({ output: schema }: Tool, output: unknown, owners: Owners): OwnedFact[] {
  return toldIn(schema, output).flatMap(told => {
    const owner = ownerOf(told, owners);
    const field = wordsOfPlace(told, owners);
    if (typeof told.value === 'string')
      return factsOfText(told.value, owner ?? subjectOf(told.value, owners), field, owners);
    const way = wayOf(told.path.at(-1)!);
    const fact = { value: told.value, unit: told.unit!, owner, people: told.people, words: field, way };
    // Spans are held against days.
    const isSpan = told.path.at(-1) === 'months';
    return isSpan ? [fact, { ...fact, value: (told.value * 365) / 12, unit: 'days' as const }] : [fact];
  });
}

/** Dates and handles are no figures: the 22 of "2026-11-22" counts nothing. */
function factsOfText(written: string, owner: string | null, field: Words, owners: Owners): OwnedFact[] {
  const { text } = maskNames(written);
  const claims = claimsIn(text);
  if (claims.length === 0) return [];
  const plain = withoutOwners(text, owners);
  const beside = wordsBeside(plain, claims);
  const whole = measureWords(plain);
  return claims.map((claim, i): OwnedFact => {
    const { bound, unit } = claim;
    // What is only counted by something may be of anything that the text speaks of.
    const own = beside[i]!.measures.size > 0 ? beside[i]! : whole;
    const words = saysNothing(own) ? field : joined(own, field);
    return {
      value: bound ?? claim.value,
      unit: unit === 'people' || unit === null ? 'count' : unit === 'span' ? 'days' : unit,
      ...(bound === null ? {} : { under: true as const }),
      owner,
      people: unit === 'people',
      words,
      way: wayOf(claim.clause),
    };
  });
}

/** The field, and the label that stands beside it. */
function wordsOfPlace({ path, within, unit }: Told, owners: Owners): Words {
  // How far apart two figures lie is neither of them.
  if (unit === 'ratio') return fieldWords(path.slice(-1));
  const { label, target, title } = within.at(-1) ?? {};
  const beside = [label, target, title].filter(text => typeof text === 'string').join(' ');
  return joined(fieldWords(path), measureWords(withoutOwners(beside, owners)));
}

/** The innermost segment around it. Of values side by side, each is of the segment in its place. */
function ownerOf({ path, within, place }: Told, owners: Owners): string | null {
  const segments = within[0]?.segments;
  if (path.at(-1) === 'values' && Array.isArray(segments) && place !== null)
    return keyOf(segments[place], owners);
  return within.map(object => keyOf(object, owners)).findLast(key => key !== null) ?? null;
}

/** An audience may have the name of a segment and is none. */
function keyOf(object: Readonly<Record<string, unknown>>, owners: Owners): string | null {
  const { key, segment, name, handle } = object;
  if (typeof handle === 'string') return null;
  const labels = [key ?? segment, name].filter(label => typeof label === 'string');
  return labels.map(label => owners.get(label.toLowerCase())).find(known => known !== undefined) ?? null;
}
