import { z } from "zod";
import { named } from "./named";

export const apiError = named(
  "Error",
  "Every refusal. `code` is for programs and does not change; `data` holds what the code needs.",
  z.object({
    error: z.object({ code: z.string(), message: z.string(), data: z.unknown(), request_id: z.string() }),
  }),
);
