import { InputError } from '../../errors.ts';
import type { State } from '../../state/state.ts';
import type { Warehouse } from '../../warehouse/port.ts';
import { anyWatched, reconcileTriggers } from './reconcile.ts';
import { refuseKeptOut } from './refuse-kept-out.ts';
import { parseRule, ruleId } from './rule.ts';
import { ruleWords } from './rule-words.ts';
import type { Trigger } from './trigger.ts';
import { countMembers, type TriggerFigures, triggerFigures } from './trigger-figures.ts';
import { unknownWords } from './unknown-words.ts';

export interface TriggerContext {
  warehouse: Warehouse;
  state: State;
  now: () => Date;
}

/** A trigger with its rule in words. */
export interface ToldTrigger extends Trigger {
  says: string;
}

export interface AddedTrigger {
  trigger: ToldTrigger;
  figures: TriggerFigures;
  /** Names in the rule that no event has had yet. */
  warnings: string[];
}

/** Makes a trigger from a rule as JSON; the same rule again takes the new name. */
export async function addTrigger(
  context: TriggerContext,
  { rule: text, name, actor }: { rule: string; name?: string | undefined; actor: string },
): Promise<AddedTrigger> {
  const { warehouse, state, now } = context;
  const rule = parseRule(text);
  await refuseKeptOut(warehouse, rule, await state.blockedTerms.names());
  const warnings = await unknownWords(warehouse, rule);
  const trigger = await state.triggers.save({
    id: ruleId(rule),
    name: name ?? capitalised(ruleWords(rule)),
    rule,
    createdAt: now().toISOString(),
    createdBy: actor,
  });
  return { trigger: told(trigger), figures: await figuresOf(context, trigger), warnings };
}

/** Newest first, with how many are in now. */
export async function listTriggers(context: TriggerContext): Promise<(ToldTrigger & { members: number })[]> {
  const { state } = context;
  const triggers = await state.triggers.list();
  if (triggers.length === 0) return [];
  const counts = await upToDate(context, tx => countMembers(tx, state.owner));
  return triggers.map(trigger => ({ ...told(trigger), members: counts.get(trigger.id) ?? 0 }));
}

export async function showTrigger(
  context: TriggerContext,
  id: string,
): Promise<{ trigger: ToldTrigger; figures: TriggerFigures }> {
  const trigger = await findTrigger(context.state, id);
  return { trigger: told(trigger), figures: await figuresOf(context, trigger) };
}

export async function removeTrigger(
  context: TriggerContext,
  { id, actor }: { id: string; actor: string },
): Promise<Trigger> {
  const trigger = await findTrigger(context.state, id);
  await context.state.triggers.remove(trigger.id, { at: context.now().toISOString(), actor });
  await upToDate(context, async () => {});
  return trigger;
}

export async function findTrigger(state: Pick<State, 'triggers'>, id: string): Promise<Trigger> {
  const found = await state.triggers.byId(id);
  if (found) return found;
  const known = await state.triggers.list();
  throw new InputError(
    `There is no trigger "${id}".`,
    known.length > 0
      ? '`kindred trigger list` shows those that there are.'
      : 'None is made yet: `kindred trigger add` makes one.',
  );
}

/**
 * Reads who is in, in the transaction that brings it up to date: where no server runs, time passes without anybody being
 * told, and what was imported meanwhile may have come from another process.
 */
export async function upToDate<T>(
  { warehouse, state, now }: TriggerContext,
  read: (tx: Warehouse, now: number) => Promise<T>,
): Promise<T> {
  const triggers = await state.triggers.list();
  return warehouse.transaction(async tx => {
    const at = now().getTime();
    await reconcileTriggers(tx, state.owner, triggers, at);
    return read(tx, at);
  });
}

/** Has the triggers follow what was imported. The state is opened only where there may be some. */
export async function tellTriggers(
  warehouse: Warehouse,
  state: () => Promise<State>,
  now: () => Date,
): Promise<void> {
  if (await anyWatched(warehouse)) await upToDate({ warehouse, state: await state(), now }, async () => {});
}

function figuresOf(context: TriggerContext, { id }: Trigger): Promise<TriggerFigures> {
  const { owner } = context.state;
  return upToDate(context, (tx, now) => triggerFigures(tx, { owner, id }, now));
}

const told = (trigger: Trigger): ToldTrigger => ({ ...trigger, says: ruleWords(trigger.rule) });

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
