import type { App } from '../app.ts';
import { connectionOf } from '../connections/connection.ts';
import type { Log } from '../log.ts';
import { platformOf } from '../vendors/platform.ts';
import type { ActivationContext } from './context.ts';
import { destinationOf } from './destinations/registry.ts';

/** Syncs over the stores of `app`, and the destinations that there are. */
export function activationOf(app: App, log?: Log): ActivationContext {
  return {
    state: app.state,
    warehouse: app.warehouse,
    turns: app.turns,
    now: app.now,
    mostChange: app.config.syncMostChange,
    destinationOf,
    connectionOf: name => connectionOf(app, name),
    platform: signal => platformOf(app, signal, log),
  };
}
