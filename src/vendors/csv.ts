import { access, constants, mkdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { OperatorError } from '../errors.ts';
import type { Connection, Platform, Vendor } from './vendor.ts';

/** The folder of the connection's files. */
export function csvFolder({ settings, name }: Connection, { outDir }: Platform): string {
  return settings.folder || join(outDir, name);
}

export const csvVendor: Vendor = {
  name: 'csv',
  title: 'CSV files',
  fields: [
    {
      id: 'folder',
      label: 'Folder',
      help: 'A file for each audience is written there, which only this user may read. Blank for the folder out in the data folder.',
      secret: false,
      fallback: '',
      problem: value => (value === '' || isAbsolute(value) ? null : 'is no absolute path'),
    },
  ],
  async test(connection, platform) {
    const folder = csvFolder(connection, platform);
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch (error) {
      throw new OperatorError(
        `Nothing can be written into ${folder}.`,
        'Choose another folder, or give this user the right to write there.',
        { cause: error },
      );
    }
    return { account: folder, missing: [] };
  },
};
