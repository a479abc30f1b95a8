import type { WebClient } from '@slack/web-api';

/** The app as its workspace knows it. */
export interface Identity {
  /** Team ID, and that of the organisation where there is one. */
  team: string;
  enterprise: string | null;
  workspace: string;
  /** The bot's name, its member ID and its ID as a bot. */
  name: string;
  user: string;
  bot: string;
}

export async function identityOf(client: WebClient): Promise<Identity> {
  const told = await client.auth.test();
  const {
    team_id: team = '',
    team: workspace = '',
    user: name = '',
    user_id: user = '',
    bot_id: bot = '',
  } = told;
  return { team, enterprise: told.enterprise_id ?? null, workspace, name, user, bot };
}
