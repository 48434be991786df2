import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, bubble, choice, comesAlive, customerComes, says } from "../people";
import { violations } from "../violations";

const NAME = "La tienda de Ana";

const stage = withBrowser();
let product: Product;

beforeAll(async () => {
  product = await startProduct();
});
afterAll(() => product?.dispose());

const node = (page: Page, text: string | RegExp): Locator => page.locator(".react-flow__node", { hasText: text });
const panel = (page: Page) => page.getByRole("complementary", { name: "Ajustes y problemas" });
const bar = (page: Page) => page.locator("header").filter({ has: page.getByRole("button", { name: "Publicar" }) });
const errors = (page: Page) => bar(page).getByRole("button", { name: /error/ });
const more = (settings: Locator, list: string) =>
  settings.getByRole("button", { name: new RegExp(`^Agregar ?: ${list}$`) });
const saved = (page: Page) => bar(page).getByText("Guardado", { exact: true }).waitFor();

async function adds(page: Page, { after, of, kind }: { after: string; of: string | RegExp; kind: string }) {
  await node(page, of)
    .getByRole("button", { name: `Agregar un paso después de «${after}»` })
    .click();
  await page.getByRole("dialog", { name: "¿Qué sigue?" }).getByRole("button", { name: kind, exact: true }).click();
}

async function publishes(page: Page, name: string, number: number) {
  await saved(page);
  await bar(page).getByRole("button", { name: "Publicar" }).click();
  const dialog = page.getByRole("dialog", { name: "Publicar" });
  await dialog.getByLabel("Nombre de la versión").fill(name);
  if (number > 1) expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Publicar" }).click();
  await page.getByText(`Publicado: versión ${number}.`).waitFor();
}

/** The bot with the menu answers on the web; its first version is published. */
async function beginsWithTheMenu(ana: Page) {
  await ana.getByRole("button", { name: "Bot nuevo" }).click();
  await ana.getByRole("radio", { name: /Bienvenida con menú/ }).check();
  await ana.getByLabel("Nombre del bot").fill(NAME);
  await ana.getByRole("button", { name: "Crear bot" }).click();
  await node(ana, "¿En qué te podemos ayudar?").waitFor();
  await publishes(ana, "Apertura", 1);
  const address = ana.url();
  await ana.goto(`${product.url}/admin/channels`);
  await comesAlive(ana);
  await ana.getByLabel("Editar Web").click();
  await ana.getByLabel("Quién contesta primero").first().selectOption({ label: NAME });
  await ana.getByRole("button", { name: "Guardar", exact: true }).first().click();
  await ana.getByText("Guardado.").waitFor();
  await ana.goto(address);
  await comesAlive(ana);
}

/** An option of the menu asks the shop's own system and offers what next; two of its exits lead nowhere yet. */
async function drawsOrders(ana: Page) {
  const settings = panel(ana);
  await node(ana, "¿En qué te podemos ayudar?").click();
  await more(settings, "Opciones").click();
  await settings.getByRole("textbox", { name: "Opción" }).last().fill("Mi pedido");
  await settings.getByText("La salida «Mi pedido» no lleva a ninguna parte.").waitFor();

  await adds(ana, { after: "Mi pedido", of: "¿En qué te podemos ayudar?", kind: "Consultar otro sistema" });
  await settings.getByLabel("Dirección", { exact: true }).fill("http://192.168.0.7/pedidos");
  await settings.getByText(/es una dirección interna/).waitFor();
  await settings.getByLabel("Dirección", { exact: true }).fill("https://pedidos.example/estado");
  await more(settings, "Qué se guarda de la respuesta").click();
  await settings.getByLabel("Dónde está en la respuesta").fill("pedido.estado");
  await settings.getByLabel("Guardar como").fill("estado");
  expect(await violations(ana)).toEqual([]);

  const http = /Consultar otro sistema/;
  await adds(ana, { after: "Contestó", of: http, kind: "Menú de opciones" });
  await settings.getByRole("textbox", { name: "Pregunta", exact: true }).fill("Está {{flow.estado}}. ¿Algo más?");
  await settings.getByRole("textbox", { name: "Opción" }).first().fill("Volver al menú");
  await more(settings, "Opciones").click();
  await settings.getByRole("textbox", { name: "Opción" }).last().fill("Nada más");
  await adds(ana, { after: "No se pudo", of: http, kind: "Texto" });
  await settings.getByRole("textbox", { name: /^Qué dice/ }).fill("Ahora no podemos ver tu pedido.");
  await adds(ana, { after: "Después", of: "Ahora no podemos ver tu pedido.", kind: "Cerrar" });
  await settings.getByRole("textbox", { name: /^Mensaje/ }).fill("¡Gracias por escribirnos!");
}

