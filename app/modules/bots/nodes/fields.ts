import { z } from "zod";

/** Fields that several kinds of node have. `x-control` tells the editor what draws them. */
export const messageText = z
  .string()
  .trim()
  .min(1)
  .max(10_000)
  .meta({ description: "What the customer reads; may hold {{variables}}.", "x-control": "text" });

export const variableName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, "must be a lower-case name such as order_number")
  .meta({ description: "The name of a flow.* variable.", "x-control": "variable" });

export const areaReference = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .meta({ description: "An area's id or its name.", "x-control": "area" });

export const tagName = z.string().trim().min(1).max(50);
