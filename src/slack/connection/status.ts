/** How Kindred stands with Slack. */
export interface SlackStatus {
  /** `http`: Slack calls Kindred. `refused`: it takes new tokens and a new start. */
  state: 'connecting' | 'connected' | 'http' | 'refused';
  /** ISO time from which it is so. */
  since: string;
  /** Name of the workspace, once Slack told it. */
  workspace: string | null;
}

/** What a person who starts the server reads of it. */
export type ConnectionTold =
  | { as: string; workspace: string }
  | { refused: { message: string; next: string } };
