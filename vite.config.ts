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
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
};

/** All that a route's page needs at once: what it imports, and what that imports. */
function neededBy(route: string, { getModuleIds, getModuleInfo }: Graph): Set<string> {
  const needed = new Set([...getModuleIds()].filter((id) => id.includes(`/app/routes/${route}/route.tsx`)));
  const own = new Set(needed);
  for (const id of needed) for (const other of getModuleInfo(id)?.importedIds ?? []) needed.add(other);
  for (const id of own) needed.delete(id);
  return needed;
}

/**
 * A conversation's parts are some eighty files, which the public chat must bring over any line: in two pieces they weigh
 * less, and ask less often, than in thirty. One is what the pages outside the app need too.
 */
function piecesOfTheChat() {
  let pieces: { chat: Set<string>; outside: Set<string> } | undefined;
  return (id: string, graph: Graph): string | undefined => {
    pieces ??= { chat: neededBy("c.$handle", graph), outside: neededBy("login", graph) };
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
