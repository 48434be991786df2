export * from "./actor";
export type { FormProblem } from "./forms/form-problem";
export { PASSWORD_MIN } from "./identity/password-limits";
export { handleFrom } from "./organisations/handle";
export { safeNext } from "./visitor/safe-next";
