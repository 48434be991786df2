import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium";
import type { Benchmark, Row } from "./benchmark";
import { framesOf, traced } from "./driver/frames";
import { median } from "./driver/percentile";
import { chainOf } from "./subject/large-flow";
import { type ProductWorld, startProductWorld } from "./subject/product-world";

const LARGE = 300;
const SMALL = 10;
const SCREEN = { width: 1440, height: 900 };
const MOVES = 90;
const TYPED = "Contanos qué necesitás y te decimos cuánto sale y cuándo llega. ".repeat(2);

async function addFlow(world: ProductWorld, count: number): Promise<string> {
  const { rows } = await world.database.query(
    `insert into flow (id, org_id, name, draft) select gen_random_uuid(), id, $1, $2 from organisation returning id`,
    [`Cadena de ${count}`, JSON.stringify(chainOf(count))],
  );
  return String(rows[0]?.id);
}

async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel("Correo").fill("ana@medida.test");
  await page.getByLabel("Contraseña", { exact: true }).fill("una clave para medir");
  await page.getByRole("button", { name: "Ingresar" }).click();
  await page.waitForURL((address) => address.pathname !== "/login");
}

/** From the address to a canvas that can be worked on, in ms. */
async function open(page: Page, address: string): Promise<number> {
  const from = performance.now();
  await page.goto(address);
  await page.locator(".react-flow__node").first().waitFor();
  return performance.now() - from;
}

/** A hand that moves a node about: one step a frame. */
async function drag(page: Page): Promise<void> {
  const node = page.locator(".react-flow__node").first();
  const box = await node.boundingBox();
  if (!box) throw new Error("no node is seen");
  const [x, y] = [box.x + box.width / 2, box.y + 12];
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let n = 1; n <= MOVES; n++) {
    await page.mouse.move(x + 3 * n, y + 40 * Math.sin(n / 10));
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await page.mouse.up();
}

/** The tasks that kept the page from answering while something was done, in ms, and how long it took. */
async function blockedWhile(page: Page, work: () => Promise<void>): Promise<{ longest: number; took: number }> {
  await page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, "longTasks", seen);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.push(duration);
    }).observe({ type: "longtask" });
  });
  const from = performance.now();
  await work();
  const took = performance.now() - from;
  await page.waitForTimeout(300);
  const tasks = (await page.evaluate(() => Reflect.get(window, "longTasks"))) as number[];
  return { longest: Math.max(0, ...tasks), took };
}

async function figuresOf(page: Page, session: CDPSession, address: string) {
  const opened: number[] = [];
  for (let n = 0; n < 3; n++) opened.push(await open(page, address));
  await page.waitForTimeout(1_000);
  const dragged = framesOf(await traced(session, () => drag(page)));
  await page.locator(".react-flow__node", { hasText: "Paso 1:" }).click();
  const words = page.getByRole("complementary", { name: "Ajustes y problemas" }).locator("textarea");
  await words.first().click();
  const typed = framesOf(await traced(session, () => page.keyboard.type(TYPED, { delay: 25 })));
  await page.keyboard.press("Escape");
  const place = () =>
    page
      .locator(".react-flow__node")
      .nth(1)
      .evaluate((node) => node.style.transform);
  const before = await place();
  const arranged = await blockedWhile(page, async () => {
    await page.getByRole("button", { name: "Ordenar" }).click();
    await page.waitForFunction(
      (was) => document.querySelectorAll<HTMLElement>(".react-flow__node")[1]?.style.transform !== was,
      before,
      { timeout: 60_000 },
    );
  });
  return { opened: median(opened), dragged, typed, arranged };
}

/** A large flow in the editor, in Chromium, beside a small one. */
export const flowEditor: Benchmark = {
  name: "editor",
  title: `The editor of bots with ${LARGE} nodes`,
  async run({ say }) {
    const world = await startProductWorld(0);
    try {
      const ids = [await addFlow(world, SMALL), await addFlow(world, LARGE)];
      const browser = await launchBrowser();
      try {
        const page = await browser.newPage({ viewport: SCREEN, locale: "es-AR" });
        const session = await page.context().newCDPSession(page);
        await signIn(page, world.product.url);
        const all = [];
        for (const id of ids) {
          all.push(await figuresOf(page, session, `${world.product.url}/bots/${id}`));
          say(`${all.length === 1 ? SMALL : LARGE} nodes measured`);
        }
        const [small, large] = all as [(typeof all)[0], (typeof all)[0]];
        const row = (what: string, ours: number, value: number, more: Partial<Row> = {}): Row => ({
          ...{ what, unit: "ms", ours, reference: { name: `${SMALL} nodes`, value } },
          ...more,
        });
        return [
          row("opening", large.opened, small.opened),
          row("dragging a node, a frame, p95", large.dragged.p95Ms, small.dragged.p95Ms, {
            more: { frames_a_second: large.dragged.perSecond.toFixed(1), longest_ms: large.dragged.longestMs },
          }),
          row("typing into a text, a frame, p95", large.typed.p95Ms, small.typed.p95Ms, {
            more: { frames_a_second: large.typed.perSecond.toFixed(1), longest_ms: large.typed.longestMs },
          }),
          row("laying out, until it is seen", large.arranged.took, small.arranged.took),
          {
            ...{ what: "laying out, the longest time without an answer", unit: "ms", ours: large.arranged.longest },
            goal: { most: 200 },
          },
        ];
      } finally {
        await browser.close();
      }
    } finally {
      await world.stop();
    }
  },
};
