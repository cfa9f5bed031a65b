import { columnOf, optionsOf } from './picklist-column.ts';

/** The verdicts on some values of a field whose options the machine's locale could put in another order or case. */
export function decideAll(values: readonly string[]): unknown[] {
  const options = optionsOf(['ILLINOIS', 'Indiana', 'Iowa', 'Idaho', 'Ohio', 'Öl', 'Zoll']);
  const column = columnOf({ options, with: { unknown: 'add-option' } }, values);
  return values.map((value) => column.decide(value));
}

/** Run by itself under other locales: prints the verdicts on its arguments. */
if (process.argv[1] === import.meta.filename)
  process.stdout.write(JSON.stringify(decideAll(process.argv.slice(2))));
