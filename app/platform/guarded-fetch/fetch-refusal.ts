/** Why nothing was fetched. */
export type RefusalCode =
  | "address_invalid"
  | "scheme_refused"
  | "credentials_refused"
  | "port_refused"
  | "address_refused"
  | "header_refused"
  | "too_many_redirects"
  | "too_large"
  | "timeout"
  | "unreachable";

/** A fetch that was not made, or not to its end. Its message names no address: what lies inside is told to nobody. */
export class FetchRefusal extends Error {
  constructor(
    readonly code: RefusalCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
