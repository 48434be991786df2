export type Sender = { authorization: string } | { cookie: string };
export type Metadata = Record<string, string>;

const encode = (metadata: Metadata) =>
  Object.entries(metadata)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString("base64")}`)
    .join(",");

/** A client of the tus protocol. */
export function tusOf(url: () => string, sender: Sender) {
  const ask = (method: string, id: string, headers: Record<string, string> = {}, body?: BodyInit) =>
    fetch(`${url()}/uploads${id && `/${id}`}`, {
      method,
      body,
      headers: { "tus-resumable": "1.0.0", ...sender, ...headers },
      duplex: "half",
    } as RequestInit);
  const create = (size: number | null, metadata: Metadata) =>
    ask("POST", "", {
      ...(size === null ? { "upload-defer-length": "1" } : { "upload-length": String(size) }),
      "upload-metadata": encode(metadata),
    });
  const patch = (id: string, offset: number, body: BodyInit, headers = {}) =>
    ask(
      "PATCH",
      id,
      { "upload-offset": String(offset), "content-type": "application/offset+octet-stream", ...headers },
      body,
    );
  return {
    ask,
    create,
    patch,
    /** How many bytes the server has; null where it knows no such upload. */
    async offset(id: string) {
      const answered = await ask("HEAD", id);
      return answered.ok ? Number(answered.headers.get("upload-offset")) : null;
    },
    /** Uploads in one go, and gives the id. */
    async send(content: Uint8Array | string, metadata: Metadata): Promise<string> {
      const bytes = Buffer.from(content);
      const id = idOf(await create(bytes.length, metadata));
      const done = await patch(id, 0, bytes);
      if (done.status !== 204) throw new Error(`${done.status} ${await done.text()}`);
      return id;
    },
    get: (id: string, headers: Record<string, string> = {}, query = "") =>
      fetch(`${url()}/media/${id}${query}`, { headers: { ...sender, ...headers } }),
  };
}

export type Tus = ReturnType<typeof tusOf>;

/** The id of an upload that was begun. */
export function idOf(created: Response): string {
  const [, id] = /^\/uploads\/([0-9a-f-]{36})$/.exec(created.headers.get("location") ?? "") ?? [];
  if (!id) throw new Error(`no upload: ${created.status}`);
  return id;
}
