/** Bytes 0x80 to 0x9f, in which Windows-1252 differs from Latin-1; the rest are the same. */
const special = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Decodes Windows-1252. Node's own decoder takes it for Latin-1 in some versions that Kindred runs on. */
export function decodeWindows1252(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/[\x80-\x9f]/g, character => special[character.charCodeAt(0) - 0x80]!);
}
