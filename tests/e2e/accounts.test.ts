import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";
import { agentComes, comesAlive, PASSWORD, signsIn } from "./people";

const MARTA = { email: "marta@ejemplo.com", password: "yerba con cascarita de naranja" };
const JUANA = { email: "juana@ejemplo.com", password: "siesta larga bajo el lapacho" };

describe("accounts", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("signs up, opens an organisation, adds an area and invites a colleague, who comes in by the link", async () => {
    const marta = (await stage.visitor({ expected: [/status of 422/] })).page;
    await marta.goto(`${product.url}/signup`);
    await comesAlive(marta);
    await marta.getByLabel("Nombre").fill("Marta Ríos");
    await marta.getByLabel("Correo").fill("marta");
    await marta.getByLabel("Contraseña", { exact: true }).fill(MARTA.password);
    await marta.getByRole("button", { name: "Crear cuenta" }).click();
    // In the page's words, not the browser's, and with the field at hand.
    await marta.getByText("Escribí un correo completo, como nombre@ejemplo.com.").waitFor();
    await expect
      .poll(() => marta.getByLabel("Correo").evaluate((field) => field === document.activeElement))
      .toBe(true);
    await marta.getByLabel("Correo").fill(MARTA.email);
    await marta.getByRole("button", { name: "Crear cuenta" }).click();
    await marta.getByRole("heading", { name: "Ya podés ingresar" }).waitFor();
    await marta.getByLabel("Contraseña", { exact: true }).fill(MARTA.password);
    await marta.getByRole("button", { name: "Ingresar" }).click();
    await marta.waitForURL((address) => address.pathname !== "/login" && address.pathname !== "/signup");

    await marta.goto(`${product.url}/organisations/new`);
    await comesAlive(marta);
    await marta.getByLabel("Nombre", { exact: true }).fill("Yerbatera del Sur");
    await expect.poll(() => marta.getByLabel("Nombre público").inputValue()).toBe("yerbatera-del-sur");
    await marta.getByRole("button", { name: "Crear organización" }).click();
    await marta.waitForURL(/\/admin\/members/);

    await marta.getByRole("link", { name: "Áreas" }).click();
    await marta.waitForURL(/\/admin\/areas/);
    const creation = marta.locator("form", { has: marta.getByRole("button", { name: "Crear área" }) });
    await creation.getByLabel("Nombre").fill("Exportación");
    await creation.getByRole("button", { name: "Crear área" }).click();
    await marta.getByText("Área creada.").waitFor();

    await marta.getByRole("link", { name: "Equipo" }).click();
    const invitation = marta.locator("form", { has: marta.getByRole("button", { name: "Crear invitación" }) });
    await invitation.getByLabel("Exportación").check();
    await invitation.getByRole("button", { name: "Crear invitación" }).click();
    const link = await marta.getByLabel("Enlace de la invitación").inputValue();
    expect(link.startsWith(`${product.url}/invite/`)).toBe(true);

    const juana = (await stage.visitor({ expected: [/404/] })).page;
    await juana.goto(link);
    await comesAlive(juana);
    await juana.getByRole("heading", { name: "Te invitaron a Yerbatera del Sur" }).waitFor();
    await juana.getByLabel("Nombre").fill("Juana Paredes");
    await juana.getByLabel("Correo").fill(JUANA.email);
    await juana.getByLabel("Contraseña", { exact: true }).fill(JUANA.password);
    await juana.getByRole("button", { name: "Crear cuenta y entrar" }).click();
    await juana.waitForURL((address) => !address.pathname.startsWith("/invite"));
    await juana.goto(`${product.url}/inbox`);
    await juana.getByRole("heading", { name: "Bandeja" }).waitFor();

    await marta.reload();
    const member = marta.getByRole("listitem").filter({ hasText: "Juana Paredes" });
    await member.getByText("Exportación").first().waitFor();

    const late = await juana.goto(link);
    expect(late?.status()).toBe(404);
    await juana.getByRole("heading", { name: "La invitación ya no sirve" }).waitFor();
  });

  it("ends another browser's session and its socket from the list of devices", async () => {
    const phone = await agentComes(stage, product.url, "agente2@demo.test", {
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    });
    await phone.page.getByRole("heading", { name: "Bandeja" }).waitFor();
    const laptop = (await agentComes(stage, product.url, "agente2@demo.test", { next: "/settings" })).page;
    await laptop.getByRole("button", { name: /Cerrar sesión: Firefox/ }).click();
    await laptop.getByText("Sesión cerrada.").waitFor();
    // The socket tells the page; nobody touches it.
    await phone.page.waitForURL(/\/login/);
    const answer = await phone.context.request.get(`${product.url}/inbox`, { maxRedirects: 0 });
    expect(answer.status()).toBe(302);
    expect((await laptop.goto(`${product.url}/inbox`))?.status()).toBe(200);
  });

  it("signs out in every tab, and leaves nothing to the back button (TC2)", async () => {
    const { page, context } = await agentComes(stage, product.url, "admin@demo.test");
    const other = await context.newPage();
    await other.goto(`${product.url}/inbox`);
    await other.getByRole("heading", { name: "Bandeja" }).waitFor();
    const cookies = await context.cookies();
    await page.goto(`${product.url}/settings`);
    await comesAlive(page);
    await page.getByRole("button", { name: "Salir", exact: true }).click();
    await page.getByText("Saliste de tu cuenta.").waitFor();
    await other.waitForURL(/\/login/);
    await page.goBack();
    await page.getByLabel("Correo").waitFor();
    expect(new URL(page.url()).pathname).toBe("/login");
    // A copy of the cookie is worth nothing.
    await context.addCookies(cookies);
    const answer = await context.request.get(`${product.url}/inbox`, { maxRedirects: 0 });
    expect(answer.status()).toBe(302);
  });

  it("changes the password, which ends the other sessions and the old password (TC3)", async () => {
    const old = (await agentComes(stage, product.url, "cliente@demo.test", { next: "/settings" })).page;
    const page = (await agentComes(stage, product.url, "cliente@demo.test", { next: "/settings" })).page;
    await page.getByLabel("Contraseña actual").fill(PASSWORD);
    await page.getByLabel("Contraseña nueva").fill("un carpincho mira el río");
    await page.getByRole("button", { name: "Cambiar la contraseña" }).click();
    await page.getByText("Contraseña cambiada. Cerramos tus otras sesiones.").waitFor();
    // The socket tells the other one; nobody touches it.
    await old.waitForURL(/\/login/);

    const again = (await stage.visitor({ expected: [/401/] })).page;
    await again.goto(`${product.url}/login`);
    await comesAlive(again);
    await again.getByLabel("Correo").fill("cliente@demo.test");
    await again.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
    await again.getByRole("button", { name: "Ingresar" }).click();
    await again.getByText("El correo o la contraseña no coinciden.").waitFor();
    await signsIn(again, product.url, {
      email: "cliente@demo.test",
      password: "un carpincho mira el río",
      next: "/settings",
    });
    expect(await again.getByText("contraseña de demostración").count()).toBe(0);
  });
});
