import { expect, it } from "vitest";
import { AppError } from "~/platform/errors";
import { answerError } from "./answer-error.server";
import type { Endpoint } from "./endpoint";
import { findEndpoint } from "./find-endpoint";

const endpoint = (method: Endpoint["method"], path: string) => ({ method, path }) as Endpoint;
const ENDPOINTS = [endpoint("GET", "/tickets/:id"), endpoint("PATCH", "/tickets/:id"), endpoint("GET", "/me")];

it("finds a call by method and address, HEAD as GET, and hands its parameters over", () => {
  for (const method of ["GET", "HEAD"]) {
    expect(findEndpoint(ENDPOINTS, method, "/tickets/7")).toMatchObject({
      endpoint: { method: "GET", path: "/tickets/:id" },
      params: { id: "7" },
    });
  }
});

it("says which methods an address takes when it is asked with another", () => {
  let thrown: unknown;
  try {
    findEndpoint(ENDPOINTS, "DELETE", "/tickets/7");
  } catch (error) {
    thrown = error;
  }
  const answer = answerError(thrown, "r1");
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")).toBe("GET, HEAD, PATCH");
});

it("knows no other address", () => {
  expect(() => findEndpoint(ENDPOINTS, "GET", "/tickets")).toThrow(AppError);
});
