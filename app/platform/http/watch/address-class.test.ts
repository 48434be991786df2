import { describe, expect, it } from "vitest";
import { ADDRESS_CLASSES, addressClass } from "./address-class";

describe("the class of an address", () => {
  it("is one of a handful, whatever is asked for", () => {
    const of = {
      "/healthz": "operations",
      "/metrics": "operations",
      "/assets/root-1a.js": "asset",
      "/favicon.ico": "asset",
      "/api/v1/tickets": "api",
      "/api/v10": "page",
      "/webhooks/meta": "webhook",
      "/media/1": "file",
      "/c/demo": "chat",
      "/inbox.data": "data",
      "/inbox/0190": "page",
      "/../../etc/passwd": "page",
    };
    for (const [path, expected] of Object.entries(of)) expect(addressClass(path), path).toBe(expected);
    expect(new Set(ADDRESS_CLASSES).size).toBe(8);
  });
});
