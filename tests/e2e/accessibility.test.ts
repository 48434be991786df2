import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { agentComes, bubble, comesAlive, customerComes, row, says, stands } from "./people";
import { violations } from "./violations";

/** Where people work and administer. */
const PAGES = [
  ...[
    "/settings",
    "/chats",
    "/organisations/new",
    "/contacts",
    "/contacts/import",
    "/notices",
    "/replies",
    "/macros",
    "/bots",
  ],
  ...["/search", "/search?q=hola"],
  ...["/reports", "/reports?name=first_reply&group=agent", "/reports?group=hour_of_week", "/reports/board", "/admin"],
  ...[
    "organisation",
    "members",
    "areas",
    "hours",
    "channels",
    "macros",
    "tags",
    "fields",
    "closing",
    "tokens",
    "audit",
    "data",
  ].map((page) => `/admin/${page}`),
  ...["dead-letters", "links", "widget", "webhooks", "notifications", "answers", "secrets", "ai"].map(
    (page) => `/admin/${page}`,
  ),
];

describe("accessibility, light and dark", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it.each(["/", "/login", "/signup", "/reset", "/c/demo"])("has no violation on %s", async (path) => {
    const { page } = await stage.visitor({ bypassCSP: true });
    await page.goto(product.url + path);
    await comesAlive(page);
    expect(await violations(page)).toEqual([]);
  });

  it("has no violation in a running conversation of the public chat", async () => {
    const { page } = await customerComes(stage, product.url, { bypassCSP: true });
    await says(page, "hola");
    await bubble(page, "¿En qué te podemos ayudar?").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("has no violation in a chat inside the app", async () => {
    const options = { bypassCSP: true, next: "/chats" };
    const { page } = await agentComes(stage, product.url, "cliente@demo.test", options);
    await page.getByLabel("Usuario o correo").fill("demo");
    await page.getByRole("button", { name: "Abrir chat" }).click();
    await says(page, "hola desde adentro");
    await bubble(page, "¿En qué te podemos ayudar?").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("has no violation around the chats", async () => {
    const { page } = await agentComes(stage, product.url, "cliente@demo.test", {
      bypassCSP: true,
      next: "/chats/new",
    });
    await page.getByLabel("Nombre del grupo").fill("Torneo");
    await page.getByRole("button", { name: "Crear grupo" }).click();
    await page.waitForURL(/\/chats\/[0-9a-f-]{36}/);
    const chat = new URL(page.url()).pathname;
    for (const path of [
      `${chat}/people`,
      `${chat}/media`,
      "/chats/search?q=hola",
      "/chats/starred",
      "/chats/new",
      "/share",
    ]) {
      await page.goto(product.url + path);
      await comesAlive(page);
      expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    }
    await page.goto(`${product.url}${chat}/people`);
    await page.getByRole("button", { name: "Crear enlace" }).click();
    await page.goto(await page.getByLabel("Enlace", { exact: true }).inputValue());
    await page.getByRole("heading", { name: /Torneo/ }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("has no violation where people work and administer", async () => {
    const { page } = await agentComes(stage, product.url, "admin@demo.test", {
      bypassCSP: true,
      next: "/inbox?view=all",
    });
    await stands(row(page, "Lucía Romero"));
    expect(await violations(page)).toEqual([]);
    await row(page, "Lucía Romero").click();
    await bubble(page, "Ventas").first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const path of PAGES) {
      await page.goto(product.url + path);
      await comesAlive(page);
      expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    }
  });
});
