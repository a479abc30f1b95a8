import { buildAudienceTool } from './build-audience.ts';
import type { Tool } from './tool.ts';

/** Every tool, in the order in which surfaces list them. */
export const tools: readonly Tool[] = [buildAudienceTool];
