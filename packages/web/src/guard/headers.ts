export interface PageNeeds {
  /**
   * How the addresses of worker scripts begin that may run WebAssembly, which the page itself may not, and that can connect
   * to nothing: what such a worker is given stays in the page. Such as `/assets/sealed-`.
   */
  readonly sealedWorkers?: string;
}

/** The policy of a worker's script, which holds for the worker in place of the page's. */
export const sealedPolicy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";

/**
 * Headers of every answer. No script and no style but the server's own files; nothing kept on the browser's disk,
 * because an answer may show an X-ray; no other page may frame, embed or open it with access.
 */
export function securityHeaders(): Readonly<Record<string, string>> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}

/** Sets the headers that an answer does not set itself. */
export function withHeaders(answer: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) if (!answer.headers.has(name)) answer.headers.set(name, value);
  return answer;
}
