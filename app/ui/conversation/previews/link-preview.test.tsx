import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import LinkPreview from "./link-preview";

const preview = {
  url: "https://site.test/a",
  title: "<b>Un sitio</b>",
  description: "",
  site: "site.test",
  picture: { src: "data:image/webp;base64,AA", width: 400, height: 210 },
};

it("leads to the page without telling it who came, and is text and a picture whose place is known", () => {
  const html = renderToStaticMarkup(<LinkPreview preview={preview} />);
  expect(html).toContain('href="https://site.test/a" target="_blank" rel="noopener noreferrer nofollow ugc"');
  expect(html).toContain("&lt;b&gt;Un sitio&lt;/b&gt;");
  expect(html).toContain('width="400" height="210"');
  expect(renderToStaticMarkup(<LinkPreview preview={{ ...preview, picture: null }} />)).not.toContain("<img");
});
