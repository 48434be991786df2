import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Api, type Product, startProduct } from "../../support/product";
import { agentComes, bubble, choice, comesAlive, composer, customerComes, says, ticketList } from "../people";
import { violations } from "../violations";

const SHIPS = "Sí, a todo el país.";
const position = { x: 0, y: 0 };
const http = { url: "https://api.ejemplo.com/pedidos", saves: [{ path: "order.state", to: "estado" }] };
const node = (id: string, kind: string, settings: object = {}) => ({ id, kind, position, settings });

/** A menu with an order's state and an FAQ: six items, which WhatsApp shows as a list. */
const shop = {
  schema: 1,
  name: "Tienda",
  start: "start",
  nodes: [
    node("start", "start"),
    node("menu", "choice", {
      body: "¿Qué necesitás?",
      button: "Ver opciones",
      items: ["Mi pedido", "Una duda", "Cambios", "Precios", "Local", "Otra cosa"].map((label, i) => ({
        ...{ id: `item-${i}`, label },
      })),
    }),
    node("order", "http", http),
    node("state", "text", { texts: ["Tu pedido está {{flow.estado}}."] }),
    node("faq", "faq", { question: "¿Qué querés saber?" }),
    node("person", "handoff", { message: "Te paso con alguien." }),
  ],
  edges: [
    { from: "start", exit: "next", to: "menu" },
    { from: "menu", exit: "item-0", to: "order" },
    { from: "menu", exit: "item-1", to: "faq" },
    ...[2, 3, 4, 5].map((i) => ({ from: "menu", exit: `item-${i}`, to: "person" })),
    { from: "order", exit: "ok", to: "state" },
    { from: "order", exit: "error", to: "person" },
    { from: "state", exit: "next", to: "menu" },
    { from: "faq", exit: "answered", to: "menu" },
    { from: "faq", exit: "unknown", to: "person" },
  ],
};