/** The linter says where; each complaint leads to where it is mended. */
async function mendsWhatIsMissing(ana: Page) {
  const settings = panel(ana);
  await expect.poll(() => errors(ana).textContent()).toBe("2");
  await bar(ana).getByRole("button", { name: "Publicar" }).click();
  const dialog = ana.getByRole("dialog", { name: "Publicar" });
  expect(await dialog.getByRole("button", { name: "Publicar" }).isDisabled()).toBe(true);
  await ana.keyboard.press("Escape");
  await errors(ana).click();
  expect(await violations(ana)).toEqual([]);
  await settings.getByRole("button", { name: /La salida «Volver al menú» no lleva/ }).click();
  const mend = settings.getByRole("button", { name: "Elegir a dónde lleva «Volver al menú»" });
  await expect.poll(() => mend.evaluate((element) => element === document.activeElement)).toBe(true);
  await ana.keyboard.press("Enter");
  const connect = ana.getByRole("dialog", { name: "Conectar" });
  await connect.getByLabel("Lleva a").selectOption({ label: "Menú de opciones «¿En qué te podemos ayudar?»" });
  await connect.getByRole("button", { name: "Conectar" }).click();
  await settings.getByRole("button", { name: "Elegir a dónde lleva «Nada más»" }).click();
  await connect.getByLabel("Lleva a").selectOption({ label: "Cerrar «¡Gracias por escribirnos!»" });
  await connect.getByRole("button", { name: "Conectar" }).click();
  await expect.poll(() => errors(ana).count()).toBe(0);
}

/** As WhatsApp would show it: five options are a list, two are buttons. The other system's answer is given by hand. */
async function triesItAsWhatsapp(ana: Page) {
  await bar(ana).getByRole("button", { name: "Probar el bot" }).click();
  const trial = panel(ana);
  await trial.getByLabel("Canal").selectOption({ label: "WhatsApp" });
  await trial.getByRole("textbox", { name: "Mensaje" }).fill("hola");
  await trial.getByRole("textbox", { name: "Mensaje" }).press("Enter");
  const log = trial.getByRole("log");
  await log.locator("summary").click();
  expect(await log.locator("details li").count()).toBe(5);
  await log.getByRole("button", { name: "Mi pedido" }).click();
  expect(await violations(ana)).toEqual([]);
  await trial.getByLabel("Cuerpo de la respuesta (JSON)").fill('{ "pedido": { "estado": "en camino" } }');
  await trial.getByRole("button", { name: "Contestar" }).click();
  await log.getByText("Está en camino. ¿Algo más?").waitFor();
  expect(await log.locator("details").count()).toBe(1);
  await choice(log as unknown as Page, "Nada más").click();
  await log.getByText("¡Gracias por escribirnos!").waitFor();
  await log.getByText("Se cierra el ticket").waitFor();
  await trial.getByRole("button", { name: "Guardar como ensayo" }).click();
  await trial.getByLabel("Nombre del ensayo").fill("Un pedido en camino");
  await trial.getByRole("button", { name: "Guardar", exact: true }).click();
  await trial.getByText(/Guardado: Un pedido en camino/).waitFor();
}

it("a shop owner draws a bot, mends it, tries it, publishes it, sees what became of it, and goes back", async () => {
  const { page: ana } = await agentComes(stage, product.url, "admin@demo.test", { next: "/bots" });
  await beginsWithTheMenu(ana);
  await drawsOrders(ana);
  await mendsWhatIsMissing(ana);
  await triesItAsWhatsapp(ana);
  await publishes(ana, "Con pedidos", 2);

  // No product asks an address on its own machine, so that here the shop's system cannot be reached.
  const { page: rosa } = await customerComes(stage, product.url);
  await says(rosa, "hola");
  await choice(rosa, "Mi pedido").click();
  await bubble(rosa, "Ahora no podemos ver tu pedido.").waitFor();
  await bubble(rosa, "¡Gracias por escribirnos!").waitFor();

  await bar(ana).getByRole("button", { name: "Mostrar qué pasó en 30 días" }).click();
  const asked = node(ana, "pedidos.example");
  await asked.getByText("1 visita").waitFor();
  await asked.getByRole("listitem").filter({ hasText: "No se pudo" }).getByText("100 %").waitFor();
  expect(await violations(ana)).toEqual([]);

  await bar(ana).getByRole("button", { name: "Más opciones" }).click();
  await ana.getByRole("menuitem", { name: "Versiones" }).click();
  const versions = ana.getByRole("dialog", { name: "Versiones" });
  const first = versions.getByRole("listitem").filter({ hasText: "Apertura" });
  await first.getByRole("button", { name: "Comparar con el borrador" }).click();
  await first
    .getByText(/Menú de opciones «Está .flow.estado.. ¿Algo más\?»/)
    .first()
    .waitFor();
  expect(await violations(ana)).toEqual([]);
  await first.getByRole("button", { name: "Volver a esta" }).click();
  await first.getByRole("button", { name: "Sí, volver" }).click();
  await expect.poll(() => asked.count()).toBe(0);

  const { page: tito } = await customerComes(stage, product.url);
  await says(tito, "hola");
  await choice(tito, "Hablar con alguien").waitFor();
  expect(await choice(tito, "Mi pedido").count()).toBe(0);
});
