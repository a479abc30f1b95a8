import type { Asked, Reply } from './door.ts';
import type { World } from './world.ts';

/** Takes the bytes of an announced file, as they are or in a form; as many as were announced. */
export async function answerUpload(world: World, { what: id, headers, body }: Asked): Promise<Reply> {
  const file = world.files.get(id);
  const bytes = await bytesOf(headers['content-type'] ?? '', body);
  if (!file || file.bytes) return { status: 400, body: 'no such file' };
  if (bytes.length !== file.length)
    return { status: 400, body: `announced ${file.length} bytes, got ${bytes.length}` };
  file.bytes = bytes;
  return { status: 200, body: `OK - ${bytes.length}` };
}

async function bytesOf(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const [, part] of form) if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
}
