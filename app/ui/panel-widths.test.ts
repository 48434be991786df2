import { describe, expect, it } from "vitest";
import { panelWidthsOf, parsePanelWidths } from "./panel-widths";

describe("panel widths", () => {
  it("reads every panel of the cookie", () => {
    const request = new Request("http://x/", { headers: { Cookie: "theme=dark; panels=list.320_side.280; lang=es" } });
    expect(panelWidthsOf(request)).toEqual({ list: 320, side: 280 });
  });

  it.each([undefined, "", "list", "list.", "list.abc", "list.99999", "__proto__.400", "list.320;x"])(
    "makes nothing of %j",
    (text) => {
      expect(parsePanelWidths(text)).toEqual({});
    },
  );

  it("keeps the good ones among bad ones", () => {
    expect(parsePanelWidths("list.320_Side.1_side.280")).toEqual({ list: 320, side: 280 });
  });
});
