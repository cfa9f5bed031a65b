/** The colours of every page, in both schemes: old and new for before and after, warn for what a person must decide. */
export const colours = `
:root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6675; --line: #d9dee5; --paper: #fff; --tint: #f5f7fa; --accent: #1f5fae;
  --old: #fde8e6; --old-ink: #9c1c12; --new: #e2f4e6; --new-ink: #116329; --warn: #fff3d6; --warn-ink: #7a4d00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #9aa6b5; --line: #323b47; --paper: #14181e; --tint: #1c222a; --accent: #8ab6f5;
  --old: #48201d; --old-ink: #ffb4ab; --new: #17391f; --new-ink: #a6e3b2; --warn: #443208; --warn-ink: #ffd98a; } }
`;
