import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const NOTICE = `/*!
 * Waterspace, Apache License 2.0.
 *
 * Contains milsymbol 3.0.4, The MIT License (MIT), Copyright (c) 2017 Måns Beckman.
 * Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
 * documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
 * rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to
 * permit persons to whom the Software is furnished to do so, subject to the following conditions:
 * The above copyright notice and this permission notice shall be included in all copies or substantial portions of
 * the Software.
 * THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
 * WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
 * COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
 * OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
 */`;

export default defineConfig({
  resolve: {
    alias: {
      // The package exports only the whole; its parts leave out the icons of land forces, three quarters of it.
      "milsymbol/parts": here("node_modules/milsymbol/index.mjs"),
    },
  },
  build: {
    outDir: process.env["WATERSPACE_WEB_OUT"] ?? here("../src/waterspace/reports/assets"),
    emptyOutDir: true,
    sourcemap: false,
    reportCompressedSize: false,
    cssMinify: true,
    target: "es2022",
    lib: {
      entry: here("src/report.ts"),
      name: "waterspaceReport",
      formats: ["iife"],
      fileName: () => "report.js",
      cssFileName: "report",
    },
    rolldownOptions: { output: { postBanner: NOTICE } },
  },
  test: { include: ["tests/*.test.ts"] },
});
