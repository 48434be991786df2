export * from "./actor";
export type { FormProblem } from "./forms/form-problem";
export { PASSWORD_MAX, PASSWORD_MIN } from "./identity/password-limits";
export { passwordProblem } from "./identity/password-rules";
export { HANDLE, handleFrom, handleProblem } from "./organisations/handle";
export { type AccountAction, authorise, may } from "./policy";
export { safeNext } from "./visitor/safe-next";
