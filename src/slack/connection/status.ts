/** How Kindred stands with Slack. */
export interface SlackStatus {
  /** `http`: Slack calls Kindred. `refused`: it takes other tokens and a new start. */
  state: 'connecting' | 'connected' | 'http' | 'refused';
  /** ISO time from which it is so. */
  since: string;
  /** Name of the workspace, once Slack told it. */
  workspace: string | null;
}

/** What a person who starts the server reads of it. */
export type ConnectionTold = { as: string; workspace: string } | { refused: unknown };

export interface Standing {
  status(): SlackStatus;
  become(state: SlackStatus['state']): void;
  inWorkspace(name: string): void;
}

export function createStanding(now: () => Date): Standing {
  let status: SlackStatus = { state: 'connecting', since: now().toISOString(), workspace: null };
  return {
    status: () => status,
    become(state) {
      // A connection that ends after a refusal changes nothing about it.
      if (state !== status.state && status.state !== 'refused')
        status = { ...status, state, since: now().toISOString() };
    },
    inWorkspace(workspace) {
      status = { ...status, workspace };
    },
  };
}
