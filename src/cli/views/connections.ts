import { destinationOf } from '../../activation/destinations/registry.ts';
import type { Connected } from '../../connections/connect.ts';
import type { Disconnected } from '../../connections/disconnect.ts';
import type { ListedConnection, Tested } from '../../connections/list.ts';
import { sourceOf } from '../../sources/vendors/registry.ts';
import { vendorNamed } from '../../vendors/registry.ts';
import type { Vendor, VendorName } from '../../vendors/vendor.ts';
import { textTable } from './table.ts';
import { indent, oneLine, wrap } from './text.ts';

/** What can be connected, and what for. */
export function vendorsView(vendors: readonly Vendor[], width: number): string {
  const table = textTable(
    [{ head: 'Vendor' }, { head: 'What it is' }, { head: 'What for', grows: true }],
    vendors.map(({ name, title }) => [name, title, useOf(name)]),
    width,
  );
  return `${table}\nConnect one with \`kindred connect VENDOR\`, which asks for what it needs.\n`;
}

function useOf(vendor: VendorName): string {
  const source = sourceOf(vendor);
  const uses = [
    ...(source ? [`pulls ${listed(source.streams.map(({ title }) => title))}`] : []),
    ...(destinationOf(vendor) ? ['takes audiences'] : []),
  ];
  return uses.join('; ');
}

/** "a, b and c". */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export function connectedView(
  { name, vendor, title, account, missing, before, paused, changed }: Connected,
  width: number,
): string {
  const hasSecrets = vendorNamed(vendor)?.fields.some(({ secret }) => secret) ?? false;
  const use = sourceOf(vendor as VendorName)
    ? `Pull from it with \`kindred sync-in ${name}\`.`
    : destinationOf(vendor as VendorName)
      ? `Keep an audience there with \`kindred sync add --help\`.`
      : '';
  const lines = [
    `${changed ? 'Changed' : 'Connected'} ${name}: ${title}, ${oneLine(account)}.${hasSecrets ? ' Its credentials work, and are kept sealed.' : ''}`,
    ...(before === null
      ? []
      : [
          `It was ${oneLine(before)} before.${sourceOf(vendor as VendorName) ? ' All is pulled from the beginning, and what was pulled then stays.' : ''}`,
        ]),
    ...paused.map(
      id =>
        `The sync ${id} goes over it and is paused: \`kindred sync resume ${id}\` has it go on there, \`kindred sync end ${id}\` ends it.`,
    ),
    ...(missing.length > 0 ? [missingText(missing)] : []),
    ...(use ? [use] : []),
  ];
  return `${lines.map(line => wrapAll(line, width)).join('\n')}\n`;
}

const missingText = (missing: readonly string[]) =>
  `What it cannot do yet:\n${missing.map(one => `- ${oneLine(one)}`).join('\n')}`;

const wrapAll = (text: string, width: number) =>
  text
    .split('\n')
    .map(line => wrap(line, width))
    .join('\n');

export function connectionsView(connections: readonly ListedConnection[], width: number): string {
  if (connections.length === 0) return 'Nothing is connected yet: `kindred connect` lists what can be.\n';
  return textTable(
    [
      { head: 'Name' },
      { head: 'Vendor' },
      { head: 'Account', grows: true },
      { head: 'What for' },
      { head: 'Last pull' },
      { head: 'Made by' },
    ],
    connections.map(({ name, vendor, title, account, pulledAt, createdBy }) => [
      name,
      title,
      oneLine(account),
      rolesOf(vendor),
      sourceOf(vendor) ? (pulledAt?.slice(0, 16).replace('T', ' ') ?? 'never to its end') : '',
      oneLine(createdBy),
    ]),
    width,
  );
}

function rolesOf(vendor: VendorName): string {
  const roles = [...(sourceOf(vendor) ? ['source'] : []), ...(destinationOf(vendor) ? ['destination'] : [])];
  return roles.join(', ');
}

export function testedView(
  { name, title }: { name: string; title: string },
  tested: Tested,
  width: number,
): string {
  if ('problem' in tested) return `${name} (${title}) does not work:\n${indent(tested.problem, 2)}\n`;
  const works = wrap(`${name} (${title}) works: ${oneLine(tested.account)}.`, width);
  return `${works}\n${tested.missing.length > 0 ? `${indent(wrapAll(missingText(tested.missing), width - 2), 2)}\n` : ''}`;
}

export function disconnectedView({ name, ended }: Disconnected, width: number): string {
  const syncs =
    ended.length > 0
      ? ` ${ended.length === 1 ? 'The sync' : `${ended.length} syncs`} over it ended; whom they put there is there still.`
      : '';
  return `${wrap(`Disconnected ${name}: its secrets are gone. What was pulled from it stays.${syncs}`, width)}\n`;
}
