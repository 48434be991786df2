import type { Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTcpProxy, type TcpProxy } from "../../faults/driver/tcp-proxy";
import { type VisitorOptions, withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import {
  action,
  agentComes,
  bubble,
  chatRow,
  choice,
  comesAlive,
  composer,
  customerComes,
  HUMAN,
  picks,
  row,
  says,
  seesInOrder,
  sends,
} from "../people";
import { NEVER, startLaterBuild } from "./later-build";
import { AWAY, countWaiting, keptOwners, keptTexts, stocked } from "./offline-page";

const OPTIONS: VisitorOptions = { expected: AWAY, serviceWorkers: "allow" };
const COPY = /Esto es lo último que se vio/;

describe("without a network, after a reload", () => {
  const stage = withBrowser();
  let product: Product;
  let line: TcpProxy;
  let by = "";
  beforeAll(async () => {
    line = await startTcpProxy(1);
    by = `http://127.0.0.1:${line.port}`;
    product = await startProduct({ env: { PUBLIC_URL: by } });
    line.lead(product.port);
  });
  afterAll(async () => {
    await line?.close();
    await product?.dispose();
  });

  afterEach(() => line.refuse(false));

  const cut = () => {
    line.refuse(true);
    line.cut();
  };
  const comes = (email: string, next: string) => agentComes(stage, by, email, { ...OPTIONS, next });
  async function opensChat(page: Page, email: string): Promise<string> {
    await page.getByLabel("Usuario o correo").fill(email);
    await page.getByRole("button", { name: "Abrir chat" }).click();
    await page.waitForURL(/\/chats\/[0-9a-f-]{36}/);
    return new URL(page.url()).pathname;
  }

  it("the public chat shows what was there last, and sends what was written then (TL3)", async () => {
    const { page } = await customerComes(stage, by, OPTIONS);
    await says(page, "hola");
    await choice(page, HUMAN).click();
    await bubble(page, /te paso con una persona/).waitFor();
    await stocked(page);
    cut();
    await page.reload();
    await page.getByText(COPY).waitFor();
    await bubble(page, /te paso con una persona/).waitFor();
    await says(page, "¿siguen ahí?");
    await page.reload();
    await bubble(page, "¿siguen ahí?").waitFor();
    line.refuse(false);
    await expect.poll(() => page.evaluate(countWaiting)).toBe(0);
    await page.getByText(COPY).waitFor({ state: "hidden" });
    await seesInOrder(page, ["hola", HUMAN, "¿siguen ahí?"]);
    const answer = await fetch(`${by}/sw.js`);
    expect(answer.headers.get("cache-control")).toBe("no-cache");
    expect(answer.headers.get("content-type")).toMatch(/^text\/javascript/);
    expect(answer.headers.get("service-worker-allowed")).toBeNull();
    expect((await fetch(`${by}/sw-off.js`)).status).toBe(404);
  });

  it("an agent reads the list, the open ticket with what came last, and another one; the rest says that it is not there", async () => {
    const { page } = await comes("agente@demo.test", "/inbox?view=open");
    await row(page, "Visitante").first().click();
    await action(page, "Tomar").click();
    await says(page, "lo último que se dijo");
    const ticket = page.url();
    await page.goto(`${by}/chats`);
    const chat = await opensChat(page, "admin@demo.test");
    const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: "#2d6a4f" } })
      .jpeg()
      .toBuffer();
    await picks(page, { name: "río.jpg", mimeType: "image/jpeg", buffer: photo });
    await sends(page);
    await expect.poll(() => page.getByRole("button", { name: "Abrir río.jpg" }).count()).toBe(1);
    await says(page, "para leer después");
    await expect.poll(() => page.evaluate(keptTexts)).toMatch(/"last":{"seq":\d+,"text":"para leer después"/);
    await stocked(page);
    await page.reload();
    const picture = page.getByRole("button", { name: "Abrir río.jpg" }).locator("img");
    const drawn = () => picture.evaluate((img: HTMLImageElement) => img.naturalWidth);
    await expect.poll(drawn).toBeGreaterThan(0);
    await page.goto(ticket);
    await bubble(page, "lo último que se dijo").waitFor();
    await stocked(page);
    cut();
    await page.reload();
    await page.getByText(COPY).waitFor();
    await bubble(page, "lo último que se dijo").waitFor();
    await row(page, "Visitante").first().waitFor();
    await page.getByRole("link", { name: "Chats" }).first().click();
    await page.locator(`a[href="${chat}"]`).first().waitFor();
    await page.goto(`${by}${chat}`);
    await bubble(page, "para leer después").waitFor();
    await expect.poll(drawn).toBeGreaterThan(0);
    await page.goto(`${by}/chats/01a20579-2204-7423-b6bc-bbdceae7d8f3`);
    await page.getByText("Esta página no está guardada").waitFor();
    await page.getByRole("navigation", { name: "Lo que podés leer sin conexión" }).getByRole("link").first().click();
    await page.getByText(COPY).waitFor();
    line.refuse(false);
    await page.getByText(COPY).waitFor({ state: "hidden" });
  });

  it("a page that is closed in the middle of sending leaves the rest to the next: once each, in order (F33)", async () => {
    const { page, context } = await comes("agente@demo.test", "/chats");
    const chat = await opensChat(page, "admin@demo.test");
    await says(page, "antes");
    await stocked(page);
    cut();
    await page.reload();
    await page.getByText(COPY).waitFor();
    const texts = Array.from({ length: 12 }, (_, n) => `a medias ${n}`);
    for (const text of texts) await says(page, text);
    await expect.poll(() => page.evaluate(countWaiting)).toBe(12);
    line.refuse(false);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    await expect.poll(() => page.evaluate(countWaiting), { interval: 5 }).toBeLessThan(12);
    // As a crash does it: nothing of the page's runs any more.
    await page.close({ runBeforeUnload: false });
    const next = await context.newPage();
    await next.goto(`${by}${chat}`);
    await expect.poll(() => next.evaluate(countWaiting)).toBe(0);
    const admin = (await comes("admin@demo.test", chat)).page;
    await seesInOrder(admin, ["antes", ...texts]);
  });

  it("signing out leaves nothing of it, and who comes next sees nothing and sends nothing (TL4, TL5, TL6)", async () => {
    const { page, context } = await comes("agente@demo.test", "/chats");
    const chat = await opensChat(page, "admin@demo.test");
    await says(page, "canario uno");
    await expect.poll(() => page.evaluate(keptTexts)).toContain("canario uno");
    const owners = await page.evaluate(keptOwners);
    expect(owners).toHaveLength(1);
    expect(await page.evaluate(cachedTexts)).not.toContain("canario");
    await stocked(page);
    cut();
    await page.reload();
    await page.getByText(COPY).waitFor();
    await says(page, "canario dos");
    // The session ends while this tab is away, and somebody else signs in in another.
    await context.clearCookies();
    const other = await context.newPage();
    line.refuse(false);
    await other.goto(`${by}/login?next=${encodeURIComponent("/chats")}`);
    await other.getByLabel("Correo").fill("admin@demo.test");
    await other.getByLabel("Contraseña", { exact: true }).fill("guazu-demo-2026");
    await other.getByRole("button", { name: "Ingresar" }).click();
    await other.waitForURL(/\/chats/);
    await expect.poll(() => other.evaluate(keptOwners)).toHaveLength(1);
    expect(await other.evaluate(keptOwners)).not.toEqual(owners);
    await other.goto(`${by}${chat}`);
    await bubble(other, "canario uno").waitFor();
    await says(other, "soy otra");
    await expect.poll(() => other.evaluate(countWaiting)).toBe(1);
    expect(await bubble(other, "canario dos").count()).toBe(0);
    await other.getByRole("button", { name: /^Tu cuenta/ }).click();
    await other.getByRole("menuitem", { name: "Salir" }).click();
    await other.waitForURL(/\/login/);
    await expect.poll(() => other.evaluate(keptTexts)).toBe("");
    cut();
    await other.goto(`${by}${chat}`);
    await other.getByText("Esta página no está guardada").waitFor();
    expect(await other.getByText(/canario|soy otra/).count()).toBe(0);
    line.refuse(false);
  });

  /** As another app does it through the system: a form of nobody's page. */
  const shares = async (page: Page, text: string) => {
    const gone = page.waitForURL(/\/share$|next=%2Fshare/);
    await page.evaluate((text) => {
      const form = Object.assign(document.createElement("form"), { method: "post", action: "/share" });
      form.enctype = "multipart/form-data";
      for (const [name, value] of [
        ["title", "Lista"],
        ["text", text],
        ["url", "https://a.test/x"],
      ] as const)
        form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      const files = Object.assign(document.createElement("input"), { type: "file", name: "files" });
      const chosen = new DataTransfer();
      chosen.items.add(new File(["42 bolsas"], "remito.txt", { type: "text/plain" }));
      files.files = chosen.files;
      form.append(files);
      document.body.append(form);
      form.submit();
    }, text);
    await gone;
    await comesAlive(page);
  };

  it("what another app shares waits for its chat, over signing in, and goes only when it is sent by hand", async () => {
    const { page, context } = await comes("agente@demo.test", "/chats");
    const chat = await opensChat(page, "admin@demo.test");
    await says(page, "te paso la lista");
    await composer(page).fill("ya empezado");
    await stocked(page);
    // Signed out: it waits over signing in.
    await context.clearCookies();
    await shares(page, "precios nuevos");
    await page.getByLabel("Correo").fill("agente@demo.test");
    await page.getByLabel("Contraseña", { exact: true }).fill("guazu-demo-2026");
    await page.getByRole("button", { name: "Ingresar" }).click();
    await page.getByText("remito.txt").waitFor();
    await page.getByText(/Lista\nprecios nuevos\nhttps:\/\/a.test\/x/).waitFor();
    await page.getByRole("searchbox").fill("benitez");
    const targets = page.getByRole("list", { name: "Chats" }).getByRole("button");
    await expect.poll(() => targets.count()).toBe(1);
    await targets.click();
    await page.waitForURL(by + chat);
    await expect.poll(() => composer(page).inputValue()).toBe("ya empezado\nLista\nprecios nuevos\nhttps://a.test/x");
    await page.getByText("remito.txt").waitFor();
    expect(await bubble(page, /precios nuevos/).count()).toBe(0);
    await sends(page);
    await bubble(page, /precios nuevos/).waitFor();
    await page.getByRole("link", { name: "Descargar remito.txt" }).waitFor();
    await page.goto(`${by}/share`);
    await page.getByText("No llegó nada para compartir").waitFor();
  });

  it("a new build waits until it is pressed for, comes in every tab, and loses nothing that is half written", async () => {
    const later = await startLaterBuild(product.port);
    try {
      const { page, context } = await comes("agente@demo.test", "/chats");
      const chat = await opensChat(page, "admin@demo.test");
      const builds = (of: Page) => of.evaluate(() => document.documentElement.dataset.build ?? "this");
      await stocked(page);
      const other = await context.newPage();
      await other.goto(`${by}/settings`);
      await composer(page).fill("a medio escribir");
      const name = other.getByLabel("Nombre", { exact: true });
      const before = await name.inputValue();
      await name.fill("Bruno a medias");
      line.lead(later.port);
      line.cut();
      const prompt = page.getByRole("button", { name: "Actualizar" });
      expect(await prompt.count()).toBe(0);
      // What the browser does at its next load of a page, and a page that stands every half an hour.
      const look = () => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
      await look();
      await prompt.waitFor();
      await other.getByRole("button", { name: "Actualizar" }).waitFor();
      // Nobody pressed yet: the old one goes on.
      expect([await builds(page), (await page.evaluate(() => caches.keys())).length]).toEqual(["this", 2]);
      // What the old worker still waits for must not hold up who pressed.
      await page.evaluate((address) => void fetch(address).catch(() => {}), NEVER);
      await prompt.click();
      await expect.poll(() => builds(page).catch(() => "")).toBe("later");
      // Where nobody pressed, and nothing is kept of what is half written, it comes once that is sent or taken back.
      await other.waitForTimeout(3_000);
      expect([await builds(other), await name.inputValue()]).toEqual(["this", "Bruno a medias"]);
      await name.fill(before);
      await expect.poll(() => builds(other).catch(() => "")).toBe("later");
      expect(new URL(page.url()).pathname).toBe(chat);
      await expect.poll(() => composer(page).inputValue()).toBe("a medio escribir");
      await expect.poll(() => page.evaluate(() => caches.keys())).toEqual([expect.stringMatching(/^later build /)]);
      expect(await prompt.count()).toBe(0);
      await composer(page).press("Enter");
      await bubble(page, "a medio escribir").waitFor();
      await expect.poll(() => page.evaluate(countWaiting)).toBe(0);
    } finally {
      line.lead(product.port);
      line.cut();
      later.close();
    }
  });

  it("switched off, it leaves every browser that had it, with what it kept, and comes to no new one", async () => {
    const { page } = await comes("agente@demo.test", "/chats");
    await stocked(page);
    await product.stop();
    product.settings.SERVICE_WORKER = "off";
    await product.startAgain();
    /** How many workers, caches and leading workers a page has that was loaded anew and rests. */
    const leftAt = async (of: Page) => {
      await of.goto(`${by}/chats`);
      await of.waitForTimeout(2_000);
      const look = async () => [
        (await navigator.serviceWorker.getRegistrations()).length,
        (await caches.keys()).length,
        navigator.serviceWorker.controller ? 1 : 0,
      ];
      return of.evaluate(look).catch(String);
    };
    await expect.poll(() => leftAt(page)).toEqual([0, 0, 0]);
    await chatRow(page, /Ana Benítez/).waitFor();
    const fresh = (await comes("admin@demo.test", "/chats")).page;
    expect(await leftAt(fresh)).toEqual([0, 0, 0]);
  });
});

/** Runs in the page: everything that the worker holds, as text. */
async function cachedTexts(): Promise<string> {
  const texts: string[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) texts.push((await (await cache.match(request))?.text()) ?? "");
  }
  return texts.join("\n");
}
