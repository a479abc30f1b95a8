import { type Args, neededText, objectOf, textOf } from '../arguments.ts';
import { checkView } from '../block-kit/check.ts';
import { missingFiles, withIds } from '../content.ts';
import { refuse, refuseArguments } from '../refusal.ts';
import type { Block, View } from '../types.ts';
import { changed, newId, type World } from '../world.ts';
import { type Methods, tier4 } from './method.ts';

export const views: Methods = {
  'views.open': {
    scopes: [],
    limit: tier4,
    run(world, args) {
      const content = viewOf(world, args, 'modal');
      const user = exchange(world, args);
      world.views = world.views.filter(view => view.user !== user);
      return { view: wireView(world, addModal(world, user, content)) };
    },
  },
  'views.push': {
    scopes: [],
    limit: tier4,
    run(world, args) {
      const content = viewOf(world, args, 'modal');
      const user = exchange(world, args);
      const open = world.views.filter(view => view.user === user);
      if (open.length === 0) refuse('not_found');
      if (open.length >= 3) refuse('push_limit_reached');
      return { view: wireView(world, addModal(world, user, content)) };
    },
  },
  'views.update': {
    scopes: [],
    limit: tier4,
    run(world, args) {
      const [id, external] = [textOf(args, 'view_id'), textOf(args, 'external_id')];
      const view = [...world.views, ...world.homes.values()].find(
        each => each.id === id || (external !== undefined && each.external_id === external),
      );
      if (!view) return refuse('not_found');
      sameHash(view, args);
      replaceView(world, view, viewOf(world, args, view.type));
      return { view: wireView(world, view) };
    },
  },
  'views.publish': {
    scopes: [],
    limit: tier4,
    run(world, args) {
      const user = world.users.get(neededText(args, 'user_id'));
      if (!user) return refuse('user_not_found');
      const content = viewOf(world, args, 'home');
      const before = world.homes.get(user.id);
      if (before) {
        sameHash(before, args);
        replaceView(world, before, content);
      } else world.homes.set(user.id, newView(world, user.id, content));
      changed(world);
      return { view: wireView(world, world.homes.get(user.id)!) };
    },
  },
};

type Content = Pick<View, 'type' | 'blocks' | 'callback_id' | 'private_metadata' | 'external_id'> & Args;

/** A view as an argument, refused where Slack would not take it. */
function viewOf(world: World, args: Args, type: View['type']): Content {
  return viewContent(world, objectOf(args, 'view') ?? refuse('invalid_arguments'), type);
}

export function viewContent(world: World, view: Args, type: View['type']): Content {
  if (JSON.stringify(view).length > 250_000) refuse('view_too_large');
  if (view.type !== type)
    refuseArguments('invalid_arguments', [`must be a ${type} [json-pointer:/view/type]`]);
  const problems = [...checkView(view), ...missingFiles(world, view)];
  if (problems.length > 0) refuseArguments('invalid_arguments', problems);
  return {
    callback_id: '',
    private_metadata: '',
    external_id: '',
    notify_on_close: false,
    clear_on_close: false,
    ...view,
    type,
    blocks: withIds(world, view.blocks as Block[]),
  };
}

/** Each trigger opens one view, within three seconds. */
function exchange(world: World, args: Args): string {
  const trigger = world.triggers.get(neededText(args, 'trigger_id'));
  if (!trigger) return refuse('invalid_trigger_id');
  if (trigger.used) refuse('exchanged_trigger_id');
  if (trigger.until < world.now) refuse('expired_trigger_id');
  trigger.used = true;
  return trigger.user;
}

function sameHash(view: View, args: Args): void {
  const hash = textOf(args, 'hash');
  if (hash !== undefined && hash !== view.hash) refuse('hash_conflict');
}

function newView(world: World, user: string, content: Content): View {
  const id = newId(world, 'V');
  return {
    notify_on_close: false,
    clear_on_close: false,
    ...content,
    id,
    user,
    hash: `${Math.floor(world.now / 1000)}.${id}`,
    root_view_id: id,
    previous_view_id: null,
  };
}

/** A modal on top of those the user has open. */
export function addModal(world: World, user: string, content: Content): View {
  const below = world.views.filter(view => view.user === user).at(-1);
  const view = newView(world, user, content);
  if (below) Object.assign(view, { root_view_id: below.root_view_id, previous_view_id: below.id });
  world.views.push(view);
  changed(world);
  return view;
}

export function replaceView(world: World, view: View, content: Content): void {
  for (const field of ['title', 'submit', 'close'] as const) delete view[field];
  Object.assign(view, content, { hash: `${Math.floor(world.now / 1000)}.${newId(world, 'H')}` });
  changed(world);
}

/** A view as Slack hands it out, with what was filled in. */
export function wireView(
  world: World,
  { user: _, ...view }: View,
  values: object = {},
): Record<string, unknown> {
  return {
    title: null,
    submit: null,
    close: null,
    ...structuredClone(view),
    state: { values },
    team_id: world.team,
    app_id: world.app.id,
    app_installed_team_id: world.team,
    bot_id: world.app.botId,
  };
}
