import { assistant } from './assistant.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { files } from './files.ts';
import { identity } from './identity.ts';
import type { Methods } from './method.ts';
import { streams } from './streams.ts';
import { views } from './views.ts';

export const methods: Methods = {
  ...assistant,
  ...chat,
  ...conversations,
  ...files,
  ...identity,
  ...streams,
  ...views,
};
