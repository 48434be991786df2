import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { action, agentComes, bubble, choice, comesAlive, composer, customerComes, HUMAN, row, says } from "../people";

const BRUNO = "agente@demo.test";
const CARLA = "agente2@demo.test";
const PHONE = { viewport: { width: 390, height: 844 } };

describe("an agent's tools", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("a macro is made, shown before it runs, and taken back; the palette does the same by keys alone", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "¿me arreglan la bomba?");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const { page } = await agentComes(stage, product.url, BRUNO, { next: "/macros" });

    await page.getByRole("button", { name: "Crear macro" }).click();
    const editor = page.getByRole("dialog", { name: "Crear macro" });
    await editor.getByLabel("Nombre").fill("Recibir y ordenar");
    const add = async (deed: string) => {
      await editor.getByRole("button", { name: "Agregar paso" }).click();
      await page.getByRole("menuitem", { name: deed }).click();
    };
    await add("Responder al cliente");
    await editor.getByLabel("Texto").fill("Hola {{nombre}}, ya lo vemos.");
    await add("Tomar el ticket");
    await add("Agregar etiquetas");
    await editor.getByLabel("Etiquetas").fill("bomba,");
    await editor.getByRole("button", { name: "Subir el paso 2" }).click();
    await editor.getByRole("button", { name: "Guardar" }).click();
    // What is wrong is said where it is.
    await editor
      .getByRole("alert")
      .getByText(/nombra un dato que no conocemos/)
      .waitFor();
    await editor.getByLabel("Texto").fill("Hola {{contact.first_name}}, soy {{agent.name}}.");
    await editor.getByRole("button", { name: "Guardar" }).click();
    await page.getByRole("heading", { name: "Recibir y ordenar" }).waitFor();

    await page.goto(`${product.url}/inbox?view=queue`);
    await comesAlive(page);
    await row(page, "Visitante").first().click();
    await bubble(page, "¿me arreglan la bomba?").waitFor();
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Buscar o hacer algo" });
    await palette.getByRole("combobox").fill("macr");
    await palette.getByRole("option", { name: "Macros" }).first().waitFor();
    await page.keyboard.press("Enter");
    await palette.getByRole("option", { name: "Recibir y ordenar" }).waitFor();
    await page.keyboard.press("Enter");
    // It is shown as it will read, before anything is done.
    const preview = page.getByRole("dialog", { name: "Macros" });
    await preview.getByText("Hola Visitante, soy Bruno Acosta.").waitFor();
    await preview.getByText("Agregar: bomba").waitFor();
    await preview.getByRole("button", { name: "Hacerlo" }).click();
    await page.getByText("Recibir y ordenar: listo.").waitFor();
    await bubble(customer, "Hola Visitante, soy Bruno Acosta.").waitFor();
    await page.getByRole("button", { name: "Quitar la etiqueta bomba" }).waitFor();
    await action(page, "Deshacer").click();
    await page.getByText("Deshiciste el cambio de 1 ticket.").waitFor();
    expect(await page.getByRole("button", { name: "Quitar la etiqueta bomba" }).count()).toBe(0);

    // By keys alone: taken, made urgent, and gone to by its number from elsewhere.
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill("tomar");
    await page.keyboard.press("Enter");
    await page.getByText(/Tomaste el ticket/).waitFor();
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill("priorid");
    await page.keyboard.press("Enter");
    await palette.getByRole("combobox").fill("urg");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.getByLabel("Prioridad").inputValue()).toBe("urgent");
    await page.goto(`${product.url}/settings`);
    await comesAlive(page);
    await page.keyboard.press("?");
    const shortcuts = page.getByRole("dialog", { name: "Atajos de teclado" });
    await shortcuts.getByText("Ticket siguiente").waitFor();
    await page.keyboard.press("Escape");
    await shortcuts.waitFor({ state: "detached" });
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill("visitante");
    await palette
      .getByRole("option", { name: /^#\d+ Visitante/ })
      .first()
      .waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/inbox\/[0-9a-f-]+/);
  });

  it("a colleague is asked beside the ticket, and shown it as a card, which others may not open", async () => {
    const { page: ana } = await agentComes(stage, product.url, "admin@demo.test", { next: "/inbox?view=all" });
    await row(ana, "Visitante").first().click();
    await bubble(ana, "¿me arreglan la bomba?").waitFor();
    await ana.getByRole("button", { name: "Consultar a un colega" }).click();
    await ana.getByRole("checkbox", { name: "Bruno Acosta" }).check();
    await ana.getByRole("checkbox", { name: "Carla Duarte" }).check();
    await ana.getByRole("button", { name: "Abrir el chat" }).click();
    const beside = ana.getByRole("complementary", { name: "Consultas internas" });
    await composer(beside).fill("¿quién sabe de bombas?");
    await composer(beside).press("Enter");
    await beside.getByText("¿quién sabe de bombas?").waitFor();
    await action(ana, "Compartir en un chat").click();
    const share = ana.getByRole("dialog", { name: "Compartir en un chat" });
    await share.getByRole("checkbox", { name: /^#\d+/ }).check();
    await share.getByRole("button", { name: "Compartir" }).click();
    await ana.getByText("Compartiste el ticket en 1 chat.").waitFor();
    await beside.getByRole("link", { name: /^#\d+ Visitante/ }).waitFor();

    // On Bruno's phone it stands over the ticket, with a way back; he sees what the card shows.
    const { page: bruno } = await agentComes(stage, product.url, BRUNO, { ...PHONE, next: "/inbox?view=open" });
    await row(bruno, "Visitante").first().click();
    await bubble(bruno, "¿me arreglan la bomba?").waitFor();
    await bruno.getByRole("button", { name: /^Detalles/ }).click();
    await bruno
      .getByRole("dialog")
      .getByRole("button", { name: /Consulta interna/ })
      .click();
    const over = bruno.getByRole("complementary", { name: "Consultas internas" });
    await over.getByRole("link", { name: /^#\d+ Visitante/ }).waitFor();
    await composer(over).fill("yo");
    await composer(over).press("Enter");
    await beside.getByText("yo", { exact: true }).waitFor();
    await over.getByRole("button", { name: "Volver al ticket" }).click();
    await bubble(bruno, "¿me arreglan la bomba?").waitFor();

    // Carla is of another area: to her it is a ticket, and behind it there is nothing.
    const { page: carla } = await agentComes(stage, product.url, CARLA, { next: "/chats" });
    await carla
      .getByRole("link", { name: /¿quién sabe|Bruno|yo/ })
      .first()
      .click();
    const card = carla.getByRole("link", { name: "Un ticket" });
    await card.waitFor();
    expect(await carla.getByText("Visitante").count()).toBe(0);
    const answer = await carla.context().request.get(`${product.url}${await card.getAttribute("href")}`);
    expect(answer.status()).toBe(404);
    const body = await answer.text();
    expect(body).toContain("Puede que el enlace esté incompleto");
    expect(body).not.toContain("Visitante");
  });

  it("everything that was written is found by its words, from the inbox and from the palette, and opens at its place", async () => {
    const customer = (await customerComes(stage, product.url)).page;
    await says(customer, "se rompió la membrana de la facturación electrónica");
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();
    const { page } = await agentComes(stage, product.url, BRUNO, { next: "/inbox" });
    const field = page.getByRole("searchbox", { name: "Nombre o número" });
    await field.fill("membranas rotas");
    await field.press("Enter");
    await page.getByText("No encontramos nada").waitFor();
    const asked = page.getByRole("searchbox", { name: "Buscar contactos, tickets y mensajes" });
    // Another form of the word, without its accent, while it is being written.
    await asked.fill("membranas facturacio");
    const hit = page.getByRole("link", { name: /se rompió la membrana/ });
    await hit.waitFor();
    expect(await hit.locator("mark").allTextContents()).toEqual(["membrana", "facturación"]);
    await asked.press("ArrowDown");
    await page.keyboard.press("Enter");
    await bubble(page, /se rompió la membrana/).waitFor();
    // In one contact's alone, by another order; and back to everybody's.
    await page.goto(`${product.url}/contacts`);
    await page.getByRole("link", { name: /Lucía Romero/ }).click();
    await page.getByRole("link", { name: "Buscar en lo de Lucía Romero" }).click();
    await asked.fill("membrana");
    await page.getByText("No encontramos nada").waitFor();
    await page.getByRole("link", { name: "Buscar en todos, no solo en lo de Lucía Romero" }).click();
    await hit.waitFor();
    await page.getByText("Filtros").click();
    await page.getByLabel("Orden").selectOption("Relevancia");
    await page.waitForURL(/sort=relevance/);
    await hit.waitFor();
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Buscar o hacer algo" });
    await palette.getByRole("combobox").fill("membrana");
    await palette.getByRole("option", { name: "Buscar «membrana» en todo" }).click();
    await hit.waitFor();
  });
});
