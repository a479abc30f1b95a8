import { neededText } from '../arguments.ts';
import { refuse } from '../refusal.ts';
import { type Methods, tier4 } from './method.ts';

export const identity: Methods = {
  'auth.test': {
    scopes: [],
    limit: 600,
    run(world) {
      return {
        url: 'https://kindred.slack.com/',
        team: 'Kindred shop',
        team_id: world.team,
        user: 'kindred',
        user_id: world.app.botUser,
        bot_id: world.app.botId,
        is_enterprise_install: false,
      };
    },
  },
  'users.info': {
    scopes: ['users:read'],
    limit: tier4,
    run(world, args) {
      const user = world.users.get(neededText(args, 'user', 'user_not_found'));
      if (!user) return refuse('user_not_found');
      return { user: { ...user, team_id: world.team, profile: { real_name: user.real_name } } };
    },
  },
};
