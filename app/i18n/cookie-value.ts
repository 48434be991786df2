/** The plain value of one cookie, or undefined. For preferences that hold no secret and need no signature. */
export function cookieValue(request: Request, name: string): string | undefined {
  const found = (request.headers.get("Cookie") ?? "").split(";").find((pair) => pair.trim().startsWith(`${name}=`));
  return found?.slice(found.indexOf("=") + 1).trim();
}
