import { describe, expect, it } from "vitest";
import { formOf } from "./form-of.server";

const request = (body: BodyInit, type?: string) =>
  new Request("https://guazu.test/", {
    method: "POST",
    body,
    headers: type === undefined ? {} : { "content-type": type },
  });

describe("the fields of a form", () => {
  it("come from both kinds that browsers send, files too", async () => {
    const plain = await formOf(
      request(
        new URLSearchParams([
          ["a", "ñ"],
          ["a", "2"],
        ]),
      ),
    );
    expect(plain.getAll("a")).toEqual(["ñ", "2"]);
    const parts = new FormData();
    parts.append("a", "1");
    parts.append("f", new File(["\u0000"], "f.bin"));
    const multipart = await formOf(request(parts));
    expect(multipart.get("a")).toBe("1");
    expect(await (multipart.get("f") as File).text()).toBe("\u0000");
  });

  it("hold no null bytes", async () => {
    const form = await formOf(request("a%00b=c%00d", "application/x-www-form-urlencoded; charset=utf-8"));
    expect([...form]).toEqual([["ab", "cd"]]);
  });

  it.each(["text/plain", "application/json", "", "multipart/form-dataX"])("do not come from %j", async (type) => {
    await expect(formOf(request("a=b", type))).rejects.toMatchObject({ code: "not_a_form", status: 415 });
  });

  it("do not come from what is broken", async () => {
    await expect(formOf(request("--x", "multipart/form-data; boundary=y"))).rejects.toMatchObject({
      code: "form_broken",
      status: 400,
    });
  });
});
