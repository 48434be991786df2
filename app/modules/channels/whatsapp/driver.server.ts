import type { ProviderDriver } from "../driver";
import { fitContent } from "../rendering/fit-content";
import { WHATSAPP_LIMITS } from "./limits";
import { parseWhatsApp } from "./parse.server";
import { sendWhatsApp } from "./send.server";
import { whatsAppSettings } from "./settings";

/** WhatsApp's Cloud API. */
export const whatsAppDriver: ProviderDriver = {
  kind: "whatsapp",
  delivery: "provider",
  settings: whatsAppSettings,
  object: "whatsapp_business_account",
  parse: parseWhatsApp,
  plan: (content) => fitContent(content, WHATSAPP_LIMITS),
  send: sendWhatsApp,
};
