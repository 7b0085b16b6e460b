import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { bundledNotices } from './scripts/bundled-notices.ts';
import { byteOrderMark } from './scripts/byte-order-mark.ts';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';
import { earlyScripts } from './scripts/early-scripts.ts';

const notices = bundledNotices();

// One self-contained index.html is the product: it must open from a disk, a plain http host and a sub-path.
export default defineConfig({
  base: './',
  plugins: [
    react(),
    earlyScripts(),
    viteSingleFile({ removeViteModuleLoader: true }),
    contentSecurityPolicy(),
    notices.write(),
    byteOrderMark(),
  ],
  worker: { format: 'iife', plugins: () => [notices.collect()] },
  build: {
    target: 'es2022',
    modulePreload: false,
    copyPublicDir: false,
    chunkSizeWarningLimit: 8000,
    reportCompressedSize: false,
  },
});
