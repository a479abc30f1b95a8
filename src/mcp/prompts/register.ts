import type { McpServer } from '@modelcontextprotocol/server';
import type { App } from '../../app.ts';
import type { Caller } from '../caller.ts';

export function registerPrompts(_server: McpServer, _app: App, _caller: Caller): void {}
