import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { action, agentComes, bubble, choice, comesAlive, customerComes, HUMAN, head, row, ticketList } from "./people";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** What reaches beyond the right edge, where a panel that scrolls by itself would hide it from `overflow`. */
const outside = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("body *:not(bdi)")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`),
  );

/** Whether a line has more to say than it shows. */
const cutShort = (line: Locator) => line.evaluate((element) => element.scrollWidth > element.clientWidth);

describe("on a phone, and in every language", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("lets an agent work in one panel at a time", async () => {
    const customer = (await customerComes(stage, product.url, PHONE)).page;
    await customer.getByRole("textbox", { name: "Mensaje" }).fill("hola desde el teléfono");
    await action(customer, "Enviar").click();
    await bubble(customer, "hola desde el teléfono").waitFor();
    await choice(customer, HUMAN).click();
    await bubble(customer, /te paso con una persona/).waitFor();

    const agent = (await agentComes(stage, product.url, "agente@demo.test", { ...PHONE, next: "/inbox?view=queue" }))
      .page;
    await row(agent, "Visitante").first().click();
    await bubble(agent, "hola desde el teléfono").waitFor();
    expect(await cutShort(agent.locator("main#content h1:visible"))).toBe(false);
    expect(await ticketList(agent).isVisible()).toBe(false);
    await action(agent, "Tomar").click();
    await head(agent).getByText("Bruno Acosta").waitFor();
    await agent.getByRole("textbox", { name: "Mensaje" }).fill("Te respondo desde el mío");
    await action(agent, "Enviar").click();
    await bubble(customer, "Te respondo desde el mío").waitFor();
    expect(await overflow(agent)).toBe(0);

    await agent.getByRole("link", { name: "Volver" }).click();
    await ticketList(agent).waitFor();
    await agent.getByRole("navigation", { name: "Principal" }).getByRole("link", { name: "Chats" }).click();
    await agent.waitForURL(/\/chats/);
    await agent.getByRole("button", { name: "Más" }).click();
    await agent.getByRole("dialog").getByText("Bruno Acosta").waitFor();
  });

  const titles = {
    es: { inbox: "Bandeja", mine: "Míos", email: "Correo", tag: "es-AR" },
    pt: { inbox: "Caixa de entrada", mine: "Meus", email: "E-mail", tag: "pt-BR" },
    en: { inbox: "Inbox", mine: "Mine", email: "Email", tag: "en" },
  };
  it.each(Object.entries(titles))("speaks %s where the browser does, light and dark", async (_, texts) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page } = await stage.visitor({ locale: texts.tag, colorScheme });
      for (const path of ["/", "/login", "/signup", "/reset", "/c/demo"]) {
        await page.goto(product.url + path);
        await comesAlive(page);
        expect((await page.locator("html").getAttribute("lang"))?.slice(0, 2)).toBe(texts.tag.slice(0, 2));
      }
      await page.goto(`${product.url}/login`);
      await page.getByLabel(texts.email, { exact: true }).waitFor();
    }
  });

  it("keeps the language that was chosen where one signs in, whatever the browser's", async () => {
    const { page } = await stage.visitor({});
    await page.goto(`${product.url}/login`);
    await comesAlive(page);
    await page.getByLabel("Idioma").selectOption("pt");
    await page.getByRole("button", { name: "Entrar" }).waitFor();
    await page.getByLabel("E-mail", { exact: true }).fill("agente2@demo.test");
    await page.getByLabel("Senha", { exact: true }).fill("guazu-demo-2026");
    await page.getByRole("button", { name: "Entrar" }).click();
    await page.getByRole("heading", { name: titles.pt.inbox, exact: true }).waitFor();
    await page.reload();
    await page.getByRole("heading", { name: titles.pt.inbox, exact: true }).waitFor();
  });

  it("changes the account's language and theme from its menu, and keeps them", async () => {
    const { page } = await agentComes(stage, product.url, "agente2@demo.test");
    for (const [name, language] of [
      ["Português", "pt"],
      ["English", "en"],
      ["Español", "es"],
    ] as const) {
      await page.getByRole("button", { name: /Bruno|Carla/ }).click();
      await page.getByRole("menuitem", { name: new RegExp(name) }).click();
      await page.getByRole("heading", { name: titles[language].inbox, exact: true }).waitFor();
      await page.getByRole("navigation").getByText(titles[language].mine).waitFor();
    }
    await page.getByRole("button", { name: /Carla/ }).click();
    await page.getByRole("menuitem", { name: "Oscuro" }).click();
    await expect.poll(() => page.locator("html").getAttribute("data-theme")).toBe("dark");
    await page.reload();
    expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  });

  it("needs no sideways scrolling at 320 px", async () => {
    const narrow = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };
    const customer = (await customerComes(stage, product.url, narrow)).page;
    await writesByThumb(customer, "palabralarguísima".repeat(12));
    expect(await overflow(customer)).toBe(0);
    const { page } = await agentComes(stage, product.url, "admin@demo.test", { ...narrow, next: "/inbox?view=all" });
    const addresses = [
      "/inbox?view=all",
      "/settings",
      "/admin/members",
      "/admin/areas",
      "/admin/hours",
      "/admin/tokens",
      "/chats",
      "/organisations/new",
    ];
    for (const path of addresses) {
      await page.goto(product.url + path);
      expect({ path, overflow: await overflow(page) }).toEqual({ path, overflow: 0 });
    }
    await page.goto(`${product.url}/inbox?view=all`);
    await comesAlive(page);
    await row(page, "Visitante").first().click();
    await bubble(page, /palabralarguísima/).waitFor();
    expect(await overflow(page)).toBe(0);
    // Its head leaves the room to what is said.
    const top = await page.locator("main#content h1:visible").evaluate((title) => {
      const head = title.closest("header")?.parentElement;
      return [...(head?.children ?? [])].map((line) => line.getBoundingClientRect().height);
    });
    expect(top).toHaveLength(2);
    expect(Math.max(...top)).toBeLessThanOrEqual(60);
    await page.setViewportSize({ width: 1280, height: 800 });
    const wide = await row(page, "Visitante")
      .first()
      .evaluate((one) => one.scrollWidth - one.clientWidth);
    expect(wide).toBe(0);
    const stranger = (await stage.visitor(narrow)).page;
    for (const path of ["/", "/login", "/signup", "/reset"]) {
      await stranger.goto(product.url + path);
      expect({ path, overflow: await overflow(stranger) }).toEqual({ path, overflow: 0 });
    }
  });

  it("has room for the longest names at 320 px", async () => {
    const word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk";
    const narrow = { viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true };
    const { page } = await stage.visitor(narrow);
    await page.goto(`${product.url}/signup`);
    await comesAlive(page);
    await page.getByLabel("Nombre").fill(`Maximiliana ${word}`);
    await page.getByLabel("Correo").fill("maximiliana@ejemplo.com");
    await page.getByLabel("Contraseña", { exact: true }).fill("siesta larga bajo el lapacho");
    await page.getByRole("button", { name: "Crear cuenta" }).click();
    await page.getByRole("heading", { name: "Ya podés ingresar" }).waitFor();
    await page.getByLabel("Contraseña", { exact: true }).fill("siesta larga bajo el lapacho");
    await page.getByRole("button", { name: "Ingresar" }).click();
    // Who came to open an organisation finds the way from the first page.
    await page.getByRole("link", { name: "Crear una organización" }).click();
    await page.waitForURL(/\/organisations\/new/);
    await comesAlive(page);
    await page.getByLabel("Nombre", { exact: true }).fill(`Astillero ${word}`);
    await page.getByLabel("Nombre público").fill("astillero");
    await page.getByRole("button", { name: "Crear organización" }).click();
    await page.waitForURL(/\/admin\/members/);
    for (const path of ["/admin/members", "/admin/areas", "/settings", "/inbox?view=all", "/c/astillero"]) {
      await page.goto(product.url + path);
      expect({ path, outside: await outside(page) }).toEqual({ path, outside: [] });
    }
    await page.goto(`${product.url}/inbox?view=all`);
    const chat = page.getByRole("link", { name: "Abrir el chat público" });
    expect(await chat.getAttribute("href")).toBe("/c/astillero");
  });

  async function writesByThumb(page: Page, text: string) {
    await page.getByRole("textbox", { name: "Mensaje" }).fill(text);
    await action(page, "Enviar").click();
    await bubble(page, text).waitFor();
  }
});
