import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { agentComes, comesAlive, signsIn } from "../people";

const INES = { email: "ines@ejemplo.com", password: "tereré con cedrón y menta" };
const LEO = { email: "leo@ejemplo.com", password: "dorado asado en el Paraná" };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const PAGES = [
  "organisation",
  "members",
  "areas",
  "hours",
  "channels",
  "closing",
  "tokens",
  "audit",
  "data",
  "links",
  "widget",
  "webhooks",
  "tags",
  "fields",
].map((page) => `/admin/${page}`);

const drawnLogo = () =>
  sharp({ create: { width: 64, height: 64, channels: 3, background: "#8a3b12" } })
    .png()
    .toBuffer();

const saved = (page: Page) => page.getByText("Guardado.").first().waitFor();
const menu = (page: Page) => page.getByRole("navigation", { name: "Administrar" });
const goes = async (page: Page, name: string, path: string) => {
  await menu(page).getByRole("link", { name, exact: true }).click();
  await page.waitForURL((address) => address.pathname === path);
  await page.getByRole("heading", { level: 2 }).first().waitFor();
};

describe("an admin's first hour", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  async function opensOrganisation(): Promise<Page> {
    const { page } = await stage.visitor({ expected: [/status of 422/] });
    await page.goto(`${product.url}/signup`);
    await comesAlive(page);
    await page.getByLabel("Nombre").fill("Inés Duarte");
    await page.getByLabel("Correo").fill(INES.email);
    await page.getByLabel("Contraseña", { exact: true }).fill(INES.password);
    await page.getByRole("button", { name: "Crear cuenta" }).click();
    await page.getByRole("heading", { name: "Ya podés ingresar" }).waitFor();
    await signsIn(page, product.url, { ...INES, next: "/organisations/new" });
    await page.getByLabel("Nombre", { exact: true }).fill("Ferretería Duarte");
    await expect.poll(() => page.getByLabel("Nombre público").inputValue()).toBe("ferreteria-duarte");
    await page.getByRole("button", { name: "Crear organización" }).click();
    await page.waitForURL(/\/admin\/members/);
    await comesAlive(page);
    return page;
  }

  async function invites(page: Page): Promise<string> {
    await goes(page, "Equipo", "/admin/members");
    const invitation = page.locator("form", { has: page.getByRole("button", { name: "Crear invitación" }) });
    await invitation.getByLabel("Mostrador").check();
    await invitation.getByRole("button", { name: "Crear invitación" }).click();
    return page.getByLabel("Enlace de la invitación").inputValue();
  }

  async function joins(link: string): Promise<Page> {
    const { page } = await stage.visitor();
    await page.goto(link);
    await comesAlive(page);
    await page.getByLabel("Nombre").fill("Leo Báez");
    await page.getByLabel("Correo").fill(LEO.email);
    await page.getByLabel("Contraseña", { exact: true }).fill(LEO.password);
    await page.getByRole("button", { name: "Crear cuenta y entrar" }).click();
    await page.waitForURL((address) => !address.pathname.startsWith("/invite"));
    return page;
  }

  it("leaves an organisation that works: its name, areas, hours, people, reasons and link", async () => {
    const ines = await opensOrganisation();

    await goes(ines, "Organización", "/admin/organisation");
    await ines.getByRole("textbox", { name: /^Color/ }).fill("#ffee00");
    await ines.getByRole("button", { name: "Guardar" }).click();
    await ines.getByText("Sobre ese color no se lee una letra blanca. Elegí uno más oscuro.").waitFor();
    await ines.getByRole("textbox", { name: /^Color/ }).fill("#8a3b12");
    await ines.getByLabel("Nombre público").fill("duarte");
    await ines.getByText("El enlace /c/ferreteria-duarte deja de funcionar").waitFor();
    await ines.getByLabel("Zona horaria").fill("America/Asuncion");
    await ines.getByRole("button", { name: "Guardar" }).click();
    await saved(ines);
    expect(await ines.getByLabel("Enlace del chat").inputValue()).toBe(`${product.url}/c/duarte`);

    await goes(ines, "Áreas", "/admin/areas");
    const creation = ines.locator("form", { has: ines.getByRole("button", { name: "Crear área" }) });
    await creation.getByLabel("Nombre").fill("Mostrador");
    await creation.getByRole("button", { name: "Crear área" }).click();
    await ines.getByText("Área creada.").waitFor();
    await ines.getByRole("link", { name: "Mostrador" }).click();
    await ines.getByLabel("Tickets abiertos por persona").fill("4");
    await ines.getByLabel("A quién se le da un ticket").selectOption("round_robin");
    await ines.getByLabel("Si nadie lo toma, pasa a").selectOption({ label: "General" });
    await ines.getByRole("button", { name: "Guardar" }).first().click();
    await ines.getByText("Elegí a qué área pasa y después de cuántos minutos.").waitFor();
    await ines.getByLabel("Minutos hasta pasar").fill("30");
    await ines.getByRole("button", { name: "Guardar" }).first().click();
    await saved(ines);

    await goes(ines, "Horarios y feriados", "/admin/hours");
    await ines.getByLabel("Siempre abierto").uncheck();
    await ines.getByLabel("Lunes, desde").fill("08:00");
    await ines.getByRole("button", { name: "Copiar el lunes a los días hábiles" }).click();
    expect(await ines.getByLabel("Viernes, desde").inputValue()).toBe("08:00");
    await ines.getByLabel("Fuera de horario se responde").fill("Abrimos mañana a las 8.");
    await ines.getByText("Así lo lee el cliente").waitFor();
    await ines.getByRole("button", { name: "Guardar" }).click();
    await saved(ines);
    await ines.getByLabel("Nombre del feriado").fill("Día de la Virgen");
    await ines.getByLabel("Día", { exact: true }).fill("2027-12-08");
    await ines.getByRole("button", { name: "Agregar feriado" }).click();
    await ines.getByRole("listitem").filter({ hasText: "Día de la Virgen" }).waitFor();

    const link = await invites(ines);
    const leo = await joins(link);
    await leo.goto(`${product.url}/inbox`);
    await leo.getByRole("heading", { name: "Bandeja" }).waitFor();

    await goes(ines, "Motivos de cierre", "/admin/closing");
    await ines.getByRole("textbox", { name: /^Motivos/ }).fill("Vendido\nSin stock");
    await ines.getByRole("button", { name: "Guardar" }).first().click();
    await saved(ines);

    await goes(ines, "Claves de la API", "/admin/tokens");
    await ines.getByLabel("Nombre").fill("Tienda");
    await ines.getByLabel("Leer: tickets").check();
    await ines.getByRole("button", { name: "Crear clave" }).click();
    const secret = await ines.getByLabel("La clave").inputValue();
    const answer = await fetch(`${product.url}/api/v1/tickets`, { headers: { authorization: `Bearer ${secret}` } });
    expect(answer.status).toBe(200);

    await goes(ines, "Organización", "/admin/organisation");
    await ines
      .getByLabel("Imagen")
      .setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: await drawnLogo() });
    await ines.getByRole("button", { name: "Subir imagen" }).click();
    await ines.getByRole("button", { name: "Quitar logo" }).waitFor();

    await goes(ines, "Enlaces y QR", "/admin/links");
    await ines.getByRole("link", { name: "Mostrador" }).click();
    await ines.getByRole("img", { name: "Código QR: Mostrador" }).waitFor();
    expect(await ines.getByLabel("Enlace", { exact: true }).inputValue()).toBe(
      `${product.url}/c/duarte?area=Mostrador`,
    );
    const picture = ines.waitForEvent("download");
    await ines.getByRole("button", { name: "Descargar PNG" }).click();
    expect((await picture).suggestedFilename()).toBe("duarte-Mostrador.png");

    await goes(ines, "Avisos a programas", "/admin/webhooks");
    await ines.getByRole("textbox", { name: "Dirección" }).fill("https://127.0.0.1/hook");
    await ines.getByRole("button", { name: "Agregar" }).click();
    expect(await ines.getByLabel("Secreto de la firma").inputValue()).toMatch(/^whs_/);
    await ines.getByRole("link", { name: "https://127.0.0.1/hook" }).click();
    await ines.getByRole("button", { name: "Enviar una prueba" }).click();
    await ines.getByText("La prueba salió.").waitFor();
    await expect
      .poll(async () => {
        await ines.reload();
        return ines.getByText("la dirección no es pública").count();
      })
      .toBe(1);

    const customer = (await stage.visitor()).page;
    await customer.goto(`${product.url}/c/duarte`);
    await customer.getByRole("heading", { name: "Ferretería Duarte" }).waitFor();
    const logo = customer.locator('header img[src^="/c/duarte/logo"]');
    await expect.poll(() => logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
    const preview = await customer.locator('meta[property="og:image"]').getAttribute("content");
    expect(preview).toContain("/c/duarte/logo?v=");

    await goes(ines, "Registro de cambios", "/admin/audit");
    for (const words of [
      "agregó el aviso a",
      "cambió el logo de",
      "creó la clave",
      "alta en el equipo:",
      "agregó el feriado",
      "cambió el área",
      "creó la organización",
    ])
      await ines.getByRole("listitem").filter({ hasText: words }).first().waitFor();
    expect(await ines.content()).not.toContain(secret);
    await ines.getByLabel("Qué", { exact: true }).selectOption({ label: "creó el área" });
    await ines.getByRole("button", { name: "Filtrar" }).click();
    await ines.waitForURL(/action=area.created/);
    await expect.poll(() => ines.getByRole("main").getByText("Mostrador").count()).toBe(1);
  });

  it("is possible on a phone: a list of pages, each with a way back", async () => {
    const { page } = await agentComes(stage, product.url, "admin@demo.test", { ...PHONE, next: "/admin" });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    for (const path of PAGES) {
      await page.locator(`main a[href="${path}"]:visible`).click();
      await page.waitForURL((address) => address.pathname === path);
      await page.getByRole("heading", { level: 2 }).first().waitFor();
      expect({ path, wide: await wide() }).toEqual({ path, wide: 0 });
      await page.getByRole("link", { name: "Volver" }).click();
      await page.waitForURL((address) => address.pathname === "/admin");
    }
    await page.locator('main a[href="/admin/channels"]:visible').click();
    await page.getByText("Conectar WhatsApp").click();
    const form = page.locator("form", { has: page.getByLabel("Identificador del número (phone_number_id)") });
    await form.getByLabel("Identificador del número (phone_number_id)").fill("5550001");
    await form.getByLabel("Cuenta de WhatsApp Business (waba_id)").fill("777");
    await form.getByLabel("Clave de acceso (access_token)").fill("a token that nobody sees again");
    await form.getByRole("button", { name: "Conectar" }).click();
    await page.getByRole("listitem").filter({ hasText: "5550001" }).waitFor();
    expect(await page.content()).not.toContain("a token that nobody sees again");
  });
});
