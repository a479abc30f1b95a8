import { withoutLinks } from '../../segmentation/links.ts';
import { maskNames } from './names-in-text.ts';

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Nine digits or more, in groups or not; "1,234,567,890" is an amount. */
const phone = /(?<![\w.,£$€-])\+?\(?\d(?:[ ()/-]{0,2}\d){8,}(?![\w,]|\.\d)/g;

/** Takes e-mail addresses, telephone numbers and links out of a text, whoever wrote it. */
export function withoutIdentifiers(text: string): string {
  const plain = withoutLinks(text.replaceAll(address, '(an e-mail address)'));
  // Two dates beside each other look like a number to call.
  const { text: masked } = maskNames(plain);
  return [...masked.matchAll(phone)].reduceRight(
    (left, { 0: found, index }) =>
      `${left.slice(0, index)}(a telephone number)${left.slice(index + found.length)}`,
    plain,
  );
}
