import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, chatRow, comesAlive, composer, picks, says, thread } from "../people";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const UPLOADS = "**/uploads/**";

/** What stands in a thread, in its order: of each message its words, or the name of its file. */
const linesOf = (page: Page) =>
  thread(page)
    .getByRole("article")
    .evaluateAll((all) =>
      all.map((one) => (one.querySelector("p.inline") ?? one.querySelector("bdi.block"))?.textContent ?? ""),
    );

describe("messages that wait for their files", () => {
  const stage = withBrowser({
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("outlive the page, go on from where they stood, once and in order with the words around them", async () => {
    const lost = [/ERR_FAILED/, /ERR_INTERNET_DISCONNECTED/, /net::ERR/];
    const { page: diego } = await agentComes(stage, product.url, "cliente@demo.test", {
      next: "/chats",
      expected: lost,
    });
    await diego.getByLabel("Usuario o correo").fill("agente@demo.test");
    await diego.getByRole("button", { name: "Abrir chat" }).click();
    await diego.getByRole("heading", { name: "Bruno Acosta" }).waitFor();
    await says(diego, "Hola");
    const { page: bruno } = await agentComes(stage, product.url, "agente@demo.test", { next: "/chats" });
    await chatRow(bruno, /Diego Sosa/).click();
    await bruno.getByRole("button", { name: "Aceptar" }).click();

    // The first part comes through, and then the line stands still.
    const parts: string[] = [];
    let blocked = true;
    await diego.context().route(UPLOADS, async (route) => {
      const request = route.request();
      if (request.method() !== "PATCH") return route.continue();
      const offset = (await request.allHeaders())["upload-offset"] ?? "";
      if (blocked && offset !== "0") return route.abort();
      parts.push(offset);
      return route.continue();
    });
    const plans = randomBytes(1_500_000);
    await picks(diego, { name: "planos.bin", mimeType: "application/octet-stream", buffer: plans });
    await composer(diego).fill("Van los planos");
    await composer(diego).press("Enter");
    await composer(diego).fill("¿Los ves?");
    await composer(diego).press("Enter");
    await diego.getByRole("button", { name: "Grabar mensaje de voz" }).click();
    await diego.getByRole("timer").waitFor();
    await diego.waitForTimeout(1_500);
    await diego.getByRole("button", { name: "Terminar y escuchar" }).click();
    await diego.getByRole("button", { name: "Enviar la grabación" }).click();
    await thread(diego).getByRole("button", { name: "No enviar" }).first().waitFor();
    await expect.poll(() => parts).toContain("0");
    expect(await bubble(bruno, "¿Los ves?").count()).toBe(0);

    // A page that is closed without asking anybody.
    const next = await diego.context().newPage();
    await diego.close({ runBeforeUnload: false });
    parts.length = 0;
    blocked = false;
    await next.goto(`${product.url}/chats`);
    await comesAlive(next);
    await chatRow(next, /Bruno Acosta/).click();
    await bubble(bruno, "¿Los ves?").waitFor({ timeout: 60_000 });
    await thread(bruno).getByRole("button", { name: "Reproducir Mensaje de voz" }).waitFor();
    // The voice note may begin now; the plans do not begin anew.
    expect(Number(parts[0])).toBeGreaterThan(0);
    expect(parts.filter((offset) => offset === "0").length).toBeLessThanOrEqual(1);
    expect((await linesOf(bruno)).filter((line) => /planos|ves/.test(line))).toEqual(["Van los planos", "¿Los ves?"]);
    const coming = bruno.waitForEvent("download");
    await thread(bruno).getByRole("link", { name: "Descargar planos.bin" }).click();
    expect(sha256(readFileSync(await (await coming).path()))).toBe(sha256(plans));
    await expect.poll(() => thread(next).getByRole("button", { name: "No enviar" }).count()).toBe(0);
    expect(await thread(bruno).getByRole("article").count()).toBe(4);
  });
});
