export * from "./actor";
export type { FormProblem } from "./forms/form-problem";
export { handleFrom } from "./organisations/handle";
export { PASSWORD_MIN } from "./passwords/password-limits";
export { TOKEN_SCOPES, type TokenScope } from "./tokens/token-scopes";
export { safeNext } from "./visitor/safe-next";
