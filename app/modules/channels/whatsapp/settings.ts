import { z } from "zod";
import { credentials, providerId } from "../meta/setting-fields";

/** What an organisation gives to connect a WhatsApp number. */
export const whatsAppSettings = z.strictObject({ phone_number_id: providerId, waba_id: providerId, ...credentials });
