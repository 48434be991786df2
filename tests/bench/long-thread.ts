import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../support/chromium";
import type { Benchmark, Row } from "./benchmark";
import { framesOf, traced } from "./driver/frames";
import { median, percentile } from "./driver/percentile";
import { type ProductWorld, startProductWorld } from "./subject/product-world";

const LONG = 100_000;
const SHORT = 100;
const SCREEN = { width: 1440, height: 900 };
/** As a hand on a wheel that does not rest, in px and px a second. */
const WAY = 24_000;
const SPEED = 3_000;
const SLOWER = 4;

const WORDS = [
  "¿Sale hoy el pedido?",
  "Dale, te confirmo apenas lo cargan en el camión. Quedó todo en cajas de doce, como la otra vez.",
  "*Ojo* con https://example.test/pedidos/4415, que tiene otro _precio_",
  "Sí",
  "Mirá que los domingos no hay nadie en el depósito: si llega después de las seis lo deja en lo de Rosa y pasás vos el lunes.",
];

/** A group of one with so many messages; its id. */
async function makeChat(world: ProductWorld, token: string, count: number): Promise<string> {
  const answer = await fetch(`${world.product.url}/api/v1/groups`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ title: `${count} mensajes` }),
  });
  const { data } = (await answer.json()) as { data: { id: string } };
  await world.database.query(
    `with said as (
       insert into message (id, conversation_id, org_id, seq, author_kind, author_id, author_name, kind, text, sent_at, created_at)
       select gen_random_uuid(), c.id, c.org_id, c.last_seq + n, 'account', p.account_id, 'Ana', 'text',
         ($3::text[])[n % $4 + 1], t.at, t.at
       from conversation c join participant p on p.conversation_id = c.id
       cross join generate_series(1, $2::int) n
       cross join lateral (select now() - interval '1 minute' * ($2::int - n) as at) t
       where c.id = $1 returning id, seq, created_at)
     update conversation c set last_seq = s.seq, last_message_id = s.id, last_public_message_id = s.id,
       last_message_at = s.created_at
     from (select * from said order by seq desc limit 1) s where c.id = $1`,
    [data.id, count, WORDS, WORDS.length],
  );
  return data.id;
}

async function signIn(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/login`);
  await page.getByLabel("Correo").fill("ana@medida.test");
  await page.getByLabel("Contraseña", { exact: true }).fill("una clave para medir");
  await page.getByRole("button", { name: "Ingresar" }).click();
  await page.waitForURL((address) => address.pathname !== "/login");
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Milliseconds from the question to the whole page, one after the other, the two in turn. */
async function openingTimes(addresses: readonly string[], cookie: string, times: number): Promise<number[][]> {
  const taken: number[][] = addresses.map(() => []);
  for (let n = 0; n < times; n++) {
    for (const [place, address] of addresses.entries()) {
      const from = performance.now();
      const answer = await fetch(address, { headers: { cookie } });
      const page = await answer.text();
      taken[place]?.push(performance.now() - from);
      if (!answer.ok || !page.includes("Rosa")) throw new Error(`${address} was answered ${answer.status}`);
    }
  }
  return taken;
}

/** As many lines as the way needs, all there from the start: what this browser can do at best on this machine. */
const plainPage = `<body style="margin:0;height:100vh"><section style="height:100vh;overflow-y:auto">${Array.from(
  { length: 1_200 },
  (_, n) => `<p style="padding:8px;margin:4px;width:36rem;background:#eee">${WORDS[n % WORDS.length]}</p>`,
).join("")}</section>`;

async function scroll(session: CDPSession, to: "up" | "down") {
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const trace = await traced(session, () =>
    session.send("Input.synthesizeScrollGesture", {
      x: SCREEN.width * 0.6,
      y: SCREEN.height / 2,
      yDistance: to === "up" ? WAY : -WAY,
      speed: SPEED,
      preventFling: true,
      gestureSourceType: "mouse",
    }),
  );
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  return framesOf(trace);
}

async function measureScrolling(world: ProductWorld, chat: string): Promise<Row[]> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: SCREEN, locale: "es-AR" });
    const session = await page.context().newCDPSession(page);
    await page.setContent(plainPage);
    const plain = await scroll(session, "down");
    await signIn(page, world.product.url);
    await page.goto(`${world.product.url}/chats/${chat}`);
    await page.locator("[data-message]").last().waitFor();
    await page.waitForTimeout(1_000);
    const ours = await scroll(session, "up");
    return [
      {
        what: `scrolling up through ${LONG.toLocaleString("en")} messages, CPU ${SLOWER} times slower`,
        unit: "frames/s",
        ours: ours.perSecond,
        reference: { name: "1,200 plain lines in the same browser", value: plain.perSecond },
        goal: { least: 0.9 },
        more: { longest_gap_ms: ours.longestMs, longest_gap_ms_reference: plain.longestMs, late: ours.late },
      },
    ];
  } finally {
    await browser.close();
  }
}

export const longThread: Benchmark = {
  name: "thread",
  title: `A conversation of ${LONG.toLocaleString("en")} messages`,
  async run({ quick, say }) {
    const world = await startProductWorld(1);
    try {
      const [token = ""] = await world.memberTokens(1);
      const [long, short] = [await makeChat(world, token, LONG), await makeChat(world, token, SHORT)];
      await world.database.query("vacuum analyze");
      say("filled");
      const browser = await launchBrowser();
      const cookie = await signIn(await browser.newPage({ locale: "es-AR" }), world.product.url);
      await browser.close();
      const { url } = world.product;
      await openingTimes([`${url}/chats/${long}`, `${url}/chats/${short}`], cookie, 5);
      const [ours = [], theirs = []] = await openingTimes(
        [`${url}/chats/${long}`, `${url}/chats/${short}`],
        cookie,
        quick ? 10 : 100,
      );
      return [
        {
          what: "its page, from the server, p95",
          unit: "ms",
          ours: percentile(ours, 0.95),
          goal: { most: 200 },
          more: { p50_ms: median(ours), p50_ms_reference: median(theirs) },
        },
        {
          what: "its page, p50",
          unit: "ms",
          ours: median(ours),
          reference: { name: `${SHORT} messages`, value: median(theirs) },
          goal: { most: 1.2 },
        },
        ...(await measureScrolling(world, long)),
      ];
    } finally {
      await world.stop();
    }
  },
};
