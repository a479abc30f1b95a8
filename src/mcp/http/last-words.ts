/**
 * The same stream of events with a beginning and an end: a comment at once, so that the client hears that it is open
 * before anything happens; and, where the server ends it early, an answer that says why, for a client would wait for one.
 */
export function lastWords(response: Response, words: () => object | undefined): Response {
  const { body, headers, status } = response;
  if (body === null || headers.get('content-type') !== 'text/event-stream') return response;
  const reader = body.getReader();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start: controller => controller.enqueue(encoder.encode(': open\n\n')),
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      const said = words();
      if (said) controller.enqueue(encoder.encode(`event: message\ndata: ${JSON.stringify(said)}\n\n`));
      controller.close();
    },
    cancel: reason => reader.cancel(reason),
  });
  return new Response(stream, { status, headers });
}
