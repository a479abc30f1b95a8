/** Run by the build, as a process of its own for the sake of memory. */
import { builtTemplate, makeTemplate } from './pglite.ts';

await makeTemplate(builtTemplate);
