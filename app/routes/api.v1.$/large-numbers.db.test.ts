import type { AppLoadContext } from "@remix-run/node";
import { expect, it } from "vitest";
import { makeCustomer, makeWorld, withProduct } from "../../../tests/support/world";
import { answerCall } from "./answer-call.server";

withProduct();

it("a number that the database cannot hold is refused, and never an error of ours", async () => {
  const rosa = await makeCustomer(await makeWorld());
  await rosa.writes("hola");
  const get = async (path: string) => {
    const url = `http://127.0.0.1/api/v1/conversations/${rosa.conversationId}/${path}`;
    const request = new Request(url, { headers: { authorization: `Bearer ${rosa.token}` } });
    return (await answerCall(request, {} as AppLoadContext)).status;
  };
  const tooLarge = "99999999999";
  expect(await get(`messages?after_seq=${tooLarge}`)).toBe(400);
  expect(await get(`messages?before_seq=${tooLarge}`)).toBe(400);
  expect(await get(`messages?cursor=${tooLarge}`)).toBe(422);
  expect(await get("messages?cursor=no")).toBe(422);
  expect(await get(`changes?after=${tooLarge}`)).toBe(400);
  expect(await get("messages?cursor=1&after_seq=0")).toBe(200);
  expect(await get("messages")).toBe(200);
});
