import { expect, it } from "vitest";
import type { TicketEvent } from "~/modules/tickets";
import { type DeskData, fieldValuesNow } from "../desk";

const line = (id: string, ticket: string, fields?: Record<string, unknown>): TicketEvent => ({
  id,
  ticket,
  after_seq: 1,
  kind: "changed",
  actor: { kind: "member", id: "m", name: "Ana" },
  before: null,
  after: fields ? { fields } : { priority: "high" },
  reason: null,
  created_at: "2026-11-22T10:00:00.000Z",
});

it("fields are as they were loaded, with what was heard of this ticket since", () => {
  const known = line("1", "t", { pedido: "A" });
  const desk = {
    ticket: { id: "t" },
    fields: { fields: [], values: { pedido: "B", color: "azul" }, change: true },
    thread: { events: [known] },
  } as unknown as DeskData;
  expect(fieldValuesNow(desk, [known])).toEqual({ pedido: "B", color: "azul" });
  const heard = [known, line("2", "t", { pedido: null }), line("3", "other", { color: "rojo" }), line("4", "t")];
  expect(fieldValuesNow(desk, heard)).toEqual({ pedido: null, color: "azul" });
});
