import type { FastifyRequest } from 'fastify';

/** Whether a name or address can only mean the machine it is used on. IPv6 with or without brackets. */
export function isLoopback(name: string): boolean {
  return /^(localhost|(::ffff:)?127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(name);
}

const passedOn = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
];

/** Whether a process of this machine sends the request, for itself: a proxy beside the server speaks for others. */
export function fromThisMachine({ socket, headers }: FastifyRequest): boolean {
  const { remoteAddress = '', localAddress } = socket;
  // From an address of its own to the same one: how a machine reaches a server that listens on that address alone.
  const own = isLoopback(remoteAddress) || remoteAddress === localAddress;
  return own && !passedOn.some(name => name in headers);
}
