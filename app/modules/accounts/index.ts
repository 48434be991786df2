export * from "./actor";
export { PASSWORD_MAX, PASSWORD_MIN, passwordProblem } from "./identity/password-rules";
export { HANDLE, handleFrom, handleProblem } from "./organisations/handle";
export { type AccountAction, authorise, may } from "./policy";
export { safeNext } from "./visitor/safe-next";
