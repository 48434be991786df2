import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { comesAlive, signsIn } from "../people";

const stage = withBrowser();
let product: Product;
/** Two sites of other people's: each has the same page with the widget on it. */
let sites: Server[] = [];
const urlOf = (at: number) => `http://127.0.0.1:${(sites[at]?.address() as AddressInfo | null)?.port}`;

beforeAll(async () => {
  product = await startProduct();
  const page = `<!doctype html><html lang="es"><title>Tienda</title><h1>Tienda</h1>
    <script src="${product.url}/widget.js" data-handle="demo" async></script></html>`;
  sites = [1, 2].map(() =>
    createServer((_, answer) => answer.setHeader("content-type", "text/html").end(page)).listen(0, "127.0.0.1"),
  );
});
afterAll(async () => {
  for (const site of sites) site.close();
  await product?.dispose();
});

it("opens the chat on a site that an admin named, by a button that keys reach, and on no other (TD4)", async () => {
  const { page: admin } = await stage.visitor();
  await signsIn(admin, product.url, { email: "admin@demo.test", password: "guazu-demo-2026", next: "/admin/widget" });
  await comesAlive(admin);
  await admin.getByLabel("Sitios donde se muestra").fill(`${urlOf(0)}/contacto`);
  await admin.getByRole("button", { name: "Guardar" }).click();
  await admin.getByText("Guardado.").waitFor();
  expect(await admin.getByLabel("Sitios donde se muestra").inputValue()).toBe(urlOf(0));
  expect(await admin.getByRole("textbox", { name: "Código" }).inputValue()).toContain(
    `src="${product.url}/widget.js" data-handle="demo"`,
  );

  const { page: customer } = await stage.visitor();
  await customer.goto(urlOf(0));
  const button = customer.getByRole("button", { name: /^Escribir a / });
  await button.focus();
  await customer.keyboard.press("Enter");
  const chat = customer.frameLocator("iframe");
  await chat.getByRole("textbox").fill("¿Tienen yerba?");
  await chat.getByRole("button", { name: "Enviar" }).click();
  await chat.getByRole("log").getByText("¿Tienen yerba?").waitFor();
  await customer.getByRole("button", { name: "Cerrar el chat" }).press("Escape");
  await customer.getByRole("button", { name: /^Escribir a / }).waitFor();
  expect(await customer.evaluate(() => document.querySelector("iframe"))).toBeNull();

  const { page: stranger } = await stage.visitor({ expected: [/frame-ancestors/, /./] });
  await stranger.goto(urlOf(1));
  expect(
    await stranger.evaluate((chat) => fetch(`${chat}/widget`).catch(() => null), `${product.url}/c/demo`),
  ).toBeNull();
  expect(await stranger.getByRole("button").count()).toBe(0);
  await stranger.evaluate((chat) => {
    const frame = document.createElement("iframe");
    frame.src = chat;
    document.body.append(frame);
  }, `${product.url}/c/demo?widget=1`);
  await expect.poll(() => stranger.frames().some((frame) => frame.url().startsWith("chrome-error:"))).toBe(true);
  expect(await stranger.frameLocator("iframe").getByRole("textbox").count()).toBe(0);
});
