import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { Stage, Visitor, VisitorOptions } from "../support/browser";

export const PASSWORD = "guazu-demo-2026";
export const HUMAN = "Hablar con alguien";

/** Waits until the page's scripts have taken over what the server rendered. */
export async function comesAlive(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const element = document.querySelector("form, button, main");
    return element !== null && Object.keys(element).some((key) => key.startsWith("__react"));
  });
}

/** Marks the document as it is now; the answer tells later whether it is still the same one. */
export async function sameDocument(page: Page): Promise<() => Promise<boolean>> {
  const mark = `mark-${Math.random()}`;
  await page.evaluate((text) => {
    document.documentElement.dataset.mark = text;
  }, mark);
  return () => page.evaluate((text) => document.documentElement.dataset.mark === text, mark);
}

export const composer = (page: Page | Locator): Locator => page.getByRole("textbox", { name: "Mensaje" });
/** The open conversation, with what is still on its way. */
export const thread = (page: Page): Locator => page.locator('[aria-label="Mensajes"]').first();
const exactly = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);

/** A message of the conversation by its words: all of them, or a part by an expression. */
export const bubble = (page: Page, text: string | RegExp): Locator => {
  const words = page.locator("[dir=auto] > p").filter({ hasText: typeof text === "string" ? exactly(text) : text });
  return thread(page).getByRole("article").filter({ has: words });
};
export const choice = (page: Page, label: string): Locator => page.getByRole("button", { name: label, exact: true });

/** Writes in the open conversation and sees it there. */
export async function says(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
  await bubble(page, text).first().waitFor();
}

/** Picks files as by the button. */
export async function picks(page: Page, ...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> {
  await page.getByRole("button", { name: "Adjuntar" }).click();
  const choosing = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Archivo", exact: true }).click();
  await (await choosing).setFiles(files);
}
export const sends = (page: Page): Promise<void> => page.getByRole("button", { name: "Enviar", exact: true }).click();

/** Opens the public chat in a browser of their own. */
export async function customerComes(stage: Stage, url: string, options: VisitorOptions = {}): Promise<Visitor> {
  const visitor = await stage.visitor(options);
  await visitor.page.goto(`${url}/c/demo`);
  if (options.javaScriptEnabled !== false) await comesAlive(visitor.page);
  return visitor;
}

type SignIn = { email: string; password?: string; next?: string };

/** Signs in by the page, as people do, and lands on `next`. */
export async function signsIn(page: Page, url: string, { email, password = PASSWORD, next = "/inbox" }: SignIn) {
  await page.goto(`${url}/login?next=${encodeURIComponent(next)}`);
  await comesAlive(page);
  await page.getByLabel("Correo").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Ingresar" }).click();
  await page.waitForURL((address) => `${address.pathname}${address.search}`.startsWith(next));
  await comesAlive(page);
}

/**
 * A member of the demo at `next`, by default the inbox: by the form that signing in sends, without its page, which costs a
 * third of a story. Stories about accounts sign in as people do.
 */
export async function agentComes(
  stage: Stage,
  url: string,
  email = "agente@demo.test",
  options: VisitorOptions & { next?: string } = {},
): Promise<Visitor> {
  const { next = "/inbox", ...rest } = options;
  const visitor = await stage.visitor(rest);
  const form = { email, password: PASSWORD, next };
  const answer = await visitor.context.request.post(`${url}/login`, {
    form,
    headers: { origin: url },
    maxRedirects: 0,
  });
  expect([answer.status(), answer.headers().location]).toEqual([302, next]);
  await visitor.page.goto(`${url}${next}`);
  await comesAlive(visitor.page);
  return visitor;
}

export const ticketList = (page: Page): Locator => page.getByRole("region", { name: "Tickets" });
/** A row of the list by anything that it says. */
export const row = (page: Page, text: string | RegExp): Locator =>
  ticketList(page).getByRole("link").filter({ hasText: text });
/** A row of the chats' list, not its tab. */
export const chatRow = (page: Page, name: RegExp): Locator =>
  page.locator("li:not([data-tab])").getByRole("link", { name });
/** What stands above the open conversation. */
export const head = (page: Page): Locator => page.locator("main#content div:has(> header h1 bdi)");
export const action = (page: Page, name: string): Locator => page.getByRole("button", { name, exact: true });

/** The texts of the thread's bubbles, in the order in which they stand. */
export const textsOf = (page: Page): Promise<string[]> => thread(page).locator("article p.inline").allInnerTexts();

/** Sees each of these once, in this order. */
export async function seesInOrder(page: Page, texts: string[]): Promise<void> {
  await expect
    .poll(async () => (await textsOf(page)).filter((text) => texts.includes(text)), { timeout: 20_000 })
    .toEqual(texts);
}

/** Runs in the page: whether a row has its place in a list that draws only what is in sight, and can be seen there. */
function isMeasured(row: Element): boolean {
  const line = row.closest("[style*=absolute]");
  return line !== null && getComputedStyle(line).visibility === "visible";
}

/** Waits until a row of a list has its place: the list hides each for the moment in which it is measured. */
export const stands = (one: Locator): Promise<void> => expect.poll(() => one.evaluate(isMeasured)).toBe(true);
