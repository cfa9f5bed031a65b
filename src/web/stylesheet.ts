import { colours } from '../report/html/colours.ts';

/** The look of the review page: the reports' colours and type, a list beside its filters, one column on a phone, rows on paper. */
export const stylesheet = `${colours}
* { box-sizing: border-box; }
html { scroll-padding: 7rem 0 2rem; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
p, h1, h2, dl, dd, ol, fieldset { margin: 0; padding: 0; }
fieldset { min-width: 0; border: 0; }
small, .soft { color: var(--soft); font-size: .85em; }
i { color: var(--soft); }
kbd { padding: 0 .35em; border: 1px solid var(--line); border-radius: .25rem; color: var(--soft); background: var(--paper);
  font: .75em/1.5 ui-monospace, Menlo, Consolas, monospace; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

button, input, select, textarea { font: inherit; color: inherit; }
button { padding: .3rem .7rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); white-space: nowrap; cursor: pointer; }
button:hover { border-color: var(--soft); }
button:disabled { opacity: .5; cursor: default; }
button kbd { margin-left: .5em; }
button.primary { border-color: var(--accent); background: var(--accent); color: var(--paper); font-weight: 600; }
button.link { padding: 0; border: 0; background: none; color: var(--accent); text-decoration: underline; text-underline-offset: .2em; }
input[type=text], input[type=search], select, textarea { width: 100%; padding: .35rem .6rem; border: 1px solid var(--soft); border-radius: .4rem; background: var(--paper); }
input[type=checkbox] { width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }

header { position: sticky; top: 0; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 2rem;
  padding: .75rem 1.5rem .85rem; border-bottom: 1px solid var(--line); background: var(--paper); }
[aria-busy] header::after { content: ""; position: absolute; inset: auto 0 -1px; height: 4px; background: linear-gradient(90deg, transparent, var(--accent), transparent) 0 0 / 50% 100%;
  opacity: 0; animation: wait 1.2s linear .4s infinite; }
@keyframes wait { from { opacity: 1; background-position: -100% 0; } to { opacity: 1; background-position: 200% 0; } }
h1 { font-size: 1.25rem; letter-spacing: -.01em; line-height: 1.3; }
.title p { color: var(--soft); font-size: .85rem; }
progress { position: absolute; inset: auto 0 -1px; width: 100%; height: 4px; border: 0; background: var(--line); appearance: none; }
progress::-webkit-progress-bar { background: var(--line); }
progress::-webkit-progress-value { background: var(--new-ink); transition: inline-size .2s; }
progress::-moz-progress-bar { background: var(--new-ink); }
.counts { flex: 1 1 12rem; color: var(--soft); font-size: .85rem; font-variant-numeric: tabular-nums; }
.counts strong { display: block; color: var(--ink); font-size: .95rem; line-height: 1.7; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; }

.columns { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 2rem; max-width: 88rem; margin: 0 auto; padding: 1.25rem 1.5rem 4rem; }
.filters { position: sticky; top: 6.2rem; align-self: start; max-height: calc(100vh - 7.2rem); overflow: auto; padding: .2rem .5rem 1rem .2rem; scrollbar-width: thin; }
.search > span { display: block; margin-bottom: .25rem; font-size: .85rem; font-weight: 600; }
summary { display: none; }
fieldset { margin-top: 1.2rem; }
legend { margin-bottom: .3rem; padding: 0; font-size: .85rem; font-weight: 600; }
.facets label { display: grid; grid-template-columns: auto 1fr auto; gap: .5rem; align-items: start; padding: .15rem 0; font-size: .9rem; line-height: 1.35; cursor: pointer; }
.facets input { margin-top: .12rem; }
.facets .name { overflow-wrap: anywhere; }
.facets .number { color: var(--soft); font-variant-numeric: tabular-nums; }
.facets .none { color: var(--soft); }
.choices > .link { margin-top: 1rem; }

.toolbar { margin-bottom: .75rem; }
.toolbar .line { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; }
.views { display: flex; }
.views button { border-radius: 0; margin-left: -1px; }
.views button:first-child { border-radius: .4rem 0 0 .4rem; margin: 0; }
.views button:last-child { border-radius: 0 .4rem .4rem 0; }
.views [aria-pressed=true] { background: var(--tint); font-weight: 600; }
.length { color: var(--soft); font-variant-numeric: tabular-nums; }
.only { margin-top: .75rem; overflow-wrap: anywhere; } .only:empty { display: none; }
.bulk { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .5rem 1rem; margin-top: .75rem; padding: .45rem .9rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--tint); }
.bulk:empty { display: none; }
.bulk .selector { display: flex; align-items: center; gap: .7rem; cursor: pointer; }
.bulk .decisions { flex-direction: row; align-items: center; width: auto; }
.bulk .about { color: var(--soft); }

.rows { list-style: none; }
.row { position: relative; display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: .2rem .9rem; padding: .85rem .9rem; border-bottom: 1px solid var(--line); scroll-margin: 7rem 0 2rem; }
.row[aria-current] { background: var(--tint); border-radius: .6rem; border-color: transparent; box-shadow: inset 3px 0 0 var(--accent); }
.row:focus-visible { outline-offset: -2px; border-radius: .6rem; }
.row .selector { padding: .2rem .1rem; }
.what { overflow-wrap: anywhere; }
.about small { margin-left: .25rem; }
.about .many { padding: .05rem .5rem; border-radius: 1rem; background: var(--accent); color: var(--paper); font-size: .85em; font-weight: 600; }
.about .record { font-weight: 400; }
.about .link { margin-left: .5rem; font-size: .85em; }
.diff { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); gap: .75rem; margin: .3rem 0; padding: .35rem .6rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--paper); }
.diff .half { grid-column: 1 / -1; margin-bottom: -.5rem; color: var(--soft); font-size: .82em; }
.arrow { color: var(--soft); }
.before, .after, .value { white-space: pre-wrap; overflow-wrap: anywhere; }
@media screen { .before, .after, .value { max-height: 14rem; overflow: auto; } }
.value { display: inline-block; margin: .3rem 0; padding: .35rem .6rem; border-radius: .4rem; background: var(--warn); color: var(--warn-ink); }
del, ins { padding: 0 .1em; border-radius: .2em; text-decoration: none; }
del { background: var(--old); color: var(--old-ink); }
ins { background: var(--new); color: var(--new-ink); }
.place { font-size: .87em; overflow-wrap: anywhere; } .place bdi { font-weight: 600; }
.before small { display: block; white-space: normal; }
.reason { color: var(--soft); font-size: .87em; overflow-wrap: anywhere; }
.standing { margin-top: .3rem; }
.badge { padding: .05rem .55rem; border-radius: 1rem; font-size: .82rem; white-space: nowrap; background: var(--tint); border: 1px solid var(--line); }
.badge.accept, .badge.edit { background: var(--new); color: var(--new-ink); border-color: transparent; }
.badge.skip, .badge.clear { background: var(--old); color: var(--old-ink); border-color: transparent; }
.badge.later { background: var(--warn); color: var(--warn-ink); border-color: transparent; }

.decisions { display: flex; flex-wrap: wrap; align-content: start; justify-content: flex-end; gap: .35rem; width: 21.5rem; font-size: .92em; }
.decisions button { padding: .3rem .6rem; }
.decisions kbd { margin-left: .4em; }
.decisions .suggestion { flex: 1 1 100%; display: flex; justify-content: space-between; border-color: var(--warn-ink); text-align: left; white-space: normal; overflow-wrap: anywhere; }
.decisions [aria-pressed=true] { border-color: transparent; font-weight: 600; }
.decisions .accept[aria-pressed=true], .decisions .edit[aria-pressed=true], .decisions .suggestion[aria-pressed=true] { background: var(--new); color: var(--new-ink); }
.decisions .skip[aria-pressed=true], .decisions .clear[aria-pressed=true] { background: var(--old); color: var(--old-ink); }
.decisions .later[aria-pressed=true] { background: var(--warn); color: var(--warn-ink); }
.row .accept:not([aria-pressed=true]), .editor .accept { border-color: var(--new-ink); color: var(--new-ink); }

.row:has(.editor) { grid-template-columns: auto minmax(0, 1fr); }
.editor { margin-top: .6rem; }
.editor label { font-size: .85rem; font-weight: 600; }
.editor .line { display: flex; gap: .5rem; margin-top: .25rem; align-items: start; }
.error { margin-top: .3rem; color: var(--old-ink); }
.error:empty { display: none; }
[aria-invalid] { border-color: var(--old-ink) !important; }

.nothing { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; padding: 3rem 1rem; }
.nothing p { flex: 1 1 100%; font-size: 1.1rem; }
.pager { display: flex; gap: .75rem; margin-top: 1rem; } .pager .next { margin-left: auto; }

.notices { position: fixed; inset: auto 0 1rem; z-index: 3; display: grid; justify-items: center; gap: .5rem; padding: 0 1rem; pointer-events: none; }
.said, .problem { max-width: 40rem; padding: .5rem 1rem; border-radius: .5rem; box-shadow: 0 .2rem 1rem #0004; pointer-events: auto; }
.said { background: var(--ink); color: var(--paper); } .said:empty, .problem:empty { display: none; }
.problem { display: flex; gap: 1rem; align-items: start; border: 1px solid var(--old-ink); background: var(--old); color: var(--old-ink); }
.problem strong, .problem span { display: block; }

dialog { width: min(36rem, calc(100vw - 2rem)); padding: 1.5rem; border: 1px solid var(--line); border-radius: .8rem; background: var(--paper); color: var(--ink); box-shadow: 0 1rem 4rem #0006; }
dialog::backdrop { background: #0006; }
dialog h2 { margin-bottom: .75rem; font-size: 1.15rem; }
dialog p + p { margin-top: .6rem; }
.answers { display: flex; gap: .6rem; margin-top: 1.25rem; }
.keys { display: grid; gap: .2rem; margin: 1rem 0; }
.keys div { display: grid; grid-template-columns: 7rem 1fr; }
.switch { display: flex; gap: .5rem; align-items: center; }

.finished { max-width: 44rem; margin: 0 auto; padding: 4rem 1.5rem; }
.finished h1 { margin-bottom: 1rem; font-size: 1.6rem; } .finished h1:focus { outline: none; }
.finished h2 { margin: 1.75rem 0 .4rem; font-size: .95rem; }
.finished .soft { margin-top: 2rem; }
.copied { display: flex; gap: .75rem; align-items: start; }
.copied code { flex: 1; padding: .4rem .7rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--tint); font: .9em/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.paper { display: none; }

@media (min-width: 80rem) { .decisions { width: 25.5rem; } }
@media (max-width: 68rem) {
  .row { grid-template-columns: auto minmax(0, 1fr); }
  .row > .decisions { grid-column: 2; justify-content: flex-start; width: auto; margin-top: .4rem; }
  .decisions .suggestion { flex: 0 1 auto; }
}
@media (max-width: 52rem) {
  html, .row { scroll-padding-top: 1rem; scroll-margin-top: 1rem; }
  header { position: relative; padding: .8rem 1rem; }
  .counts { order: 3; flex-basis: 100%; }
  .columns { display: block; padding: 1rem 1rem 4rem; }
  .filters { position: static; max-height: none; padding: 0; margin-bottom: 1rem; }
  summary { display: list-item; padding: .6rem 0; font-weight: 600; cursor: pointer; }
  .facets { max-height: 14rem; overflow: auto; }
  .row { padding: .85rem .5rem; margin: 0 -.5rem; }
  .diff { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  .diff .half { margin: 0; }
  .arrow { display: none; }
  .diff .before::before { content: "− "; color: var(--old-ink); } .diff .after::before { content: "+ "; color: var(--new-ink); }
  .row .decisions button { flex: 1 1 auto; padding: .55rem .7rem; }
  .decisions kbd { display: none; }
  .keys div { grid-template-columns: 6rem 1fr; }
  .editor .line { flex-wrap: wrap; }
}
@media (forced-colors: active) { del { text-decoration: line-through; } ins { text-decoration: underline; } }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } [aria-busy] header::after { animation-duration: 6s; } }
@page { margin: 14mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; }
  header { position: static; } .tools, .filters, .toolbar, .pager, .notices, .decisions, .selector, .about .link { display: none !important; }
  .about .many { padding: 0; background: none; color: var(--ink); }
  .columns { display: block; padding: 0; } .row { display: block; break-inside: avoid; }
  body:has(.paper) > :not(.paper) { display: none; }
  .paper { display: block; } .paper p { margin: .3rem 0 1rem; }
  .paper table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 8.5pt; } .paper small { display: block; }
  .paper th:nth-child(1), .paper th:nth-child(2) { width: 14%; } .paper th:nth-child(3), .paper th:nth-child(4) { width: 20%; } .paper th:last-child { width: 13%; } .paper thead { display: table-header-group; } .paper tr { break-inside: avoid; }
  .paper th, .paper td { padding: .3rem .4rem; border-bottom: 1px solid #ccc; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
  del { text-decoration: line-through; } ins { text-decoration: underline; }
}
`;
