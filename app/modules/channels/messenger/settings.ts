import { z } from "zod";
import { credentials, providerId } from "../meta/setting-fields";

/** What an organisation gives to connect a Facebook page. */
export const messengerSettings = z.strictObject({ page_id: providerId, ...credentials });