const log = (page: Page): Locator => page.getByRole("log", { name: "Conversación de prueba" });
const head = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Writes as the customer of the trial. */
async function tries(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

async function picks(page: Page, label: string): Promise<void> {
  await log(page).locator("summary", { hasText: "Ver opciones" }).last().click();
  await log(page).getByRole("button", { name: label }).last().click();
}

describe("a bot's runs", () => {
  const stage = withBrowser();
  let product: Product;
  let api: Api;
  let flowId: string;
  beforeAll(async () => {
    product = await startProduct();
    api = await product.api();
    const answer = { language: "es", questions: ["¿Hacen envíos?", "¿Mandan al interior?"], answer: SHIPS };
    expect((await api("POST", "/answers", answer)).status).toBe(201);
    flowId = (await api<{ id: string }>("POST", "/flows", { draft: shop })).data.id;
  });
  afterAll(() => product?.dispose());

  const comes = async (next: string, options = {}) =>
    (await agentComes(stage, product.url, "admin@demo.test", { next, ...options })).page;

  it("are tried as WhatsApp shows them, with real answers and made-up ones, and kept for the next publication", async () => {
    const page = await comes(`/bots/${flowId}/simulator`);
    await page.getByLabel("Canal").selectOption({ label: "WhatsApp" });
    await tries(page, "hola");
    await log(page).getByText("¿Qué necesitás?").waitFor();
    await picks(page, "Una duda");
    await tries(page, "hacen envios?");
    await log(page).getByText(SHIPS).waitFor();
    await picks(page, "Mi pedido");
    const asked = page.getByRole("form", { name: "¿Qué contestaría el otro sistema?" });
    await asked.getByText("GET https://api.ejemplo.com/pedidos").waitFor();
    expect(await violations(page)).toEqual([]);
    await asked.getByLabel("Cuerpo de la respuesta (JSON)").fill('{ "order": { "state": "listo" }');
    await asked.getByRole("button", { name: "Contestar" }).click();
    await asked.getByText("Eso no es JSON.").waitFor();
    await asked.getByLabel("Cuerpo de la respuesta (JSON)").fill('{ "order": { "state": "listo" } }');
    await asked.getByRole("button", { name: "Contestar" }).click();
    await log(page).getByText("Tu pedido está listo.").waitFor();

    // Back is before the answer; the step's example says what goes where.
    await head(page, "Un paso atrás").click();
    await asked.getByText('"state": "estado"').waitFor();
    await asked.getByLabel("Cuerpo de la respuesta (JSON)").fill('{ "order": { "state": "listo" } }');
    await asked.getByRole("button", { name: "Contestar" }).click();
    await head(page, "Respuestas de otros sistemas").click();
    await page
      .getByRole("region", { name: /Consultar otro sistema/ })
      .getByLabel("Estado")
      .waitFor();
    expect(await violations(page)).toEqual([]);
    await head(page, "Respuestas de otros sistemas").click();
    await head(page, "Situación y variables").click();
    await page.getByLabel("flow.estado").waitFor();
    expect(await violations(page)).toEqual([]);
    await head(page, "Situación y variables").click();

    await head(page, "Adelantar el reloj").click();
    await page.getByRole("menuitem", { name: /Hasta que venza la espera/ }).click();
    await log(page).getByText("Se cierra el ticket").waitFor();
    await page.getByRole("button", { name: "Guardar como ensayo" }).click();
    await page.getByLabel("Nombre del ensayo").fill("Pedido y envío");
    await page.getByRole("button", { name: "Guardar", exact: true }).click();
    await page.getByText("Guardado: Pedido y envío.").waitFor();
    await head(page, "Ensayos").click();
    await page.getByRole("button", { name: "Probar todos" }).click();
    await page.getByText("Bien: 1 de 1").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("refuse the publication of what says something else, and say at which step", async () => {
    const draft = JSON.parse(JSON.stringify(shop).replace("Tu pedido está", "El pedido anda"));
    expect((await api("PATCH", `/flows/${flowId}`, { revision: 1, draft })).status).toBe(200);
    const page = await comes(`/bots/${flowId}`, { expected: [/status of 422/] });
    await page.locator("header").getByRole("button", { name: "Publicar" }).click();
    const dialog = page.getByRole("dialog", { name: "Publicar" });
    await dialog.getByRole("button", { name: "Publicar" }).click();
    await dialog.getByText("«Pedido y envío»").waitFor();
    await dialog.getByText("Paso 4: «Mi pedido»").waitFor();
    await dialog.getByText("Tu pedido está listo.").waitFor();
    await dialog.getByText("El pedido anda listo.").waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it("are explained where they were, replayed on another draft, and counted", async () => {
    const { page: rosa } = await customerComes(stage, product.url);
    await says(rosa, "hola, ¿están?");
    await choice(rosa, "Horarios").click();
    await bubble(rosa, "Horarios").waitFor();
    await says(rosa, "Soporte");
    await bubble(rosa, /Soporte/)
      .nth(1)
      .waitFor();

    const [ticket] = (await api<{ id: string; number: number }[]>("GET", "/tickets?state=open")).data;
    const [ticketId, number] = [ticket?.id ?? "", ticket?.number];
    const { page: agent } = await agentComes(stage, product.url, "agente2@demo.test", { next: `/inbox/${ticketId}` });
    await agent.getByRole("button", { name: "¿Por qué lo dijo?" }).last().click();
    const why = agent.getByRole("dialog", { name: "¿Por qué lo dijo?" });
    await why.getByText("salida: Soporte").waitFor();
    await why.getByText(/va a: Pasar a una persona/).waitFor();
    expect(await why.textContent()).not.toMatch(/to-support|to-person/);
    expect(await violations(agent)).toEqual([]);

    const found = (await api<{ id: string; name: string }[]>("GET", "/flows")).data;
    const welcome = found.find(({ id }) => id !== flowId)?.id ?? "";
    const { data } = await api<{ draft: object; revision: number }>("GET", `/flows/${welcome}`);
    const draft = JSON.parse(JSON.stringify(data.draft).replace("Nuestro horario", "Todos los días: nuestro horario"));
    expect((await api("PATCH", `/flows/${welcome}`, { revision: data.revision, draft })).status).toBe(200);
    const owner = await comes(`/bots/${welcome}/replay?ticket=${number}`);
    await owner.getByText("A un mensaje contestaría otra cosa.").waitFor();
    await owner.getByText(/Todos los días: /).waitFor();
    expect(await violations(owner)).toEqual([]);

    await owner.goto(`${product.url}/bots/${welcome}/figures`);
    await comesAlive(owner);
    const menu = owner.getByRole("listitem").filter({ has: owner.getByRole("heading", { name: /Menú de opciones/ }) });
    await menu.getByRole("link", { name: /^Soporte: \d+\s*%$/ }).waitFor();
    expect(await violations(owner)).toEqual([]);
    await menu.getByRole("link", { name: /^Soporte: / }).click();
    const stays = owner.getByRole("region", { name: /por «Soporte»/ });
    await stays.getByRole("link", { name: new RegExp(`#${number}\\b`) }).click();
    await owner.waitForURL(`${product.url}/inbox/${ticketId}`);
    await ticketList(owner).waitFor();
  });
});
