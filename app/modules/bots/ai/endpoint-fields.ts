import { z } from "zod";

function isAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  return (
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "" && url.search === ""
  );
}

const count = (least: number, most: number) =>
  z.number("out_of_range").int("out_of_range").min(least, "out_of_range").max(most, "out_of_range");
/** Millionths of the organisation's currency, up to a million of it. */
const money = count(0, 1_000_000_000_000);

/** What admins may set; each message is the code of the text for people. The key: null forgets it. */
export const endpointFields = z.strictObject({
  enabled: z.boolean(),
  baseUrl: z.string("ai_url_invalid").trim().max(500, "ai_url_invalid").refine(isAddress, "ai_url_invalid"),
  model: z
    .string("ai_model_invalid")
    .trim()
    .regex(/^[\x21-\x7e]{1,200}$/, "ai_model_invalid"),
  key: z
    .string("ai_key_invalid")
    .trim()
    .regex(/^[\x21-\x7e]{1,500}$/, "ai_key_invalid")
    .nullable()
    .optional(),
  timeoutSeconds: count(1, 30),
  mostTokens: count(50, 2_000),
  priceIn: money,
  priceOut: money,
  monthCost: money,
  monthQuestions: count(0, 1_000_000),
});

export type EndpointFields = z.input<typeof endpointFields>;

/** The language model as admins see it: never its key. */
export type AiEndpoint = Omit<z.output<typeof endpointFields>, "key"> & {
  hasKey: boolean;
  /** Of this calendar month (UTC); the cost in millionths. */
  use: { questions: number; cost: number };
};
