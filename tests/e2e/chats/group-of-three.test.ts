import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../../app/platform/postgres/embedded.server";
import { withBrowser } from "../../support/browser";
import { runQuery } from "../../support/postgres-query";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, chatRow, composer, picks, says, thread } from "../people";

describe("three people in a group", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  const comes = async (email: string, next: string) => (await agentComes(stage, product.url, email, { next })).page;
  const opensMenu = async (page: Page, text: string) => {
    await bubble(page, text).hover();
    await bubble(page, text).getByRole("button", { name: "Opciones del mensaje" }).click();
  };
  const does = async (page: Page, text: string, item: string) => {
    await opensMenu(page, text);
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };

  it("write, send pictures and files, answer, give emoji, pin, star, pass on, hide and find again", async () => {
    const ana = await comes("admin@demo.test", "/chats/new");
    await ana.getByLabel("Nombre del grupo").fill("Depósito");
    for (const name of ["Bruno Acosta", "Carla Duarte"]) await ana.getByLabel(name).check();
    await ana.getByRole("button", { name: "Crear grupo" }).click();
    await ana.waitForURL(/\/chats\/[0-9a-f-]{36}/);
    const chat = new URL(ana.url()).pathname;
    const [bruno, carla] = [await comes("agente@demo.test", chat), await comes("agente2@demo.test", chat)];
    const all = [ana, bruno, carla];

    await composer(ana).fill("¿Llegó el *camión* de Posadas?");
    await composer(ana).press("Enter");
    for (const page of all) await bubble(page, "¿Llegó el camión de Posadas?").locator("strong").waitFor();
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#2d6a4f" } })
      .jpeg()
      .toBuffer();
    await picks(bruno, { name: "camión.jpg", mimeType: "image/jpeg", buffer: photo });
    await composer(bruno).fill("Recién bajan");
    await composer(bruno).press("Enter");
    await picks(bruno, { name: "remito.txt", mimeType: "text/plain", buffer: Buffer.from("42 bolsas") });
    await composer(bruno).fill("El remito");
    await composer(bruno).press("Enter");
    for (const page of all) {
      await thread(page).getByRole("button", { name: "Abrir camión.jpg" }).waitFor();
      await thread(page).getByRole("link", { name: "Descargar remito.txt" }).waitFor();
    }

    await does(carla, "Recién bajan", "Responder");
    await says(carla, "Faltan dos bolsas");
    await bubble(ana, "Faltan dos bolsas").getByText("Recién bajan").waitFor();
    for (const page of [ana, bruno]) {
      await opensMenu(page, "Faltan dos bolsas");
      await page.getByRole("button", { name: "👍", exact: true }).click();
    }
    await bubble(carla, "Faltan dos bolsas").getByText("👍 Ana Benítez, Bruno Acosta").waitFor({ state: "attached" });

    await does(ana, "Faltan dos bolsas", "Fijar");
    for (const page of all) await page.getByText("Mensaje fijado", { exact: true }).first().waitFor();
    await does(bruno, "Faltan dos bolsas", "Destacar");
    await bruno.goto(`${product.url}/chats/starred`);
    await bruno
      .getByRole("link", { name: /Faltan dos bolsas/ })
      .last()
      .click();
    await bubble(bruno, "Faltan dos bolsas").waitFor();

    await does(carla, "El remito", "Reenviar");
    await carla.getByRole("dialog", { name: "Reenviar a…" }).getByLabel("Depósito").check();
    await carla.getByRole("button", { name: "Reenviar (1)" }).click();
    await bubble(ana, "El remito").getByText("Reenviado").waitFor();
    expect(await thread(ana).getByRole("link", { name: "Descargar remito.txt" }).count()).toBe(2);

    await does(carla, "Recién bajan", "Eliminar para mí");
    await expect.poll(() => bubble(carla, "Recién bajan").count()).toBe(0);
    await carla.getByRole("button", { name: "Deshacer" }).click();
    await bubble(carla, "Recién bajan").first().waitFor();
    expect(await bubble(ana, "Recién bajan").count()).toBe(1);

    await ana.goto(`${product.url}/chats/search?q=camion`);
    await ana
      .getByRole("link", { name: /camión de Posadas/ })
      .last()
      .click();
    await bubble(ana, "¿Llegó el camión de Posadas?").waitFor();
    expect(new URL(ana.url()).pathname).toBe(chat);
    await ana.getByRole("button", { name: "Buscar en el chat" }).click();
    await ana.getByRole("searchbox", { name: "Buscar en este chat" }).fill("REMITO");
    await ana.keyboard.press("Enter");
    await ana.getByText("1 de 2").waitFor();
  });

  it("is a hundred more: who looks at the list has every word of it at once, without loading the list anew", async () => {
    const bruno = await comes("agente@demo.test", "/chats");
    await chatRow(bruno, /Depósito/).click();
    await bubble(bruno, "Recién bajan").waitFor();
    await fill(product, "Depósito", 100);
    const ana = await comes("admin@demo.test", "/chats");
    const entry = chatRow(ana, /Depósito/);
    const loads: string[] = [];
    // What this one's own page opened with may still ask once.
    await ana.waitForTimeout(2_000);
    ana.on("request", (request) => new URL(request.url()).pathname.startsWith("/chats") && loads.push(request.url()));
    for (const text of ["Llegó el segundo", "Y el tercero"]) {
      await says(bruno, text);
      await entry.getByText(text).waitFor();
    }
    expect(await entry.textContent()).toContain("2 sin leer");
    await does(bruno, "Y el tercero", "Editar");
    await composer(bruno).fill("Y el tercero, completo");
    await composer(bruno).press("Enter");
    await entry.getByText("Y el tercero, completo").waitFor();
    expect(loads).toEqual([]);
    // What was before the last words is asked for, within some seconds.
    await does(bruno, "Y el tercero, completo", "Eliminar para todos");
    await bruno.getByRole("alertdialog").getByRole("button", { name: "Eliminar", exact: true }).click();
    await entry.getByText("Llegó el segundo").waitFor();
    expect(loads.length).toBeGreaterThan(0);
  });
});

/** Puts many more into a group than are told each by name. */
async function fill(product: Product, title: string, people: number): Promise<void> {
  const postgres = await startEmbeddedPostgres(product.dataDir, { durable: false });
  const query = `with many as (insert into account (id, name, email)
      select gen_random_uuid(), 'Gente ' || n, n || '@gente.test' from generate_series(1, ${people}) n returning id)
    insert into participant (conversation_id, account_id, org_id)
      select c.id, many.id, c.org_id from many, conversation c where c.title = '${title}'`;
  await runQuery(postgres.url, query).finally(() => postgres.stop());
}
