import { expect, it } from "vitest";
import type { Notice } from "~/modules/tickets";
import { groupNotices } from "./group-notices";

const notice = (id: string, ticket_id: string | null, read_at: string | null): Notice => ({
  ...{
    id,
    ticket_id,
    webhook_id: ticket_id ? null : "w",
    read_at,
    kind: "mentioned",
    by: "Ana",
    reason: null,
    number: 1,
    contact: "Rosa",
    others: 2,
  },
  created_at: "2026-01-01T00:00:00Z",
});

it("gathers what there is to know of one ticket, or webhook, under its newest", () => {
  const groups = groupNotices([
    notice("4", "a", null),
    notice("3", "b", null),
    notice("2", "a", null),
    notice("1", "a", "x"),
    notice("0", null, null),
  ]);
  expect(groups.map(({ key, newest, count, unread, others }) => [key, newest.id, count, unread, others])).toEqual([
    ["a", "4", 3, 2, 6],
    ["b", "3", 1, 1, 2],
    ["w", "0", 1, 1, 2],
  ]);
});
