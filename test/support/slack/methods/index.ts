import { assistant } from './assistant.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { identity } from './identity.ts';
import type { Methods } from './method.ts';

export const methods: Methods = { ...assistant, ...chat, ...conversations, ...identity };
