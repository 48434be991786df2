import { beforeAll, describe, expect, it } from "vitest";
import { listAudit, runAs } from "~/modules/accounts/index.server";
import { createCsvParser } from "~/modules/contacts";
import { createField } from "~/modules/contacts/index.server";
import { forbidden } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { createContact } from "../contacts/change-contact.server";
import { listContacts } from "../lists/read-contacts.server";
import { beginExport, exportContacts } from "./export-contacts.server";
import { importContacts } from "./import-contacts.server";
import { importReport, listImports } from "./read-imports.server";

withProduct();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

async function* bytes(content: string | Buffer, size = 7) {
  const all = Buffer.from(content);
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}
const options = (columns: string[], more: object = {}) =>
  ({ fileName: "c.csv", columns, dryRun: false, existing: "update", ...more }) as const;
const all = async () => (await listContacts(world.admin, world.orgId, { limit: 100 })).contacts;

describe("reading contacts in", () => {
  it("reports each wrong line, tries without storing, and meets who is there by telephone or address", async () => {
    const { orgId, admin } = world;
    await transact(admin, { orgId }, (ctx) =>
      createField(ctx, { orgId, subject: "contact", label: "Edad", kind: "number" }),
    );
    const known = await createContact(admin, orgId, { name: "Vieja", phone: "+541155550001", notes: "queda" });
    const file = [
      "Nombre;Tel;Correo;Edad;Etiquetas",
      "Núñez;011 15 5555-0001;;40;a,b",
      "Mala;12;;;",
      'Peor;;no-es;"x"',
      ";;;;",
      "Nueva;;n@example.test;3,5;",
      "Otra vez;;N@example.test;;",
      "De más;;;;;;z",
    ].join("\r\n");
    const columns = ["name", "phone", "email", "field:edad", "tags"];
    const tried = await importContacts(admin, orgId, bytes(file), options(columns, { dryRun: true }));
    expect(await all()).toHaveLength(1);
    const { id, report } = await importContacts(admin, orgId, bytes(file), options(columns));
    expect({ ...report, problems: 0 }).toEqual({ ...tried.report, problems: 0 });
    expect(report).toMatchObject({ lines: 7, created: 1, updated: 2, skipped: 0, wrong: 4 });
    expect(report.problems).toEqual([
      { line: 3, column: "phone", code: "contact_phone_invalid", value: "12" },
      { line: 4, column: "email", code: "contact_email_invalid", value: "no-es" },
      { line: 5, column: "name", code: "contact_name_invalid", value: "" },
      { line: 8, column: null, code: "too_many_cells", value: "" },
    ]);
    expect((await all()).map(({ name, fields }) => [name, fields])).toEqual([
      ["Otra vez", { edad: 3.5 }],
      ["Núñez", { edad: 40 }],
    ]);
    expect((await all()).find((one) => one.id === known.id)).toMatchObject({ notes: "queda", tags: ["a", "b"] });
    expect(await importReport(admin, orgId, id)).toContain("3,phone,contact_phone_invalid,12\r\n");
    const again = await importContacts(admin, orgId, bytes(file), options(columns, { existing: "skip" }));
    expect(again.report).toMatchObject({ created: 0, updated: 0, skipped: 3 });
  });

  it("reads Latin-1, and says where a file breaks off", async () => {
    const { orgId, admin } = await makeWorld();
    const file = Buffer.from('name,notes\nÑandú,"á\nb"\nRoto,"sin fin\n', "latin1");
    const { report } = await importContacts(admin, orgId, bytes(file, 3), options(["name", "notes"]));
    expect(report).toMatchObject({ created: 1, problems: [{ line: 4, column: null, code: "quote_open", value: "" }] });
    const [one] = (await listContacts(admin, orgId, { limit: 1 })).contacts;
    expect(one).toMatchObject({ name: "Ñandú", notes: "á\nb" });
  });

  it("keeps what came, and a report of it, where the way of the file breaks", async () => {
    const { orgId, admin } = await makeWorld();
    const broken = async function* () {
      yield Buffer.from(`name\n${"Rosa\n".repeat(1_000)}`);
      throw new Error("aborted");
    };
    const { id, report } = await importContacts(admin, orgId, broken(), options(["name"]));
    expect(report).toMatchObject({ created: 1_000, wrong: 1, problems: [{ line: 1_002, code: "file_broken_off" }] });
    expect((await listImports(admin, orgId)).map((one) => one.id)).toEqual([id]);
    const nothing = await importContacts(admin, orgId, bytes(""), options(["name"]));
    expect(nothing.report).toMatchObject({ lines: 0, created: 0 });
  });

  it("is for admins, and takes no columns that are none (TA13)", async () => {
    const { orgId } = world;
    const run = (actor: World["admin"], columns: string[]) =>
      importContacts(actor, orgId, bytes("a\nb"), options(columns));
    await expect(run(world.agent, ["name"])).rejects.toMatchObject({ status: 403 });
    await expect(run(world.admin, ["phone"])).rejects.toMatchObject({ code: "import_needs_name" });
    for (const columns of [
      ["name", "org_id"],
      ["name", "name"],
      ["name", "field:nada"],
    ])
      await expect(run(world.admin, columns)).rejects.toMatchObject({ code: "import_columns_invalid" });
  });
});

describe("the export", () => {
  const read = async (stream: ReadableStream<Uint8Array>) => {
    const parser = createCsvParser(",");
    const rows = parser.push((await new Response(stream).text()).replace("\ufeff", ""));
    return [...rows, ...parser.end().records].map(({ cells }) => cells);
  };

  it("holds each contact with all fields, and no formula (TA19)", async () => {
    const own = await makeWorld();
    await createContact(own.admin, own.orgId, { name: "=HYPERLINK(1)", notes: "+cmd|x", phone: "+541155550001" });
    const rows = await read(await exportContacts(own.admin, own.orgId, async () => own.admin));
    expect(rows[0]?.slice(0, 4)).toEqual(["id", "name", "phone", "email"]);
    expect(rows[1]?.slice(1, 5)).toEqual(["'=HYPERLINK(1)", "+541155550001", "", "'+cmd|x"]);
    expect(rows).toHaveLength(2);
  });

  it("is one line of the log, however many pages it has, and one too for who begins in its midst", async () => {
    const own = await makeWorld();
    const { orgId, admin } = own;
    const lines = async () => {
      const { entries } = await runAs(
        admin,
        orgId,
      )((ctx) => listAudit(ctx, { orgId, action: "contacts.exported", limit: 10 }));
      return entries.length;
    };
    await beginExport(admin, orgId, newId());
    expect(await lines()).toBe(1);
    await beginExport(admin, orgId);
    for (const _ of [1, 2, 3]) await beginExport(admin, orgId, newId());
    expect(await lines()).toBe(2);
    await beginExport(admin, orgId);
    expect(await lines()).toBe(3);
  });

  it("is refused to agents and strangers, and stops for who is no admin any more (TA18)", async () => {
    const { orgId, admin } = world;
    const stranger = await makeWorld();
    await expect(exportContacts(world.agent, orgId, async () => world.agent)).rejects.toMatchObject({ status: 403 });
    await expect(exportContacts(stranger.admin, orgId, async () => stranger.admin)).rejects.toMatchObject({
      status: 404,
    });
    const lost = await exportContacts(admin, orgId, async () => {
      throw forbidden();
    });
    await expect(read(lost)).rejects.toMatchObject({ status: 403 });
  });
});
