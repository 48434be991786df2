import { eq } from "drizzle-orm";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { signedLink } from "~/modules/files/index.server";
import { eraseContact } from "~/modules/tickets/erasing/erase-contact.server";
import { requestErasure } from "~/modules/tickets/erasing/request-erasure.server";
import { sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { tusOf, withFiles } from "../../support/files/tus";
import { attempt } from "../../support/webhooks";
import { type Customer, makeCustomer, makeWorld, type World } from "../../support/world";

const { url } = withFiles();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const soon = () => new Date(Date.now() + 60_000);

/** Where a provider would look for it: the address as it is told, on this test's port. */
const addressOf = (id: string, until = soon()) => {
  const { pathname, search } = new URL(signedLink(id, until));
  return `${url()}${pathname}${search}`;
};
const statusOf = async (address: string) => (await fetch(address)).status;

/** A customer's conversation, and a file that was sent in it. */
async function sentFile(
  content: Uint8Array | string = "hola",
  filename = "nota.txt",
  of: World = world,
): Promise<{ customer: Customer; id: string; messageId: string }> {
  const customer = await makeCustomer(of);
  const guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
  const id = await guest.send(content, { conversation: customer.conversationId, filename });
  const { row } = await sendMessage(customer.guest, {
    ...{ conversationId: customer.conversationId, clientId: newId(), text: "", visibility: "public" as const },
    attachments: [id],
  });
  return { customer, id, messageId: row.id };
}

describe("a file's signed address (TF9)", () => {
  it("opens that file alone, without a session, and no other of any organisation", async () => {
    const { id } = await sentFile();
    const theirs = await sentFile("ajeno", "ajeno.txt", await makeWorld());
    const answered = await fetch(addressOf(id));
    expect([answered.status, await answered.text()]).toEqual([200, "hola"]);
    const { search } = new URL(addressOf(id));
    expect(await statusOf(`${url()}/media/${theirs.id}${search}`)).toBe(404);
    expect(await statusOf(`${url()}/media/${newId()}${search}`)).toBe(404);
    expect(await statusOf(addressOf(newId()))).toBe(404);
  });

  it("is closed once its time is over, and with a changed time or signature", async () => {
    const { id } = await sentFile();
    expect(await statusOf(addressOf(id, new Date(Date.now() - 1_000)))).toBe(404);
    const changed = (name: string, value: (before: string) => string) => {
      const address = new URL(addressOf(id));
      address.searchParams.set(name, value(address.searchParams.get(name) ?? ""));
      return address.href;
    };
    for (const address of [
      changed("until", (before) => String(Number(before) + 3_600)),
      changed("until", (before) => `${before} `),
      changed("until", () => "9".repeat(40)),
      changed("signature", (before) => before.slice(0, -2)),
      changed("signature", (before) => (before.startsWith("A") ? `B${before.slice(1)}` : `A${before.slice(1)}`)),
      changed("signature", () => ""),
    ])
      expect(await statusOf(address), address).toBe(404);
  });

  it("is closed to a member too, who shows a wrong signature beside a right session", async () => {
    const { id, customer } = await sentFile();
    const address = new URL(addressOf(id));
    address.searchParams.set("signature", "x");
    const headers = { authorization: `Bearer ${customer.token}` };
    expect((await fetch(address, { headers })).status).toBe(404);
    expect((await fetch(`${url()}/media/${id}`, { headers })).status).toBe(200);
  });

  it("is closed as long as the file is not sent, and where it is a note", async () => {
    const { customer } = await sentFile();
    const guest = tusOf(url, { authorization: `Bearer ${customer.token}` });
    const unsent = await guest.send("x", { conversation: customer.conversationId, filename: "x" });
    expect(await statusOf(addressOf(unsent))).toBe(404);
    const { id, messageId } = await sentFile();
    await asSystem("test", (tx) =>
      tx.update(schema.message).set({ visibility: "staff" }).where(eq(schema.message.id, messageId)),
    );
    expect(await statusOf(addressOf(id))).toBe(404);
  });

  it("is closed once the message is deleted, or its customer's data", async () => {
    const { id, messageId, customer } = await sentFile();
    expect(await statusOf(addressOf(id))).toBe(200);
    await takeBack(customer.guest, messageId);
    expect(await statusOf(addressOf(id))).toBe(404);

    const erased = await sentFile();
    expect(await statusOf(addressOf(erased.id))).toBe(200);
    const { contactId } = erased.customer.guest;
    const erasureId = await requestErasure(world.admin, world.orgId, {
      contactId,
      typedName: "Rosa",
      reason: "lo pidió",
    });
    await eraseContact.run({ erasureId }, attempt());
    expect(await statusOf(addressOf(erased.id))).toBe(404);
  });

  it("is kept by nobody on the way, is what it says it is, and runs nothing", async () => {
    const { id } = await sentFile("<script>alert(1)</script>", 'precios "2026".html');
    const { headers } = await fetch(addressOf(id));
    expect(headers.get("cache-control")).toBe("private, no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-type")).toBe("application/octet-stream");
    expect(headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(headers.get("content-security-policy")).toMatch(/^sandbox; default-src 'none'/);
    expect(headers.get("set-cookie")).toBeNull();

    const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    const shown = await fetch(addressOf((await sentFile(picture, "foto.png")).id));
    expect([shown.headers.get("content-type"), shown.headers.get("content-disposition")?.slice(0, 6)]).toEqual([
      "image/png",
      "inline",
    ]);
    expect(shown.headers.get("cache-control")).toBe("private, no-store");
    expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
    expect(Buffer.from(await shown.arrayBuffer()).equals(picture)).toBe(true);
  });
});
