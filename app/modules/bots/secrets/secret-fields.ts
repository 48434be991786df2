import { z } from "zod";

const HOST = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** What admins may set; each message is the code of the text for people. */
export const secretFields = z.strictObject({
  name: z
    .string("secret_name_invalid")
    .trim()
    .regex(/^[a-z][a-z0-9_]{0,39}$/, "secret_name_invalid"),
  /** It travels in headers: one line, of signs that they can hold. */
  value: z
    .string("secret_value_invalid")
    .trim()
    .regex(/^[\x20-\x7e]{4,2000}$/, "secret_value_invalid"),
  hosts: z
    .array(z.string("secret_hosts_invalid").trim().toLowerCase().regex(HOST, "secret_hosts_invalid"))
    .min(1, "secret_hosts_invalid")
    .max(20, "secret_hosts_invalid")
    .transform((hosts) => [...new Set(hosts)]),
});

export type SecretFields = z.input<typeof secretFields>;

/** A secret as admins see it: its value is shown to nobody, ever. */
export type Secret = { id: string; name: string; hosts: string[]; updatedAt: string };
