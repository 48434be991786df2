import { expect, it } from "vitest";
import { linksOf } from "./links-of";

const areas = [
  { id: "v", name: "Ventas" },
  { id: "s", name: "Soporte & más" },
];
const known = { publicUrl: "https://guazu.test", handle: "tienda", areas, channels: [] };

it("names the chat, each area of it where there are several, and what an account makes an address of", () => {
  const page = { id: "m", kind: "messenger", name: "Facebook", account: "123", disabled_at: null } as const;
  const off = { ...page, id: "o", account: "456", disabled_at: "2026-01-01T00:00:00Z" };
  const phone = { ...page, id: "w", kind: "whatsapp", account: "789" } as const;
  expect(linksOf({ ...known, channels: [page, off, phone] }).map(({ url }) => url)).toEqual([
    "https://guazu.test/c/tienda",
    "https://guazu.test/c/tienda?area=Ventas",
    "https://guazu.test/c/tienda?area=Soporte%20%26%20m%C3%A1s",
    "https://m.me/123",
  ]);
  expect(linksOf({ ...known, areas: areas.slice(0, 1) })).toHaveLength(1);
});
