import { createContentSecurityPolicy } from "@shopify/hydrogen";
import { renderToReadableStream } from "react-dom/server";
import { ServerRouter } from "react-router";

export default async function handle(request, status, headers, router, { env }) {
  const shop = { checkoutDomain: env.PUBLIC_CHECKOUT_DOMAIN, storeDomain: env.PUBLIC_STORE_DOMAIN };
  const { nonce, header, NonceProvider } = createContentSecurityPolicy({ shop });
  const page = (
    <NonceProvider>
      <ServerRouter context={router} url={request.url} nonce={nonce} />
    </NonceProvider>
  );
  headers.set("content-type", "text/html");
  headers.set("content-security-policy", header);
  return new Response(await renderToReadableStream(page, { nonce }), { status, headers });
}
