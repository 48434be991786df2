import { mkdirSync } from "node:fs";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launchBrowser } from "./chromium";

const PATIENCE_MS = 20_000;
const PICTURES = "test-results";

export type VisitorOptions = BrowserContextOptions & {
  /** Problems that the story brings about itself. */
  expected?: RegExp[];
};

/** A person with a browser of their own. */
export type Visitor = { page: Page; context: BrowserContext; close(): Promise<void> };

const OURS = new Set(["127.0.0.1", "localhost"]);

function isOurs(address: string): boolean {
  const url = new URL(address);
  return ["data:", "blob:", "about:", "chrome-error:"].includes(url.protocol) || OURS.has(url.hostname);
}

/** Remix says so of a load that a newer one took the place of while its answer was being read. */
const REPLACED = /^AbortError: signal is aborted/;

/** Collects what must not happen on any page: errors, warnings of React, refused content, calls to other hosts. */
function watch(context: BrowserContext, note: (problem: string) => void): void {
  context.on("request", (request) => isOurs(request.url()) || note(`a request to ${request.url()}`));
  context.on("console", (message) => {
    const text = message.text();
    if (REPLACED.test(text)) return;
    const matters = message.type() === "error" || /hydrat|did not match|content security policy/i.test(text);
    if (matters) note(`console ${message.type()}: ${text} (${message.location().url})`);
  });
  context.on("weberror", (error) => {
    const text = String(error.error().stack ?? error.error());
    if (!REPLACED.test(text)) note(`page error: ${text}`);
  });
  context.on("dialog", (dialog) => {
    note(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
}

const fileName = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 100);

/**
 * Chromium for the stories of a file. Each test ends with its visitors gone, and fails when a page of theirs had a
 * problem; of a failed test, every page is kept as a picture under test-results.
 */
export function withBrowser({ args = [] }: { args?: readonly string[] } = {}) {
  let browser: Browser | undefined;
  let contexts: BrowserContext[] = [];
  let problems: string[] = [];
  beforeAll(async () => {
    browser = await launchBrowser(args);
  });
  afterAll(() => browser?.close());
  afterEach(async ({ task }) => {
    const pages = contexts.flatMap((context) => context.pages());
    if (task.result?.state === "fail" || problems.length > 0) {
      mkdirSync(PICTURES, { recursive: true });
      for (const [index, page] of pages.entries())
        await page.screenshot({ path: `${PICTURES}/${fileName(task.name)}-${index + 1}.png` }).catch(() => {});
    }
    await Promise.all(contexts.map((context) => context.close()));
    const found = problems;
    contexts = [];
    problems = [];
    expect(found).toEqual([]);
  });

  return {
    /**
     * Somebody new: no cookies, Spanish of Argentina, light, a laptop's screen. Without the service worker, unlike people:
     * each would fetch the whole build for it, and a story that holds a load back could not. Those about it ask for it.
     */
    async visitor({ expected = [], ...options }: VisitorOptions = {}): Promise<Visitor> {
      if (!browser) throw new Error("the browser is not open yet");
      const context = await browser.newContext({
        locale: "es-AR",
        timezoneId: "America/Argentina/Buenos_Aires",
        viewport: { width: 1280, height: 800 },
        colorScheme: "light",
        reducedMotion: "reduce",
        serviceWorkers: "block",
        ...options,
      });
      contexts.push(context);
      context.setDefaultTimeout(PATIENCE_MS);
      watch(context, (problem) => expected.some((one) => one.test(problem)) || problems.push(problem));
      return { page: await context.newPage(), context, close: () => context.close() };
    },
  };
}

export type Stage = ReturnType<typeof withBrowser>;
