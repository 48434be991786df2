import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, comesAlive, row } from "./people";

const ANA = "admin@demo.test";
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const CSV = [
  "Nombre;Teléfono;Correo;Etiquetas",
  "=1+1;+54 9 376 455-0101;formula@ejemplo.test;vip",
  "Tito Sosa;no es un teléfono;tito@ejemplo.test;",
  "Nora Paz;+54 9 376 455-0202;nora@ejemplo.test;mayorista",
  ";;sin-nombre;",
].join("\n");

const saves = (page: Page): Promise<void> => page.getByRole("button", { name: "Guardar" }).click();
const nameOf = (page: Page) => page.getByLabel("Nombre", { exact: true });

/** What a press of a link leaves on the disk. */
async function downloads(page: Page, name: string | RegExp): Promise<string> {
  const coming = page.waitForEvent("download");
  const pressed = page.getByRole("link", { name }).or(page.getByRole("button", { name }));
  await pressed.first().click();
  return readFile(await (await coming).path(), "utf8");
}

/** Makes a contact by the page, and stays on its own page. */
async function makes(page: Page, url: string, name: string, email: string): Promise<void> {
  await page.goto(`${url}/contacts`);
  await comesAlive(page);
  await page.getByText("Crear un contacto").click();
  await nameOf(page).fill(name);
  await page.getByLabel(/^Correo/).fill(email);
  await action(page, "Crear contacto").click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

describe("the contacts of an organisation", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("a new name shows at once in a colleague's open inbox", async () => {
    const bruno = (await agentComes(stage, product.url, "agente@demo.test", { next: "/inbox?view=open" })).page;
    await row(bruno, "Lucía Romero").first().waitFor();
    const ana = (await agentComes(stage, product.url, ANA, { next: "/contacts?q=lucia", expected: [/status of 422/] }))
      .page;
    await ana.getByRole("link", { name: /Lucía Romero/ }).click();
    await nameOf(ana).fill("Lucía Romero de Paz");
    await ana.getByLabel(/^Etiquetas/).fill("vip");
    await saves(ana);
    await ana.getByText("Guardado.").waitFor();
    await row(bruno, "Lucía Romero de Paz").first().waitFor();
    await nameOf(ana).fill(" ");
    await saves(ana);
    await ana.getByRole("alert").waitFor();
    await ana.goto(`${product.url}/admin/tags`);
    await comesAlive(ana);
    await nameOf(ana).fill("vip");
    await action(ana, "Crear etiqueta").click();
    await ana.getByText("vip", { exact: true }).waitFor();
    await ana.goto(`${product.url}/contacts`);
    await comesAlive(ana);
    await ana.getByLabel("Etiqueta", { exact: true }).selectOption("vip");
    await action(ana, "Buscar").click();
    await expect.poll(() => ana.locator("main li").count()).toBe(1);
  });

  it("two that are one person become one on the phone, and two again", async () => {
    const { page } = await agentComes(stage, product.url, ANA, { ...PHONE, next: "/contacts" });
    await makes(page, product.url, "Elba Ríos (celular)", "elba@ejemplo.test");
    await makes(page, product.url, "Elba Ríos", "rios@ejemplo.test");
    const merging = page.getByRole("region", { name: "Unir con otro contacto" });
    await merging.getByRole("searchbox").fill("elba");
    await action(page, "Buscar").click();
    await merging.getByRole("link", { name: /Elba Ríos \(celular\)/ }).click();
    await merging.getByRole("combobox", { name: "Correo" }).selectOption("merged");
    await action(page, "Unir contactos").click();
    await merging.getByText("Ahora es un solo contacto.").waitFor();
    expect(await page.getByLabel(/^Correo/).inputValue()).toBe("elba@ejemplo.test");
    await action(page, "Separar").click();
    await merging.getByText("Los contactos volvieron a ser dos.").waitFor();
    expect(await page.getByLabel(/^Correo/).inputValue()).toBe("rios@ejemplo.test");
    expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  });

  it("a file with bad lines is tried, brought in, and goes out again without a formula (TA19)", async () => {
    const { page } = await agentComes(stage, product.url, ANA, { next: "/contacts/import" });
    await page
      .getByLabel("Archivo", { exact: true })
      .setInputFiles({ name: "clientes.csv", mimeType: "text/csv", buffer: Buffer.from(CSV) });
    await action(page, "Probar").click();
    await page.getByText("Prueba terminada: no se guardó nada.").waitFor();
    await page.getByText(/^Línea 3/).waitFor();
    await action(page, "Importar de verdad").click();
    await page.getByText("Importación terminada.").waitFor();
    expect(await downloads(page, "Líneas con problemas")).toContain("no es un teléfono");
    await page.goto(`${product.url}/contacts`);
    await page.getByRole("link", { name: /Nora Paz/ }).waitFor();
    const written = await downloads(page, "Exportar");
    expect(written).toContain("'=1+1");
    expect(written).not.toMatch(/(^|[,\n])"?[=@]/);
  });

  it("a person's data are deleted once the name is typed, and the proof can be kept", async () => {
    const expected = [/status of 422/];
    const { page } = await agentComes(stage, product.url, ANA, { ...PHONE, next: "/contacts", expected });
    await makes(page, product.url, "Olvido Franco", "olvido@ejemplo.test");
    const address = page.url();
    await page.getByText("Borrar los datos de esta persona").click();
    await page.getByLabel(/para confirmar$/).fill("Otra Persona");
    await page.getByLabel("Motivo del pedido").fill("lo pidió por teléfono");
    await action(page, "Borrar para siempre").click();
    await page.getByRole("alert").waitFor();
    await page.getByLabel(/para confirmar$/).fill("Olvido Franco");
    await action(page, "Borrar para siempre").click();
    await page.getByText(/^El borrado está en marcha/).waitFor();
    const proof = await downloads(page, "Descargar constancia");
    expect(proof).toMatch(/sha256 [0-9a-f]{64}/);
    expect(proof).not.toContain("Olvido");
    expect((await page.request.get(address)).status()).toBe(404);
  });
});
