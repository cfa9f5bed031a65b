import { colours } from './colours.ts';

/** The look of the HTML reports: system fonts, both colour schemes, a phone's width, and paper. */
export const stylesheet = `${colours}* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.25rem 3rem; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; letter-spacing: -.01em; }
h2 { margin: 2.25rem 0 .6rem; font-size: 1.1rem; }
small, h3 span, td span { unicode-bidi: isolate; }
small { display: block; color: var(--soft); font-size: .82em; }
.decision { color: var(--accent); }
dl { display: grid; gap: .15rem; margin: 0; }
dl div { display: grid; grid-template-columns: 6.5rem 1fr; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.tiles { display: flex; flex-wrap: wrap; gap: .75rem; margin: 1.5rem 0 0; padding: 0; list-style: none; }
.tiles li { flex: 1 1 9rem; padding: .8rem 1rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--tint); color: var(--soft); }
.tiles strong { display: block; color: var(--ink); font-size: 1.7rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles .changed strong { color: var(--new-ink); }
.tiles .flagged strong { color: var(--warn-ink); }
.tiles .problem strong { color: var(--old-ink); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-size: .8rem; font-weight: 600; white-space: nowrap; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.fields thead th:nth-child(n+4) { text-align: right; }
.fields td:nth-child(2) { white-space: nowrap; }
.fields span, .standing span { margin-left: .3rem; color: var(--soft); font-size: .82em; }
.record th { padding-top: 1.1rem; background: none; font-size: 1rem; }
.record small { display: inline; margin-left: .4rem; font-weight: 400; }
.changes td:first-child { width: 18%; }
.changes .before, .changes .after { width: 26%; }
.changes.moved .before, .changes.moved .after { width: 32%; }
.flags td { width: 16%; }
.flags .before { width: 20%; }
.flags td:nth-child(4) { width: 30%; }
.before, .after { white-space: pre-wrap; unicode-bidi: plaintext; text-align: left; }
.long { max-height: 22rem; overflow: auto; padding: .2rem .4rem; border: 1px solid var(--line); border-radius: .35rem; }
del, ins { padding: 0 .1em; border-radius: .2em; text-decoration: none; }
del { background: var(--old); color: var(--old-ink); }
ins { background: var(--new); color: var(--new-ink); }
i { color: var(--soft); }
.options { padding-left: 1.1rem; }
.badge { padding: .05rem .5rem; border-radius: 1rem; font-size: .82rem; white-space: nowrap; background: var(--tint); border: 1px solid var(--line); }
.badge.applied, .badge.alreadyThere { background: var(--new); color: var(--new-ink); border-color: transparent; }
.badge.conflict, .badge.rejected, .badge.noAccess { background: var(--old); color: var(--old-ink); border-color: transparent; }
.badge.pending { background: var(--warn); color: var(--warn-ink); border-color: transparent; }
.suggestion { display: inline-block; margin: 0 .15rem .25rem 0; padding: 0 .4rem; border: 1px solid var(--line); border-radius: .35rem; background: var(--tint); }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
.lead { max-width: 46rem; margin: 1.25rem 0 0; font-size: 1.08rem; }
.lead + .bar { margin-top: .9rem; }
.legend { margin: 0 0 .5rem; color: var(--soft); font-size: .85rem; }
.legend i { display: inline-block; width: .8rem; height: .8rem; margin: 0 .2rem 0 .8rem; border-radius: .2rem; vertical-align: -.08rem; }
.legend i:first-child { margin-left: 0; }
.bar { display: flex; height: .8rem; overflow: hidden; border-radius: .25rem; background: var(--tint); }
.bar i { flex: 1 1 0; min-width: 2px; }
i.same { background: var(--line); }
i.changed { background: var(--new-ink); opacity: .75; }
i.flagged { background: #e3a008; }
i.unread { background: var(--old-ink); }
.fields .wide { width: 22%; }
.fields .wide .bar { margin-top: .3rem; }
.fields .nothing { color: var(--soft); }
nav { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; margin: 1rem 0 0; }
h3 { margin: 1.5rem 0 .2rem; font-size: 1rem; scroll-margin-top: 1rem; }
h3 span { margin-left: .3rem; color: var(--soft); font-size: .84em; font-weight: 400; }
.groups .count b { white-space: nowrap; }
.groups .count small { overflow-wrap: anywhere; }
.changes.groups td:first-child { width: 11%; }
.changes.groups .before, .changes.groups .after { width: 30%; }
.part { margin: 0 0 .4rem; content-visibility: auto; contain-intrinsic-size: auto 3rem; }
.part summary { padding: .45rem 0; color: var(--accent); cursor: pointer; }
.part .changes thead { display: none; }
.part[open]:first-of-type .changes thead { display: table-header-group; }
/* Only on paper, and only of a browser that leaves out what is folded away. */
.folded { display: none; margin: 0 0 .5rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .85rem; }
@media (max-width: 40rem) {
  body { padding: 1.25rem .9rem 2rem; }
  .fields thead, .fields td:nth-child(2) { display: none; }
  .fields tr { display: grid; grid-template-columns: repeat(4, 1fr); padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .fields td { border: 0; padding: .1rem 0; text-align: left; }
  .fields :is(td:first-child, .wide) { grid-column: 1 / -1; width: auto; }
  .fields .number::after { content: attr(data-of); display: block; color: var(--soft); font-size: .8rem; }
  :is(.fields, .standing) span { display: block; margin: 0; }
  .changes thead, .part[open]:first-of-type .changes thead, .flags thead { display: none; }
  .changes tr:not(.record), .flags tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .changes td, .flags td { display: block; width: auto !important; border: 0; padding: .1rem 0; }
  .changes .record { display: block; }
  .record th { display: block; border: 0; padding-left: 0; }
  .changes :is(.before, .after) { position: relative; padding-left: 1.1rem; }
  .changes :is(.before, .after)::before { position: absolute; left: 0; }
  .changes .before::before { content: "−"; color: var(--old-ink); }
  .changes .after::before { content: "+"; color: var(--new-ink); }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav { display: none; }
  a { color: inherit; }
  i, .bar { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .part { content-visibility: visible; }
  .part::details-content { content-visibility: visible; block-size: auto; overflow: visible; }
  .part .changes thead { display: table-header-group; }
  .folded { display: block; }
  .long { max-height: none; overflow: visible; padding: 0; border: 0; }
  @supports selector(::details-content) { .folded { display: none; } }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  tr:has(.long) { break-inside: auto; }
  .record { break-after: avoid; }
  del { text-decoration: line-through; }
  ins { text-decoration: underline; }
}
`;
