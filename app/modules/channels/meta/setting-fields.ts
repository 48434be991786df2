import { z } from "zod";

/** An id that Meta gave: decimal digits, kept as text; people paste it without quotes, so exact numbers are taken too. */
export const providerId = z
  .union([z.string().trim(), z.int().nonnegative().transform(String)])
  .pipe(z.string().regex(/^\d{1,32}$/));

/** A token or app secret: never empty, since an empty secret would verify anything. */
const secret = z.string().trim().min(1).max(2000);

/** What every channel of Meta's has; `app_secret` is for an organisation with a Meta app of its own. */
export const credentials = { access_token: secret, app_secret: secret.optional() };
