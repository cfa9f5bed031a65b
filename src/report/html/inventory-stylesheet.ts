import { stylesheet } from './stylesheet.ts';

/** What the pictures of fields add to the look of every page. */
export const inventoryStylesheet = `${stylesheet}
:root { --clean: #3d9a63; --messy: #e3a008; --top: #7d9cc9; }
@media (prefers-color-scheme: dark) { :root { --clean: #3f9e68; --messy: #d39b16; --top: #5d7eae; } }
i.clean { background: var(--clean); } i.messy { background: var(--messy); } i.top { background: var(--top); }
i.empty { background: var(--line); } i.unread { background: var(--old-ink); }
b.messy { color: var(--warn-ink); }
.ranking td, .ranking th { padding: .3rem .6rem; }
.ranking td:first-child { width: 24%; } .ranking .wide { width: 34%; vertical-align: middle; }
.ranking .number { white-space: nowrap; } .ranking .share { padding-left: 0; color: var(--soft); }
.ranking thead .number { text-align: right; }
.ranking .kinds { color: var(--soft); font-size: .9em; }
.meters { margin: 0; padding: 0; list-style: none; }
.meters li { display: grid; grid-template-columns: 3.6rem 5rem 1fr; gap: .6rem; align-items: baseline; padding: .12rem 0; }
.meters.all li { grid-template-columns: 3.6rem minmax(6rem, 34%) 1fr; }
.meters b { font-weight: 600; text-align: right; font-variant-numeric: tabular-nums; }
.meter { align-self: start; margin-top: .5em; height: .55rem; border-radius: .2rem; background: var(--tint); overflow: hidden; }
.meter i { display: block; height: 100%; min-width: 2px; }
.meters span { min-width: 0; overflow-wrap: anywhere; }
.meters small { font-size: .88em; }
.cards { columns: 27rem; column-gap: 1rem; }
article { break-inside: avoid; margin-bottom: 1rem; padding: 1rem 1.1rem 1.1rem; border: 1px solid var(--line); border-radius: .6rem; scroll-margin-top: 1rem; }
article:target { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
article h3 { margin: 0 0 .6rem; font-size: 1rem; overflow-wrap: anywhere; }
article h3 span, .names span, .ranking span { margin-left: .3rem; color: var(--soft); font-size: .84em; font-weight: 400; }
article h4 { margin: .8rem 0 .2rem; color: var(--soft); font-size: .78rem; font-weight: 600; }
article p { margin: .45rem 0 0; color: var(--soft); font-size: .92em; }
article p b:not(.messy) { color: var(--ink); }
q { quotes: none; padding: 0 .3rem; border-radius: .25rem; background: var(--tint); color: var(--ink); white-space: pre-wrap;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.groups { margin: 0; padding: 0; list-style: none; font-size: .92em; }
.groups li { padding: .2rem 0; border-top: 1px solid var(--line); }
.groups li:first-child { border: 0; }
.groups small { display: inline; margin: 0 .5rem 0 .2rem; }
.groups .more { color: var(--soft); }
.names { columns: 16rem; padding-left: 1.1rem; }
@media (max-width: 40rem) {
  .ranking .kinds { display: none; } .ranking td:first-child { width: 40%; } .ranking td, .ranking th { padding: .3rem .35rem; }
  .meters li { grid-template-columns: 2.8rem 3.2rem 1fr; } .meters.all li { grid-template-columns: 2.8rem 4.5rem 1fr; }
}
@media print {
  i, .meter, .bar, q { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .cards { columns: 2; }
  a { color: inherit; }
}
`;
