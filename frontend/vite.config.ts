import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Where `oqto serve` listens while the page is developed with `npm run dev`.
const relay = process.env["OQTO_DEV_RELAY"] ?? "http://127.0.0.1:8080";

export default defineConfig({
  // Relative addresses: the page works below any path of a reverse proxy.
  base: "./",
  plugins: [react()],
  build: { target: "es2022", assetsInlineLimit: 0, sourcemap: false },
  server: {
    proxy: { "/api": { target: relay, ws: true, changeOrigin: true } },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 20_000,
  },
});
