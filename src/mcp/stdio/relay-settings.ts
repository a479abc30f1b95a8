/** What the relay is told by its environment. */
export interface RelaySettings {
  url: string | undefined;
  token: string | undefined;
  /** A data folder of this machine, and what runs Kindred here: Node and its main file. */
  dataDir: string | undefined;
  node: string | undefined;
  main: string | undefined;
}

/**
 * Apart from config.ts, since the relay also is a program of its own, in one file: what schedules and stores are set to
 * is none of its business. A blank means that it is not set.
 */
export function relaySettings(env: NodeJS.ProcessEnv): RelaySettings {
  return {
    url: env.KINDRED_URL || undefined,
    token: env.KINDRED_TOKEN || undefined,
    dataDir: env.KINDRED_DATA || undefined,
    node: env.KINDRED_NODE || undefined,
    main: env.KINDRED_MAIN || undefined,
  };
}
