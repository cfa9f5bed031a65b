/** The environment of a program that first runs these lines of JavaScript: what its machine would do, as it sees it. */
export function importing(script: string): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
}
