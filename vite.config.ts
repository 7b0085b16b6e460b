import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { viteSingleFile } from 'vite-plugin-singlefile';
import { byteOrderMark } from './scripts/byte-order-mark.ts';
import { contentSecurityPolicy } from './scripts/content-security-policy.ts';

// One self-contained index.html is the product: it must open from a disk, a plain http host and a sub-path.
export default defineConfig({
  base: './',
  plugins: [
    react(),
    viteSingleFile({ removeViteModuleLoader: true }),
    contentSecurityPolicy(),
    byteOrderMark(),
  ],
  worker: { format: 'iife' },
  build: { target: 'es2022', copyPublicDir: false, chunkSizeWarningLimit: 8000, reportCompressedSize: false },
});
