import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { connect } from "node:net";
import type { Duplex } from "node:stream";

/** Is asked for and never answered. */
export const NEVER = "/assets/never.js";

/**
 * Stands before a product as the same one of a later build: its worker is another, and its pages say so (`data-build`). All
 * else passes as it is.
 */
export async function startLaterBuild(product: number): Promise<{ port: number; close(): void }> {
  const open = new Set<Duplex>();
  const toProduct = (asked: IncomingMessage, headers = asked.headers) =>
    request({ port: product, host: "127.0.0.1", method: asked.method, path: asked.url, headers });
  const answer = (asked: IncomingMessage, response: ServerResponse) => {
    if (asked.url === NEVER) return;
    const plain = { ...asked.headers, "accept-encoding": "identity", "if-none-match": "" };
    const onward = toProduct(asked, plain);
    onward.on("error", () => response.destroy());
    onward.on("response", async (got) => {
      const isScript = asked.url === "/sw.js";
      const isPage = String(got.headers["content-type"]).startsWith("text/html");
      if (!isScript && !isPage) return got.pipe(response.writeHead(got.statusCode ?? 502, got.headers));
      const chunks: Buffer[] = [];
      for await (const chunk of got) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const later = isScript
        ? `${text.replaceAll("build ", "later build ")}\n`
        : text.replace("<html", '<html data-build="later"');
      const { "content-length": _, etag: __, ...headers } = got.headers;
      return response.writeHead(got.statusCode ?? 502, headers).end(later);
    });
    asked.pipe(onward);
  };
  const server = createServer(answer);
  server.on("upgrade", (asked, socket, head) => {
    const onward = connect(product, "127.0.0.1", () => {
      const lines = asked.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? `${name}: ${all[at + 1]}` : []));
      onward.write(`${asked.method} ${asked.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const one of [socket, onward]) one.on("error", () => [socket, onward].map((each) => each.destroy()));
    open.add(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}
