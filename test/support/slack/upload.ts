import type { IncomingMessage, ServerResponse } from 'node:http';
import { changed, type World } from './world.ts';

/** Takes the bytes of an announced file, as they are or in a form; as many as were announced. */
export async function answerUpload(
  world: World,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const file = world.files.get(id);
  const bytes = await bytesOf(request.headers['content-type'] ?? '', body);
  if (!file || file.bytes || bytes.length !== file.length) {
    response
      .writeHead(400)
      .end(file ? `announced ${file.length} bytes, got ${bytes.length}` : 'no such file');
    return;
  }
  file.bytes = bytes;
  changed(world);
  response.writeHead(200).end(`OK - ${bytes.length}`);
}

async function bytesOf(contentType: string, body: Buffer): Promise<Buffer> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': contentType },
  }).formData();
  for (const [, part] of form) if (typeof part !== 'string') return Buffer.from(await part.arrayBuffer());
  return Buffer.alloc(0);
}
