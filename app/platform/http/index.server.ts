export { type Call, loggedPath } from "./call.server";
export { clientAddress, proxyTrust } from "./client-address.server";
export type { DirectPost } from "./direct-post.server";
export { clientLeft } from "./exchange.server";
export type { FetchHandler, RequestContext } from "./fetch-call.server";
export { contentSecurityPolicy, newNonce } from "./security-headers.server";
export { type ServerRuntime, type Site, type SiteSettings, serveSite } from "./serve-site.server";
export { addressClass } from "./watch/address-class";
export type { Metrics } from "./watch/metrics-door.server";
