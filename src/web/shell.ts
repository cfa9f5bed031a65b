import { randomBytes } from 'node:crypto';
import { escape } from '../report/html/page.ts';
import type { Answer } from './answer.ts';

/** The empty page, which fills itself; only scripts and styles with this answer's nonce run in it. */
export function shell(planId: string): Answer {
  const nonce = randomBytes(18).toString('base64');
  return {
    status: 200,
    type: 'text/html',
    headers: { 'content-security-policy': policy(nonce) },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Review of ${escape(planId)}</title>
<link rel="stylesheet" href="assets/page.css" nonce="${nonce}">
<script type="module" src="assets/web/page/main.js" nonce="${nonce}"></script>
</head>
<body>
<noscript>This page needs JavaScript. Without it, review in the terminal (clio-fields review) or in a spreadsheet (clio-fields review export).</noscript>
</body>
</html>
`,
  };
}

/** A page of words for a browser that is not let in. */
export function refusalPage(status: number, words: string): Answer {
  return {
    status,
    type: 'text/html',
    body: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>clio-fields</title></head>
<body><p>${escape(words)}</p></body>
</html>
`,
  };
}

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}
