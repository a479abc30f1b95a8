import { fileURLToPath } from 'node:url';
import type { Config } from '../../config.ts';
import type { BundleTarget } from './manifest.ts';

/** Kindred as it runs now: the bundle starts the same one, whatever else is on the machine. */
export function thisInstallation({ dataDir, warehouseUrl, databaseUrl }: Config): BundleTarget {
  return {
    kind: 'folder',
    dataDir,
    node: process.execPath,
    main: fileURLToPath(new URL('../../../dist/main.js', import.meta.url)),
    stores: { warehouse: warehouseUrl !== undefined, state: databaseUrl !== undefined },
  };
}
