import { describe, expect, it } from "vitest";
import { loggedError } from "./logged-error";

describe("an error in the log", () => {
  it("is told without the values of its statement, at any depth (TK1)", () => {
    const failed = new Error("Failed query: select 1 where token = $1\nparams: canary-1,\ncanary-2");
    const logged = loggedError(new Error("outer", { cause: failed }));
    expect(logged.cause?.message).toBe("Failed query: select 1 where token = $1");
    expect(JSON.stringify(logged)).not.toContain("canary");
    expect(logged.cause?.stack).toContain("logged-error.test");
  });

  it("is told without what drivers hang on it", () => {
    const error = Object.assign(new Error("Invalid URL"), {
      code: "ERR_INVALID_URL",
      input: "postgres://a:canary@b/c",
      command: { name: "auth", args: ["canary"] },
      detail: "Key (email)=(canary) already exists.",
      constraint: "account_email_key",
    });
    expect(loggedError(error)).toMatchObject({ code: "ERR_INVALID_URL", constraint: "account_email_key" });
    expect(JSON.stringify(loggedError(error))).not.toContain("canary");
    expect(loggedError(new Error("no way to redis://me:canary@host:1")).message).toBe("no way to redis://me:…@host:1");
  });

  it("ends, whatever causes itself", () => {
    const error = new Error("a circle");
    error.cause = error;
    expect(JSON.stringify(loggedError(error)).split("a circle").length).toBeLessThan(30);
    expect(loggedError("only words")).toEqual({ type: "string", message: "only words", stack: "" });
  });
});
