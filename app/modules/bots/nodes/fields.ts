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

export const memberReference = z
  .string()
  .min(1)
  .max(100)
  .meta({ description: "A member's id.", "x-control": "member" });

export const tagName = z.string().trim().min(1).max(50).meta({ "x-control": "tag" });

/** The id of an item, branch, button or share, which is also the name of its exit. */
export const exitId = (taken: readonly string[] = []) =>
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, "must be letters, digits, - and _, at most 40")
    .refine((id) => !taken.includes(id), "is the name of another exit")
    .meta({ description: "Also the name of its exit." });

/** Where a picture, sound or file lies. `accept` says what may be picked, as a browser's input takes it. */
const sourceOf = (accept: string | null) =>
  z
    .discriminatedUnion("from", [
      z.strictObject({
        from: z.literal("file"),
        file: z
          .string()
          .min(1)
          .max(100)
          .meta({ "x-control": "file", ...(accept && { "x-accept": accept }) }),
      }),
      z.strictObject({ from: z.literal("url"), url: z.string().trim().min(1).max(2000).meta({ "x-control": "url" }) }),
    ])
    .meta({ description: "A file of the organisation, or a public address that may hold {{variables}}." });

export const mediaSource = sourceOf(null);
export const pictureSource = sourceOf("image/*");

export const priority = z.enum(["low", "normal", "high", "urgent"]);

/** Reports that two entries of a list have one id. */
export function uniqueIds(list: string, entries: readonly { id: string }[], issue: z.RefinementCtx): void {
  if (new Set(entries.map(({ id }) => id)).size < entries.length) {
    issue.addIssue({ code: "custom", path: [list], message: "has two entries of the same id" });
  }
}
