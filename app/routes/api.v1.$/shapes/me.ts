import { z } from "zod";
import { id, named } from "./named";

export const me = named(
  "Me",
  "Who the token acts as: a member of an organisation, or a customer's guest.",
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("account"),
      id,
      name: z.string(),
      email: z.string(),
      organisation_id: id,
      member_id: id,
      role: z.enum(["agent", "admin"]),
      area_ids: z.array(id),
      scopes: z.array(z.string()),
    }),
    z.object({ kind: z.literal("guest"), id, name: z.string(), conversation_id: id }),
  ]),
);
