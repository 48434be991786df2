import { z } from "zod";
import { credentials, providerId } from "../meta/setting-fields";

/** What an organisation gives to connect an Instagram account, through its page or with Instagram's own sign-in. */
export const instagramSettings = z.strictObject({ ig_id: providerId, page_id: providerId.optional(), ...credentials });
