/** What the browser shows in the end. */
export interface Landing {
  readonly isGood: boolean;
  readonly title: string;
  readonly text: string;
}

/** A page of its own: no script, nothing from outside, both colour schemes. */
export function landingPage({ isGood, title, text }: Landing): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} – clio-fields</title>
<style>${STYLE}</style>
<main class="${isGood ? 'good' : 'bad'}">
<div class="mark" aria-hidden="true">${isGood ? '✓' : '!'}</div>
<h1>${escape(title)}</h1>
<p>${escape(text)}</p>
<p class="soft">You can close this window and go back to the terminal.</p>
</main>
<footer>clio-fields, on this computer</footer>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #f5f7fa; --card: #fff;
  --good: #116329; --good-tint: #e2f4e6; --bad: #9c1c12; --bad-tint: #fde8e6; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #323b47; --paper: #14181e; --card: #1c222a;
  --good: #a6e3b2; --good-tint: #17391f; --bad: #ffb4ab; --bad-tint: #48201d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-content: center; justify-items: center; gap: 1rem; padding: 1.25rem; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { width: min(27rem, 100%); padding: 2.25rem 2rem; border: 1px solid var(--line); border-radius: .9rem; background: var(--card); text-align: center; }
.mark { display: grid; place-content: center; width: 3.25rem; height: 3.25rem; margin: 0 auto 1.1rem; border-radius: 50%; font-size: 1.6rem; font-weight: 600; }
.good .mark { background: var(--good-tint); color: var(--good); }
.bad .mark { background: var(--bad-tint); color: var(--bad); }
h1 { margin: 0 0 .6rem; font-size: 1.35rem; letter-spacing: -.01em; }
p { margin: 0 0 .6rem; text-wrap: balance; overflow-wrap: anywhere; }
.soft, footer { color: var(--soft); font-size: .9rem; }
.soft { margin: 1.1rem 0 0; }
footer { text-align: center; }
`;

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
