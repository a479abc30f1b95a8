import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getMcpConfigForManifest, unpackExtension, validateManifest } from '@anthropic-ai/mcpb';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type BundleTarget, manifestOf } from '../../../src/mcp/bundle/manifest.ts';
import { tools } from '../../../src/tools/registry.ts';
import { folder, kindred } from '../../support/terminal.ts';

const server: BundleTarget = { kind: 'server', url: 'https://kindred.example.com/' };

afterEach(() => vi.restoreAllMocks());

describe('the manifest', () => {
  test('asks for the address and the token, and hides the token', () => {
    const { user_config: asked, server: run } = manifestOf(server);
    expect(asked).toMatchObject({
      address: { required: true, default: 'https://kindred.example.com/' },
      token: { required: true, sensitive: true },
    });
    expect(asked.token).not.toHaveProperty('default');
    expect(Object.keys(run.mcp_config.env)).toEqual(['KINDRED_URL', 'KINDRED_TOKEN']);
  });

  test('asks for addresses of Postgres where Kindred uses it, and never carries them', async () => {
    const data = await folder();
    const env = { KINDRED_DATA: data, DATABASE_URL: 'postgres://ada:secret@db/kindred' };
    const unpacked = await packed([], env);
    expect(unpacked.manifest.user_config).toMatchObject({
      database_url: { required: true, sensitive: true },
    });
    expect(unpacked.text).not.toContain('secret');
  });

  test('names every tool', () => {
    expect(manifestOf(server).tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
  });
});

describe('kindred mcpb', () => {
  test.each([
    ['a folder', []],
    ['a server', ['--server', 'https://kindred.example.com']],
  ])('packs what the packer of bundles takes for valid: for %s', async (_, args) => {
    const told = vi.spyOn(console, 'log').mockImplementation(() => {});
    const { path } = await packed(args);
    expect(validateManifest(path), told.mock.calls.join('\n')).toBe(true);
  });

  test('packs equal bundles into equal files', async () => {
    const [one, other] = [await packed([]), await packed([])];
    expect(one.bytes.equals(other.bytes)).toBe(true);
  });

  test.each(['kindred.example.com', 'ftp://kindred.example.com', 'https://ada:secret@kindred.example.com'])(
    'refuses %s as an address',
    async address => {
      const { code, err } = await kindred(['mcpb', '--server', address]);
      expect(code).toBe(1);
      expect(err).toContain('is no address of a server');
    },
  );

  test('says so where the file cannot be written', async () => {
    const place = join(await folder(), 'kindred.mcpb');
    await mkdir(place);
    const { code, err } = await kindred(['mcpb', '--to', place]);
    expect(code).toBe(1);
    expect(err).toContain('is a folder');
  });

  test('an installed bundle of a folder answers', async () => {
    const { manifest, path } = await packed([]);
    const data = await folder();
    const launch = await getMcpConfigForManifest({
      manifest,
      extensionPath: path,
      systemDirs: {},
      userConfig: { data },
      pathSeparator: '/',
    } as Parameters<typeof getMcpConfigForManifest>[0]);
    expect(JSON.stringify(launch)).not.toContain('user_config');
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: launch!.args ?? [],
      env: { PATH: process.env.PATH ?? '', ...launch!.env },
      stderr: 'ignore',
    });
    const client = new Client({ name: 'test', version: '1' });
    try {
      await client.connect(transport);
      const { tools: listed } = await client.listTools();
      expect(listed.map(({ name }) => name)).toContain('shop_overview');
      const answer = await client.callTool({ name: 'shop_overview', arguments: {} });
      expect(answer.structuredContent).toMatchObject({ orders: 0, segments: null });
    } finally {
      await client.close();
    }
  });
});

/** Packs and unpacks one. */
async function packed(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const place = await folder();
  const file = join(place, 'kindred.mcpb');
  const { code, err } = await kindred(['mcpb', '--to', file, ...args], env);
  expect(err).toBe('');
  expect(code).toBe(0);
  const path = join(place, 'unpacked');
  expect(await unpackExtension({ mcpbPath: file, outputDir: path, silent: true })).toBe(true);
  const text = await readFile(join(path, 'manifest.json'), 'utf8');
  return { path, text, manifest: JSON.parse(text), bytes: await readFile(file) };
}
