import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { createResetLink, createToken, inviteMember } from "~/modules/accounts/index.server";
import { addChannel, webhookSecrets } from "~/modules/channels/index.server";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transact, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { openSettings } from "../../../app/modules/channels/sealed-settings.server";
import { makeAccount, PASSWORD } from "../../support/accounts/people";
import { runQuery } from "../../support/postgres-query";
import { connectWhatsapp, makeCustomer, makeWorld, withProduct } from "../../support/world";

withProduct();

/** All that a dump of the database would hold, in its own words: bytes as hexadecimal digits. */
async function dump(): Promise<string> {
  const { url } = database();
  const tables = (await runQuery(
    url,
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
      where schemaname not in ('pg_catalog', 'information_schema')`,
  )) as { name: string }[];
  const parts: string[] = [];
  for (const { name } of tables) {
    const [row] = await runQuery(url, `select coalesce(string_agg(t::text, e'\\n'), '') as rows from ${name} t`);
    parts.push(String(row?.rows));
  }
  return parts.join("\n");
}

it("a dump of the database holds no secret that opens anything, in no spelling (TK2)", async () => {
  const world = await makeWorld();
  const mark = `canario-${newId()}`;
  const settings = { phone_number_id: "990", waba_id: "100", access_token: `${mark}-token`, app_secret: `${mark}-app` };
  await addChannel(world.admin, { orgId: world.orgId, kind: "whatsapp", settings });
  const ana = await makeAccount();
  const reset = (await createResetLink(ana.email))?.link.split("token=")[1] ?? "";
  const { token } = await transactAsSystem(SYSTEM, "test", (ctx) =>
    createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "x", scopes: ["*"] }),
  );
  const guest = await makeCustomer(world);
  const scope = { orgId: world.orgId, accountId: world.admin.accountId };
  const { link } = await transact(world.admin, scope, (ctx) =>
    inviteMember(ctx, { orgId: world.orgId, role: "agent", areaIds: [], email: null }),
  );
  const secrets = [mark, PASSWORD, reset, token, guest.token, link.split("/").at(-1) ?? ""];
  const all = await dump();
  // It is the dump that is looked for: what is no secret stands in it.
  expect(all).toContain(world.orgId);
  expect(all).toContain(ana.email);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(10);
    const bytes = Buffer.from(secret);
    for (const spelling of [secret, bytes.toString("hex"), bytes.toString("base64").slice(0, -4)])
      expect(all.includes(spelling), secret).toBe(false);
  }
});

it("what was sealed for one channel opens for no other, in its organisation or elsewhere (TK2)", async () => {
  const [a, b] = [await makeWorld(), await makeWorld()];
  const mine = await connectWhatsapp(a, "991", "secret of A");
  const others = [await connectWhatsapp(a, "992", "another of A"), await connectWhatsapp(b, "993", "secret of B")];
  const { channel } = schema;
  const sealedOf = async (id: string) => {
    const [row] = await asSystem("test", (tx) => tx.select().from(channel).where(eq(channel.id, id)));
    return { orgId: row?.orgId ?? "", sealed: row?.sealedSettings ?? Buffer.alloc(0) };
  };
  const own = await sealedOf(mine.id);
  expect(openSettings(own.sealed, { orgId: own.orgId, channelId: mine.id })).toMatchObject({
    app_secret: "secret of A",
  });
  for (const { id } of others) {
    await asSystem("test", (tx) =>
      tx.execute(
        sql`update channel set sealed_settings = (select sealed_settings from channel where id = ${mine.id}) where id = ${id}`,
      ),
    );
    const { orgId, sealed } = await sealedOf(id);
    expect(() => openSettings(sealed, { orgId, channelId: id })).toThrow();
  }
  // Nobody's webhooks are taken for another's by it.
  const bindings = (await webhookSecrets({ anew: true })).secrets.filter(
    ({ secret }) => secret.startsWith("secret of") || secret.startsWith("another"),
  );
  expect(bindings.map(({ secret }) => secret)).toEqual(["secret of A"]);
});
