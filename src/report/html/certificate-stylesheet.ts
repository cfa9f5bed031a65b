/** The look of a certificate: a sheet of paper, on the screen too; serif, one column, no colour that print would lose. */
export const certificateStylesheet = `
:root { color-scheme: light; --ink: #1b2027; --soft: #59626e; --line: #cfd5dc; --good: #14532d; --bad: #8f1d14; }
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; background: #eceef1; color: var(--ink);
  font: 15px/1.5 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Times New Roman", serif; }
main { max-width: 50rem; margin: 0 auto; padding: 3.25rem 3.5rem 2.5rem; background: #fff; border: 1px solid var(--line);
  box-shadow: 0 1px 3px rgb(0 0 0 / .08), 0 8px 24px rgb(0 0 0 / .06); }
header { padding-bottom: 1.1rem; border-bottom: 3px double var(--ink); }
.kind { margin: 0; color: var(--soft); font-variant-caps: all-small-caps; letter-spacing: .09em; font-size: 1.05rem; }
h1 { margin: .1rem 0 .2rem; font-size: 2rem; font-weight: 600; letter-spacing: -.01em; line-height: 1.2; }
.of { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
.verdict { margin: 1.4rem 0 0; padding: .7rem 1rem; border-left: 4px solid; font-size: 1.05rem; font-weight: 600; }
.verdict.holds { color: var(--good); background: #f1f8f3; }
.verdict.broken { color: var(--bad); background: #fdf1f0; }
section { margin-top: 1.6rem; }
h2 { margin: 0 0 .45rem; padding-bottom: .2rem; border-bottom: 1px solid var(--line); font-size: 1.08rem; font-weight: 600; break-after: avoid; }
dl { display: grid; grid-template-columns: 8.5rem 1fr; gap: .2rem 1rem; margin: 0; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
code { font: .82em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; font-size: .94rem; }
th, td { padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 400; font-size: .86rem; white-space: nowrap; }
.number { padding-right: 0; padding-left: .7rem; text-align: right; font-variant-numeric: tabular-nums; }
small { color: var(--soft); font-size: .86em; }
.badge { white-space: nowrap; }
footer { margin-top: 2.2rem; padding-top: .8rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .84rem; }
footer p { margin: 0 0 .35rem; }
@media (max-width: 40rem) {
  body { padding: 0; } main { padding: 1.5rem 1.1rem; border: 0; box-shadow: none; }
  h1 { font-size: 1.6rem; } dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
}
@page { size: auto; margin: 18mm 18mm 20mm; }
@media print {
  body { padding: 0; background: none; font-size: 10.5pt; } main { max-width: none; padding: 0; border: 0; box-shadow: none; }
  .verdict { background: none !important; border: 1px solid; border-left-width: 4px; }
  thead { display: table-header-group; } tr, dd, dt { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;
