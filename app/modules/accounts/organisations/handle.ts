/** Names that could be taken for the product, for a page of it, or for somebody who runs it. */
const RESERVED = new Set(
  `about abuse account accounts admin administrator ajuda api app assets auth ayuda billing blog bot bots c channels chat chats
  contact contacts dashboard docs email favicon flow flows guazu guazuapp healthz help hub inbox info invite legal localhost
  login logout mail manifest me media member members messages metrics mod new null official oficial organisation
  organisations password postmaster preferences privacy public readyz reports reset robots root security settings setup
  signin signout signup soporte static status suporte support system team terms test tickets undefined uploads user users
  webhooks webmaster widget wss www`.split(/\s+/),
);

const HANDLE = /^[a-z0-9](?:[a-z0-9-]{1,28})[a-z0-9]$/;

type HandleProblem = "handle_malformed" | "handle_reserved";

/** What keeps a public handle from being used: 3 to 30 of a-z, 0-9 and single hyphens inside; or null. */
export function handleProblem(handle: string): HandleProblem | null {
  if (!HANDLE.test(handle) || handle.includes("--")) return "handle_malformed";
  return RESERVED.has(handle) ? "handle_reserved" : null;
}

/** A handle to propose for a name: `Yerbatería Ñandú` becomes `yerbateria-nandu`. May be too short to use. */
export function handleFrom(name: string): string {
  const plain = name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 30)
    .replace(/-+$/, "");
}
