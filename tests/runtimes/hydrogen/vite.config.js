import { reactRouter } from "@react-router/dev/vite";
import { hydrogen } from "@shopify/hydrogen/vite";
import { oxygen } from "@shopify/mini-oxygen/vite";
import { defineConfig } from "vite";

// The store that Shopify has for samples; nothing asks it.
const env = { PUBLIC_STORE_DOMAIN: "mock.shop" };

export default defineConfig({
  plugins: [hydrogen(), oxygen({ env }), reactRouter()],
  // What Hydrogen's own template has.
  ssr: { optimizeDeps: { include: ["react-router > set-cookie-parser", "react-router > cookie", "react-router"] } },
});
