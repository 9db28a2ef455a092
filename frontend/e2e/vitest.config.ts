import { defineConfig } from "vitest/config";

// Real processes and a real browser: one file after the other, with time to start.
export default defineConfig({
  test: {
    include: ["e2e/**/*.spec.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 150_000,
    hookTimeout: 90_000,
    // Many real processes on a few busy cores: one more try, which the report shows.
    retry: 1,
  },
});
