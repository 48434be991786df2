import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import {
  action,
  agentComes,
  bubble,
  choice,
  comesAlive,
  composer,
  customerComes,
  HUMAN,
  head,
  row,
  says,
  stands,
  ticketList,
} from "./people";

const BRUNO = "agente@demo.test";
const ANA = "admin@demo.test";

const bar = (page: Page) => page.getByRole("region", { name: "Tickets marcados" });
const countOf = (page: Page, view: string) =>
  page
    .locator(`[data-count=${view}]`)
    .textContent()
    .then((text) => Number((text ?? "").replace(/\D/g, "")));

describe("the inbox as a place of work", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  /** Somebody who waits in the queue for a person. */
  async function comes(text: string) {
    const { page } = await customerComes(stage, product.url);
    await says(page, text);
    await choice(page, HUMAN).click();
    await bubble(page, /te paso con una persona/).waitFor();
  }

  it("changes many at once on every screen, and takes it back", async () => {
    await comes("necesito una amoladora");
    await comes("necesito un taladro");
    const ana = (await agentComes(stage, product.url, ANA, { next: "/inbox?view=queue" })).page;
    const bruno = (await agentComes(stage, product.url, BRUNO, { next: "/inbox?view=mine" })).page;
    const queued = await countOf(ana, "queue");
    const mine = await countOf(bruno, "mine");
    expect(queued).toBeGreaterThanOrEqual(2);
    const rows = ticketList(ana).getByRole("checkbox");
    await rows.first().check({ force: true });
    await rows.nth(1).click({ modifiers: ["Shift"], force: true });
    await bar(ana).getByText("2 marcados").waitFor();

    await bar(ana).getByRole("button", { name: "Asignar" }).click();
    const picker = ana.getByRole("dialog", { name: "Asignar" });
    await picker.getByRole("combobox", { name: "Buscar persona o área" }).fill("bruno");
    await picker.getByRole("combobox", { name: "Buscar persona o área" }).press("Enter");
    await ana.getByText("Cambiaste 2 tickets.").waitFor();
    await expect.poll(() => countOf(bruno, "mine"), { timeout: 15_000 }).toBe(mine + 2);
    await expect.poll(() => countOf(ana, "queue"), { timeout: 15_000 }).toBe(queued - 2);

    await action(ana, "Deshacer").click();
    await ana.getByText("Deshiciste el cambio de 2 tickets.").waitFor();
    await expect.poll(() => countOf(bruno, "mine"), { timeout: 15_000 }).toBe(mine);
  });

  it("says which of the marked ones it may not change", async () => {
    const bruno = (await agentComes(stage, product.url, BRUNO, { next: "/inbox?view=queue" })).page;
    await ticketList(bruno).getByRole("checkbox").first().check({ force: true });
    await bar(bruno).getByRole("button", { name: "Cerrar", exact: true }).click();
    await bruno.getByRole("dialog").getByRole("button", { name: "Cerrar tickets" }).click();
    const refused = bruno.getByRole("dialog", { name: "1 ticket quedó como estaba" });
    await refused.getByText(/no tiene permiso/).waitFor();
    await refused.getByRole("button", { name: "Cerrar" }).click();
  });

  it("lets a ticket sleep, and finds it among those that do", async () => {
    const ana = (await agentComes(stage, product.url, ANA, { next: "/inbox?view=queue" })).page;
    const asleep = await countOf(ana, "snoozed");
    await row(ana, /Visitante/)
      .first()
      .click();
    await action(ana, "Posponer").click();
    await ana.getByRole("menuitem", { name: /Mañana/ }).click();
    await head(ana).getByText("Pospuesto", { exact: true }).waitFor();
    await expect.poll(() => countOf(ana, "snoozed"), { timeout: 15_000 }).toBe(asleep + 1);
    await action(ana, "Posponer").click();
    await ana.getByRole("menuitem", { name: "Despertar ahora" }).click();
    await head(ana).getByText("Abierto", { exact: true }).waitFor();
  });

  it("narrows by what tickets say of themselves, and keeps the filter under a name", async () => {
    const ana = (await agentComes(stage, product.url, ANA, { next: "/inbox?view=open" })).page;
    await action(ana, "Filtros").click();
    const filters = ana.getByRole("dialog", { name: "Filtros" });
    await filters.getByLabel("Prioridad").selectOption("urgent");
    await filters.getByRole("button", { name: "Aplicar" }).click();
    await ana.waitForURL(/priority=urgent/);
    await ana.getByRole("link", { name: "Quitar el filtro Urgente" }).waitFor();
    await action(ana, "Guardar filtro").click();
    await ana.getByRole("dialog").getByLabel("Nombre").fill("Lo urgente");
    await ana.getByRole("dialog").getByRole("button", { name: "Guardar" }).click();
    const saved = ana.getByRole("navigation", { name: "Filtros guardados" });
    await saved.getByRole("link", { name: /Lo urgente/ }).waitFor();
    const before = await ana.locator('[data-saved-count="Lo urgente"]').textContent();

    await ana.getByRole("link", { name: "Quitar el filtro Urgente" }).click();
    await row(ana, /Visitante/)
      .first()
      .waitFor();
    await ticketList(ana).getByRole("checkbox").first().check({ force: true });
    await bar(ana).getByRole("button", { name: "Prioridad" }).click();
    await ana.getByRole("menuitem", { name: "Urgente" }).click();
    await ana.getByText("Cambiaste 1 ticket.").waitFor();
    const count = () => ana.locator('[data-saved-count="Lo urgente"]').textContent();
    await expect.poll(count, { timeout: 15_000 }).toBe(String(Number(before) + 1));

    await action(ana, "Opciones de Lo urgente").click();
    await ana.getByRole("menuitem", { name: "Eliminar" }).click();
    await expect.poll(() => saved.count()).toBe(0);
    await ana.getByText("Eliminaste el filtro Lo urgente.").waitFor();
    await action(ana, "Deshacer").last().click();
    await saved.getByRole("link", { name: /Lo urgente/ }).waitFor();
  });

  it("keeps a text for sending it often, and answers with it after a /", async () => {
    const ana = (await agentComes(stage, product.url, ANA, { next: "/replies" })).page;
    await action(ana, "Crear respuesta").click();
    const editor = ana.getByRole("dialog", { name: "Crear respuesta" });
    await editor.getByLabel("Para quién").selectOption({ label: "Para toda la organización" });
    await editor.getByLabel("Atajo").fill("camino");
    await editor.getByLabel("Título").fill("En camino");
    await editor.getByLabel("Texto").fill("Hola {{contact.first_name}}, sale hoy {{nada}}");
    await editor.getByRole("button", { name: "Número de ticket" }).click();
    const preview = editor.getByRole("region", { name: "Así se va a leer" });
    await preview.getByText("128").waitFor();
    expect(await preview.locator("mark").allInnerTexts()).toEqual(["{{nada}}"]);
    await editor
      .getByLabel("Texto")
      .fill("Hola {{contact.first_name}}, tu envío del ticket {{ticket.number}} sale hoy.");
    await editor.getByRole("button", { name: "Guardar" }).click();
    await ana.getByText("/camino").waitFor();
    await action(ana, "Eliminar En camino").click();
    await ana.getByText("Eliminaste la respuesta En camino.").waitFor();
    await expect.poll(() => ana.getByText("/camino").count()).toBe(0);
    await action(ana, "Deshacer").click();
    await ana.getByText("/camino").waitFor();

    await ana.goto(`${product.url}/inbox?view=queue`);
    await row(ana, /Visitante/)
      .first()
      .click();
    await action(ana, "Tomar").first().click();
    await composer(ana).pressSequentially("/");
    const list = ana.getByRole("listbox", { name: "Respuestas rápidas" });
    await list.getByRole("option", { name: /En camino/ }).waitFor();
    await composer(ana).press("Escape");
    await expect.poll(() => list.count()).toBe(0);
    await composer(ana).pressSequentially("ENVIO");
    await list.getByRole("option", { name: /En camino/ }).waitFor();
    await composer(ana).press("ArrowDown");
    await composer(ana).press("ArrowUp");
    await composer(ana).press("Enter");
    await expect.poll(() => composer(ana).inputValue()).toMatch(/^Hola Visitante, tu envío del ticket \d+ sale hoy\.$/);
    await composer(ana).press("Enter");
    await bubble(ana, /tu envío del ticket \d+ sale hoy/).waitFor();
    await ana.goto(`${product.url}/replies`);
    await ana.getByText("usada 1 vez").waitFor();
  });

  it("works with a thumb: a long touch marks, and what follows is done from the bar", async () => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
    const { page } = await agentComes(stage, product.url, ANA, { ...phone, next: "/inbox?view=open" });
    await comesAlive(page);
    const first = row(page, /Visitante/).first();
    await stands(first);
    await first.dispatchEvent("pointerdown", { pointerType: "touch" });
    await bar(page).getByText("1 marcado").waitFor();
    await first.dispatchEvent("pointerup", { pointerType: "touch" });
    await bar(page).getByRole("button", { name: "Etiquetas" }).click();
    await page.getByRole("dialog").getByRole("combobox", { name: "Etiqueta nueva" }).fill("vip");
    await page.getByRole("button", { name: "Agregar etiqueta" }).click();
    await page.getByText("Cambiaste 1 ticket.").waitFor();
    await first.getByText("vip").waitFor();
  });
});
