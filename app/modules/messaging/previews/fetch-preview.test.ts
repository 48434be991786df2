import { describe, expect, it } from "vitest";
import { FetchRefusal, type GuardedFetch } from "~/platform/guarded-fetch/index.server";
import { fetchPreview } from "./fetch-preview.server";

type Page = { type?: string; body: string | Buffer; status?: number; lies?: string };
const PAGE = "https://site.test/";

/** A web of these pages; what is not among them lies inside, and is refused as the fetcher refuses it. */
function web(pages: Record<string, Page | FetchRefusal>) {
  const asked: { url: string; input: Parameters<GuardedFetch>[1] }[] = [];
  const fetch: GuardedFetch = async (url, input) => {
    asked.push({ url, input });
    const page = pages[url] ?? new FetchRefusal("address_refused");
    if (page instanceof FetchRefusal) throw page;
    const headers = { "content-type": page.type ?? "text/html" };
    return { status: page.status ?? 200, url: page.lies ?? url, headers, body: Buffer.from(page.body) };
  };
  return { fetch, asked };
}

describe("the preview of a hostile page (TE6)", () => {
  it("is of its words alone: nothing of it runs, and no address of it is taken but its picture's", async () => {
    const body = `<title><img src=x onerror=alert(1)></title><meta property="og:image" content="javascript:alert(1)">
      <meta property="og:description" content="<b>hola</b>"><script>location = "https://evil.test"</script>`;
    const { fetch, asked } = web({ [PAGE]: { body } });
    const preview = await fetchPreview(PAGE, fetch);
    expect(preview).toMatchObject({ description: "<b>hola</b>", url: PAGE, site: "site.test", picture: null });
    expect(asked.map(({ url }) => url)).not.toContain("https://evil.test");
  });

  it("is made of its beginning where it is huge, and waits few seconds for one that is slow", async () => {
    const { fetch, asked } = web({ [PAGE]: { body: `<title>Hola</title>${"<p>".repeat(300_000)}` } });
    expect(await fetchPreview(PAGE, fetch)).toMatchObject({ title: "Hola" });
    expect(asked[0]?.input).toMatchObject({ cut: true, timeoutMs: 5_000 });
    const slow = web({ [PAGE]: new FetchRefusal("timeout") });
    expect(await fetchPreview(PAGE, slow.fetch)).toBeNull();
  });

  it("is none where its address, or its picture's, leads inside", async () => {
    expect(await fetchPreview(PAGE, web({}).fetch)).toBeNull();
    for (const inside of ["http://169.254.169.254/latest", "//localhost/x.png", "http://[::1]/x.png"]) {
      const page = { body: `<title>Hola</title><meta property="og:image" content="${inside}">` };
      expect(await fetchPreview(PAGE, web({ [PAGE]: page }).fetch)).toMatchObject({ title: "Hola", picture: null });
    }
  });

  it("names the site where the page came to lie, and says nothing of what is no page", async () => {
    const moved = web({ [PAGE]: { body: "<title>Hola</title>", lies: "https://www.other.test/x" } });
    expect(await fetchPreview(PAGE, moved.fetch)).toMatchObject({ site: "other.test" });
    for (const page of [
      { body: "<title>x</title>", type: "image/svg+xml" },
      { body: "<title>x</title>", type: "application/octet-stream" },
      { body: "<title>x</title>", status: 500 },
    ])
      expect(await fetchPreview(PAGE, web({ [PAGE]: page }).fetch)).toBeNull();
  });

  it("has no picture that is a drawing with scripts, or of more pixels than fit", async () => {
    const head = `<title>Hola</title><meta property="og:image" content="/x.png">`;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
    const flood = Buffer.from("iVBORw0KGgoAAAANSUhEUgAA+gAAAPoACAYAAAA=", "base64");
    for (const body of [svg, "<html>", flood, ""]) {
      const picture = `${PAGE}x.png`;
      const { fetch } = web({ [PAGE]: { body: head }, [picture]: { body, type: "image/png" } });
      expect(await fetchPreview(PAGE, fetch)).toMatchObject({ title: "Hola", picture: null });
    }
  });
});
