import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTcpProxy, type TcpProxy } from "../../faults/driver/tcp-proxy";
import { withBrowser } from "../../support/browser";
import { type Product, startProduct } from "../../support/product";
import { AWAY, countWaiting, stocked } from "../offline/offline-page";
import { agentComes, bubble, composer, says, textsOf } from "../people";

describe("the messages of a chat", () => {
  const stage = withBrowser();
  let product: Product;
  let line: TcpProxy;
  let by = "";
  let chat = "";
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

  const comes = async (email: string, next = "/chats") =>
    agentComes(stage, by, email, { next, expected: AWAY, serviceWorkers: "allow" });
  const menuOf = async (page: Page, text: string, item: string) => {
    await bubble(page, text).hover();
    await bubble(page, text).getByRole("button", { name: "Opciones del mensaje" }).click();
    await page.getByRole("menuitem", { name: item }).click();
  };

  it("are answered, given emoji, changed and taken back, and both see it", async () => {
    const [bruno, admin] = [(await comes("agente@demo.test")).page, (await comes("admin@demo.test")).page];
    await bruno.getByLabel("Usuario o correo").fill("admin@demo.test");
    await bruno.getByRole("button", { name: "Abrir chat" }).click();
    await says(bruno, "¿Llegó el pedido 4512?");
    chat = new URL(bruno.url()).pathname;
    await admin.goto(`${by}${chat}`);
    await menuOf(admin, "¿Llegó el pedido 4512?", "Responder");
    await admin.getByText("Respondés a Bruno Acosta").waitFor();
    await says(admin, "Llega mañana");
    await bubble(bruno, "Llega mañana").getByText("¿Llegó el pedido 4512?").waitFor();

    await bubble(bruno, "Llega mañana").hover();
    await bubble(bruno, "Llega mañana").getByRole("button", { name: "Opciones del mensaje" }).click();
    await bruno.getByRole("button", { name: "👍" }).click();
    await bubble(admin, "Llega mañana").getByText("👍 Bruno Acosta").waitFor({ state: "attached" });

    await menuOf(admin, "Llega mañana", "Editar");
    await composer(admin).fill("Llega el viernes");
    await composer(admin).press("Enter");
    await bubble(bruno, "Llega el viernes").getByText("editado").waitFor();
    await composer(admin).waitFor();
    expect(await composer(admin).inputValue()).toBe("");

    await menuOf(bruno, "¿Llegó el pedido 4512?", "Eliminar para todos");
    await bruno.getByRole("alertdialog").getByRole("button", { name: "Eliminar", exact: true }).click();
    await admin.getByText("Mensaje eliminado").waitFor();
    expect(await textsOf(admin)).toEqual(["Llega el viernes"]);
  });

  it("written without a network in two tabs arrive once and in order, whatever is reloaded or closed (pitfall 6, F32)", async () => {
    const left = await comes("agente@demo.test", chat);
    const right = await left.context.newPage();
    await right.goto(`${by}${chat}`);
    await says(left.page, "antes");
    await bubble(right, "antes").waitFor();
    await stocked(left.page);
    line.refuse(true);
    line.cut();
    await left.page.getByText("Reconectando…").first().waitFor();
    // More than may be written in a minute: the last ones must be asked for again.
    const written = Array.from({ length: 130 }, (_, n) => `sin red ${n}`);
    // In turns of ten: what one tab wrote stands in the browser's database before the other goes on.
    for (let n = 0; n < written.length; n += 10) {
      await (n % 20 ? right : left.page).evaluate(writeAll, written.slice(n, n + 10));
      await expect.poll(() => left.page.evaluate(countWaiting), { timeout: 10_000 }).toBe(n + 10);
    }
    for (const page of [left.page, right]) {
      await page.reload();
      await bubble(page, written.at(-1)!).waitFor();
    }
    expect(await left.page.evaluate(countWaiting)).toBe(written.length);
    await right.close();
    line.refuse(false);
    const admin = (await comes("admin@demo.test", chat)).page;
    const seen = async () => (await admin.evaluate(readTexts, chat)).filter((text) => text.startsWith("sin red"));
    // A hundred go at once, and then as many a minute: nobody may write more.
    await expect.poll(async () => (await seen()).length, { timeout: 110_000, interval: 2_000 }).toBe(written.length);
    expect(await seen()).toEqual(written);
    await expect.poll(() => left.page.evaluate(countWaiting)).toBe(0);
  }, 180_000);

  it("stay where they are read while earlier ones come above them", async () => {
    const { page } = await comes("agente@demo.test", chat);
    await bubble(page, "sin red 129").waitFor();
    const thread = page.getByRole("region", { name: "Mensajes" });
    const lines = () => thread.locator("[data-message]").count();
    const begun = await lines();
    await thread.hover();
    const read = await page.evaluateHandle(lineInTheMiddle);
    const top = () => read.evaluate((line) => Math.round(line.getBoundingClientRect().top));
    const before = await top();
    for (let n = 1; n <= 20; n++) {
      await page.mouse.wheel(0, -100);
      await expect.poll(top).toBe(before + n * 100);
    }
    await expect.poll(lines).toBeGreaterThan(begun);
    expect(await top()).toBe(before + 2_000);
  });
});

/** Runs in the page. */
const lineInTheMiddle = () =>
  [...document.querySelectorAll("[data-message]")].find((line) => line.getBoundingClientRect().top > 300)!;

/** Runs in the page: writes and sends one after the other. */
function writeAll(texts: string[]): void {
  const field = document.querySelector("textarea")!;
  for (const text of texts) {
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.form!.requestSubmit();
  }
}

/** Runs in the page: every text of the conversation, as the server has it. */
async function readTexts(path: string): Promise<string[]> {
  const id = path.split("/").at(-1);
  const texts: string[] = [];
  for (let after = 0; ; ) {
    const answer = await fetch(`/conversations/${id}/messages?after_seq=${after}&limit=100`);
    const page = (await answer.json()) as { messages: { seq: number; text: string }[] };
    if (page.messages.length === 0) return texts;
    texts.push(...page.messages.map(({ text }) => text));
    after = page.messages.at(-1)!.seq;
  }
}
