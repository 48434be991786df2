import { expect, it } from "vitest";
import { siteOrigins } from "./site-origins";

it("keeps a site's origin, each once", () => {
  const given = ["https://www.tienda.example/contacto?x=1", "https://www.tienda.example", "http://localhost:8080/"];
  expect(siteOrigins.parse(given)).toEqual(["https://www.tienda.example", "http://localhost:8080"]);
});

it("takes nothing that would open the frame to more, or begin another rule (TD4)", () => {
  const wide = ["*", "https://*", "https://*.example", "http://tienda.example", "tienda.example", ""];
  const others = ["data:text/html,x", "javascript:1", "https://a:b@c.example"];
  const rules = [
    "'self'; script-src *",
    "https://a.example;script-src/x",
    "https://a.example; script-src *",
    "https://a,b/",
  ];
  for (const site of [...wide, ...others, ...rules]) {
    expect(siteOrigins.safeParse([site]).error?.issues[0]?.message, site).toBe("site_malformed");
  }
});
