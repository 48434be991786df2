import type { FailureReason } from "../outbound-message";

type Codes = readonly (number | readonly [from: number, to: number])[];
type Rule = { reason: FailureReason; codes: Codes; subcodes?: readonly number[] };

/**
 * What an error of the Graph API means for a sending; the first rule that fits counts, those with subcodes stand first.
 * From Meta's pages "Graph API: handling errors", "WhatsApp Cloud API: error codes" and "Messenger Platform: error codes".
 */
const GRAPH_ERROR_RULES: readonly Rule[] = [
  { reason: "window", codes: [10], subcodes: [2018278, 2018065, 2534022] },
  { reason: "recipient", codes: [10], subcodes: [2018108] },
  { reason: "policy", codes: [10], subcodes: [1893063] },
  { reason: "recipient", codes: [100], subcodes: [2018001, 2534014, 2534001] },
  { reason: "policy", codes: [100], subcodes: [2534029] },
  { reason: "recipient", codes: [200, 551], subcodes: [1545041] },
  { reason: "auth", codes: [0, 102, 190] },
  { reason: "transient", codes: [1, 2, 341, 131000, 131016, 131057, 133004] },
  { reason: "throttled", codes: [4, 17, 32, 613, [80000, 80014], 130429, 131048, 131056, 133016] },
  { reason: "window", codes: [131047] },
  { reason: "recipient", codes: [551, 1545041, 130472, 131021, 131026, 131030, 131049, 131050] },
  { reason: "policy", codes: [368, 2022, 130497, 131031] },
  { reason: "permission", codes: [3, 10, [200, 299], 131005, 131037, 131042, 131045, 133010] },
  { reason: "request", codes: [33, 100, 131008, 131009, [131051, 131053], [132000, 132999]] },
];

const covers = (codes: Codes, code: number) =>
  codes.some((one) => (typeof one === "number" ? one === code : code >= one[0] && code <= one[1]));

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === "string" && /^\d{1,10}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
};

/** What the HTTP status alone says: a weak sign, taken only when there is no code, or one that nobody knows. */
function byStatus(status: number | undefined): FailureReason {
  if (status === undefined) return "request";
  if (status >= 500 || status === 408) return "transient";
  if (status === 401) return "auth";
  if (status === 403) return "permission";
  return status === 429 ? "throttled" : "request";
}

/** The class of a Graph API error, of an answer to a request as of a `failed` status. */
export function classifyGraphError(error: {
  code?: unknown;
  subcode?: unknown;
  type?: unknown;
  httpStatus?: number;
}): FailureReason {
  const code = numberOf(error.code);
  const subcode = numberOf(error.subcode);
  if (code === undefined) return error.type === "OAuthException" ? "auth" : byStatus(error.httpStatus);
  const rule = GRAPH_ERROR_RULES.find(
    (one) => covers(one.codes, code) && (!one.subcodes || (subcode !== undefined && one.subcodes.includes(subcode))),
  );
  return rule?.reason ?? byStatus(error.httpStatus);
}
