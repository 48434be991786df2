export { FetchRefusal } from "./fetch-refusal";
export { type Fetched, type GuardedFetch, guardedFetch } from "./guarded-fetch.server";
