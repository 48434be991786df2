import { z } from "zod";
import { languages } from "~/i18n/languages";
import { id, named, time } from "../named";

export const faqAnswer = named(
  "FaqAnswer",
  "An answer that bots give, with the questions it answers.",
  z.object({
    id,
    language: z.enum(languages),
    questions: z.array(z.string()).describe("Wordings of the question; the first is its title"),
    answer: z.string(),
    enabled: z.boolean().describe("Bots use it"),
    updated_at: time,
  }),
);

export const botSecret = named(
  "BotSecret",
  "A key that bots send to some servers. Its value is never told.",
  z.object({
    id,
    name: z.string().describe("HTTP nodes write it as {{org.secrets.name}}"),
    hosts: z.array(z.string()).describe("The only servers that it is sent to"),
    updated_at: time,
  }),
);
