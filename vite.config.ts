import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import tsconfigPaths from "vite-tsconfig-paths";
import options from "./remix.config.js";

export default defineConfig({
  plugins: [tailwindcss(), remix(options), tsconfigPaths()],
  build: { target: "es2022", sourcemap: false },
  ssr: { noExternal: ["remix-utils"] },
});
