import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, says } from "../people";

describe("people come into a group by links", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (email: string, next = "/chats", expected: RegExp[] = []) =>
    (await agentComes(stage, product.url, email, { next, expected })).page;

  /** Makes a group of one's own, and stays at its people. */
  async function makesGroup(page: Page, name: string): Promise<void> {
    await page.getByLabel("Nombre del grupo").fill(name);
    await page.getByRole("button", { name: "Crear grupo" }).click();
    await page.getByRole("link", { name: "1 participante" }).click();
    await page.getByRole("heading", { name: "Enlaces para entrar" }).waitFor();
  }

  /** Makes a link, and reads its address as it is told once. */
  async function makesLink(page: Page, asks: boolean): Promise<string> {
    const before = await page.getByLabel("Enlace", { exact: true }).count();
    const old = before ? await page.getByLabel("Enlace", { exact: true }).inputValue() : "";
    if (asks) await page.getByLabel("Un admin aprueba a cada persona").check();
    await page.getByRole("button", { name: "Crear enlace" }).click();
    const field = page.getByLabel("Enlace", { exact: true });
    await expect.poll(async () => ((await field.count()) ? field.inputValue() : old)).not.toBe(old);
    return new URL(await field.inputValue()).pathname;
  }

  it("one joins, one asks and is let in, and a link that was taken back lets nobody in", async () => {
    const admin = await comes("admin@demo.test", "/chats/new");
    await makesGroup(admin, "Torneo");
    const open = await makesLink(admin, false);
    const asking = await makesLink(admin, true);

    const diego = await comes("cliente@demo.test", open);
    await diego.getByRole("heading", { name: "Entrar a Torneo" }).waitFor();
    await diego.getByRole("button", { name: "Entrar al grupo" }).click();
    await says(diego, "¡Llegué!");

    const bruno = await comes("agente@demo.test", asking, [/404/]);
    await bruno.getByRole("button", { name: "Pedir entrar" }).click();
    await bruno.getByRole("heading", { name: "Ya pediste entrar a Torneo" }).waitFor();

    await admin.getByRole("button", { name: "Aceptar a Bruno Acosta" }).waitFor();
    // What is told once stays while the page follows the group.
    expect(await admin.getByLabel("Enlace", { exact: true }).inputValue()).toContain(asking);
    await admin.getByRole("button", { name: "Aceptar a Bruno Acosta" }).click();
    await admin.getByText("3 participantes").waitFor();
    await bruno.getByRole("button", { name: "Volver a mirar" }).click();
    await bubble(bruno, "¡Llegué!").waitFor();
    await bruno
      .getByText(/Bruno Acosta se sumó al grupo/)
      .first()
      .waitFor();

    await admin.getByRole("button", { name: "Bruno Acosta", exact: true }).click();
    await admin.getByRole("menuitem", { name: "Quitar a Bruno Acosta" }).click();
    await admin.getByText("2 participantes").waitFor();
    await bruno.goto(product.url + open);
    await bruno.getByRole("heading", { name: "No podés volver a Torneo con este enlace" }).waitFor();
    for (const left of [1, 0]) {
      await admin
        .getByRole("button", { name: /^Anular el enlace/ })
        .first()
        .click();
      await expect.poll(() => admin.getByRole("button", { name: /^Anular el enlace/ }).count()).toBe(left);
    }
    for (const link of [open, asking]) {
      await bruno.goto(product.url + link);
      await bruno.getByRole("heading", { name: "Este enlace no sirve" }).waitFor();
    }
  });

  it("a picture that an admin sets is seen by the other; what is wrong there can be reported", async () => {
    const admin = await comes("admin@demo.test", "/chats/new");
    await makesGroup(admin, "Con foto");
    const link = await makesLink(admin, false);
    const buffer = await sharp({ create: { width: 640, height: 480, channels: 3, background: "teal" } })
      .png()
      .toBuffer();
    const files = [{ name: "cancha.png", mimeType: "image/png", buffer }];
    await admin.getByLabel("Poner una foto").first().setInputFiles(files);
    const picture = (page: Page) => page.locator('main img[src^="/media/"], header img[src^="/media/"]').first();
    await picture(admin).waitFor();

    const diego = await comes("cliente@demo.test", link);
    const shown = diego.locator('img[src*="/picture"]');
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    await diego.getByRole("button", { name: "Entrar al grupo" }).click();
    await expect.poll(() => picture(diego).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(640);
    await diego
      .getByText(/cambió la foto del grupo/)
      .first()
      .waitFor();

    await diego.getByRole("button", { name: "Opciones del chat" }).click();
    await diego.getByRole("menuitem", { name: "Denunciar" }).click();
    await diego.getByLabel("Qué pasa").selectOption({ label: "Engaño o estafa" });
    await diego.getByLabel(/Contanos más/).fill("Piden plata");
    await diego.getByRole("button", { name: "Denunciar" }).click();
    await diego.getByText("Gracias. Ya les llegó.").waitFor();
    const { data } = await product.cli<{ data: object[] }>("report:list");
    expect(data).toMatchObject([
      {
        reason: "fraud",
        note: "Piden plata",
        reporter: { email: "cliente@demo.test" },
        conversation: { title: "Con foto" },
      },
    ]);

    await admin.getByRole("button", { name: "Quitar la foto" }).click();
    await expect.poll(() => diego.locator('main img[src^="/media/"], header img[src^="/media/"]').count()).toBe(0);
  });
});
