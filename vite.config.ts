import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";
import options from "./remix.config.js";

/** Taken into the build: of some a page needs little, and to load the files of all one by one is a third of a start. */
const BUNDLED = [
  "lucide-react",
  /^react-aria/,
  /^react-stately/,
  /^@internationalized/,
  /^drizzle-orm/,
  "zod",
  "jose",
  "uuid",
  /^better-auth/,
  /^@better-auth/,
  "better-call",
  /^@tus/,
];

/** Every page needs these, and they change seldom: one piece, kept by browsers over new builds. */
const FRAMEWORK = /node_modules\/(@remix-run|react|react-dom|scheduler)\//;

type Graph = {
  getModuleIds: () => Iterable<string>;
  getModuleInfo: (id: string) => { importedIds: readonly string[]; code: string | null } | null;
};

/** All that a route's page needs at once: what it imports, and what that imports. */
function neededBy(route: string, { getModuleIds, getModuleInfo }: Graph): Set<string> {
  const needed = new Set([...getModuleIds()].filter((id) => id.includes(`/app/routes/${route}/route.tsx`)));
  const own = new Set(needed);
  for (const id of needed) for (const other of getModuleInfo(id)?.importedIds ?? []) needed.add(other);
  for (const id of own) needed.delete(id);
  return needed;
}

const ICON = /lucide-react\/dist\/esm\/icons\/([\w-]+)\.mjs/;

/** The files of the icons that the public chat names: all come by one door, which would bring those of the whole app. */
function iconsOfTheChat(chat: ReadonlySet<string>, { getModuleIds, getModuleInfo }: Graph): Set<string> {
  const named = new Set<string>();
  let doors = "";
  for (const id of getModuleIds()) {
    const code = getModuleInfo(id)?.code ?? "";
    if (id.endsWith("/lucide-react.mjs")) doors = code;
    if (!chat.has(id) && !id.includes("/app/routes/c.$handle/")) continue;
    for (const [, list = ""] of code.matchAll(/import\s*\{([^}]*)\}\s*from\s*["']lucide-react["']/g))
      for (const name of list.split(",")) named.add(name.trim().split(" ")[0] ?? "");
  }
  const files = new Set<string>();
  for (const [, names = "", file = ""] of doors.matchAll(/export \{([^}]*)\} from ["']\.\/icons\/([\w-]+)\.mjs["']/g))
    if (names.split(",").some((one) => named.has(one.replace("default as", "").trim()))) files.add(file);
  return files;
}

/**
 * A conversation's parts are some eighty files, which the public chat must bring over any line: in two pieces they weigh
 * less, and ask less often, than in thirty. One is what the pages outside the app need too.
 */
function piecesOfTheChat() {
  let pieces: { chat: Set<string>; outside: Set<string>; icons: Set<string> } | undefined;
  return (id: string, graph: Graph): string | undefined => {
    if (!pieces) {
      const chat = neededBy("c.$handle", graph);
      pieces = { chat, outside: neededBy("login", graph), icons: iconsOfTheChat(chat, graph) };
    }
    const [, icon] = ICON.exec(id) ?? [];
    if (icon && !pieces.icons.has(icon)) return "icons";
    // What the framework stands on goes with the framework.
    if (!pieces.chat.has(id) || !/\/(?:app|lucide-react|uuid|remix-utils)\//.test(id)) return undefined;
    return pieces.outside.has(id) ? "outside" : "chat";
  };
}

function clientPieces() {
  const ofTheChat = piecesOfTheChat();
  return (id: string, graph: Graph) => (FRAMEWORK.test(id) ? "framework" : ofTheChat(id, graph));
}

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [tailwindcss(), remix(options), tsconfigPaths()],
  build: {
    target: "es2022",
    sourcemap: false,
    rollupOptions: isSsrBuild ? {} : { output: { manualChunks: clientPieces() } },
  },
  // What pages bring to the browser, prepared at the start of `npm run dev`. Left to find them itself, Vite takes the
  // server's packages for the browser's too, fails at one of them, and breaks the pages that are open meanwhile.
  optimizeDeps: {
    noDiscovery: true,
    include: [
      "@remix-run/react",
      "i18next",
      "lucide-react",
      "react-aria-components",
      "react-dom/client",
      "remix-utils/use-hydrated",
      "tus-js-client",
      "uuid",
      "virtua",
      "zod",
    ],
  },
  ssr: { noExternal: ["remix-utils", ...(command === "build" ? BUNDLED : [])] },
}));
