import { type Messages, messagesAddress } from '../../connections/messages.ts';
import type { Vendor } from '../../vendors/vendor.ts';
import { wrap } from './text.ts';

/** What the vendor sends where from now on; where it was not asked to, how it can be. */
export function messagesView(vendor: Vendor, name: string, messages: Messages | null, width: number): string {
  if (!vendor.messages) return '';
  const lines = messages
    ? [
        messages.begun.length > 0
          ? `${vendor.title} sends to ${messages.address} from now on: ${messages.begun.join(', ')}.`
          : `${vendor.title} sends to ${messages.address} what it sent there before.`,
        messages.help,
      ]
    : [
        `To know at once what happens there, let ${vendor.title} send it to ${messagesAddress(vendor, name, 'https://YOUR-SERVER')}; \`kindred connect ${vendor.name} --name ${name} --messages-to https://YOUR-SERVER\` has it do so.`,
      ];
  return `${lines.map(line => wrap(line, width)).join('\n')}\n`;
}
