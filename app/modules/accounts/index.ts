export * from "./actor";
export type { FormProblem } from "./forms/form-problem";
export {
  businessMinutesAgo,
  businessMinutesBetween,
  closedSince,
  isOpenAt,
  nextOpening,
  type Schedule,
  scheduleOf,
} from "./hours/opening-hours";
export { addDays, type Day, dayOf, instantOf, weekdayOf } from "./hours/zone-time";
export { ALL_LOUD, isLoud, isQuietAt, NOTICE_KINDS, type NoticeChoice } from "./notices/notice-choice";
export { handleFrom } from "./organisations/handle";
export { logoAddress } from "./organisations/logo-address";
export { PASSWORD_MIN } from "./passwords/password-limits";
export { TOKEN_SCOPES, type TokenScope } from "./tokens/token-scopes";
export { safeNext } from "./visitor/safe-next";
