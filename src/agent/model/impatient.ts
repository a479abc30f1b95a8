/**
 * A `fetch` that gives up on an answer that began and then says nothing for `patience` milliseconds. The client's own
 * time-out ends where the answer begins, and a stream that hangs would hang for ever.
 */
export function impatient(patience: number): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (!response.body) return response;
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(watch(patience)), { status, statusText, headers });
  };
}

function watch(patience: number): TransformStream<Uint8Array, Uint8Array> {
  let timer: NodeJS.Timeout | undefined;
  const wait = (controller: TransformStreamDefaultController<Uint8Array>) => {
    clearTimeout(timer);
    timer = setTimeout(
      () => controller.error(new Error(`nothing came for ${patience / 1000} seconds`)),
      patience,
    );
    // An answer that is given up otherwise leaves it behind; it must not hold the process.
    timer.unref();
  };
  return new TransformStream({
    start: wait,
    transform(chunk, controller) {
      wait(controller);
      controller.enqueue(chunk);
    },
    flush: () => clearTimeout(timer),
  });
}
