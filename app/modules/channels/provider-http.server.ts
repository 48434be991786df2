import { env } from "~/platform/env.server";
import type { ProviderHttp } from "./outbound-message";

/** Longer than the Graph API ever takes to answer, shorter than the lease under which a message is sent. */
const TIMEOUT_MS = 20_000;

/** How the drivers reach Meta, from META_GRAPH_URL and META_VERSION. */
export function providerHttp(): ProviderHttp {
  const { graphUrl, version } = env().meta;
  return { graphUrl, version, timeoutMs: TIMEOUT_MS };
}
