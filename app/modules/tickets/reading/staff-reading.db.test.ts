import { afterEach, expect, it } from "vitest";
import { topics } from "~/modules/messaging";
import { type Delivery, listen } from "~/platform/events";
import { makeCustomer, makeWorld, memberWrites, withProduct } from "../../../../tests/support/world";
import { markRead } from "./read-conversation.server";

withProduct();

let forget = () => {};
afterEach(() => forget());

it("tells the customer how far staff read in numbers that the customer knows", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await memberWrites(world.admin, rosa.conversationId, "nota", { visibility: "staff" });
  await memberWrites(world.admin, rosa.conversationId, "otra", { visibility: "staff" });
  const frames: Delivery[] = [];
  forget = listen((events) => {
    for (const { definition, data } of events) frames.push(...definition.deliver(data as never));
  });
  await markRead(world.agent, rosa.conversationId, 3);
  const seqTo = (topic: string) =>
    frames.flatMap((one) => (one.topic === topic ? [(one.data as { seq: number }).seq] : []));
  expect(seqTo(topics.conversationStaff(rosa.conversationId))).toEqual([3]);
  expect(seqTo(topics.conversationPublic(rosa.conversationId))).toEqual([1]);
});
