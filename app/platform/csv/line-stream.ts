/**
 * A file's lines, read in pieces as fast as they are taken, so that one of any size holds nothing up.
 * @param head what stands before the first line
 * @param page the lines after a place, and the next place; null for the begin, and where there is no more
 */
export function lineStream(
  head: string,
  page: (after: string | null) => Promise<{ lines: string; next: string | null }>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: string | null = null;
  return new ReadableStream({
    start: (controller) => {
      if (head) controller.enqueue(encoder.encode(head));
    },
    async pull(controller) {
      const { lines, next } = await page(after);
      if (lines) controller.enqueue(encoder.encode(lines));
      after = next;
      if (next === null) controller.close();
    },
  });
}
