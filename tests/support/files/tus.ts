import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { AppError } from "~/platform/errors";
import { loader as media } from "../../../app/routes/media.$id/route";
import { action as upload, loader as uploaded } from "../../../app/routes/uploads.$/route";
import { openServer, type TestServer } from "../raw-http";
import { withProduct } from "../world";

export { idOf, type Tus, tusOf } from "./tus-client";

type Args = Parameters<typeof upload>[0];

/** The routes of files, as Remix would call them. */
async function answer(request: Request, context: Args["context"]): Promise<Response> {
  const { pathname } = new URL(request.url);
  const args = { request, context, params: { id: pathname.split("/")[2] } } as Args;
  try {
    if (pathname.startsWith("/media/")) return await media(args);
    return await (["GET", "HEAD"].includes(request.method) ? uploaded(args) : upload(args));
  } catch (error) {
    const { code, status = 500 } = error as AppError;
    return Response.json({ code: code ?? String(error) }, { status });
  }
}

/** The routes of files on a port, with a database and a folder of their own. */
export function withFiles(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "guazu-files-"));
  withProduct({ DATA_DIR: folder, ...settings });
  const opened: { server?: TestServer } = {};
  beforeAll(async () => {
    opened.server = await openServer({ handler: answer as never });
  });
  afterAll(async () => {
    await opened.server?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, url: () => opened.server?.url ?? "" };
}
