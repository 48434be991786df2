import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";
import options from "./remix.config.js";

/** Of these a page needs little: taken into the build they cost a start nothing, and their thousand files half of it. */
const BUNDLED = ["lucide-react", /^react-aria/, /^react-stately/, /^@internationalized/];

/** Every page needs these, and they change seldom: one piece, kept by browsers over new builds. */
const FRAMEWORK = /node_modules\/(@remix-run|react|react-dom|scheduler)\//;

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [tailwindcss(), remix(options), tsconfigPaths()],
  build: {
    target: "es2022",
    sourcemap: false,
    rollupOptions: isSsrBuild
      ? {}
      : { output: { manualChunks: (id) => (FRAMEWORK.test(id) ? "framework" : undefined) } },
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
      "react-i18next",
      "remix-utils/use-hydrated",
      "tus-js-client",
      "uuid",
      "virtua",
      "zod",
    ],
  },
  ssr: { noExternal: ["remix-utils", ...(command === "build" ? BUNDLED : [])] },
}));
