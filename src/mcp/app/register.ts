import type { McpServer } from '@modelcontextprotocol/server';

export function registerChartsView(_server: McpServer): void {}
