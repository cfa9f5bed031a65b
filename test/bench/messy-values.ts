import type { Definition } from '../../src/model/field.ts';
import type { RuleName } from '../../src/rules/index.ts';
import { seededRandom } from '../../src/sandbox/random.ts';

/** As many values as a rule's field would hold after years of many hands; the same ones on every machine. */
export function messyValues(name: RuleName, count: number): string[] {
  const random = seededRandom(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const shapes = SHAPES[name];
  return Array.from({ length: count }, () => shapes[below(shapes.length)]?.(below) ?? '');
}

/** A field that the rule writes into; free text where its rule allows. */
export function fieldOf(name: RuleName): Pick<Definition, 'fieldType' | 'name' | 'options'> {
  const labels = name === 'picklist' ? COURTS : [];
  return {
    name: 'Example',
    fieldType: name === 'picklist' ? 'picklist' : 'text_line',
    options: labels.map((label, index) => ({ id: `option-${index}`, label, retired: false })),
  };
}

const COURTS = Array.from({ length: 50 }, (_, index) => `Example County Court ${index + 1}`);

type Below = (limit: number) => number;

const two = (number: number): string => String(number).padStart(2, '0');
const MONTHS = ['January', 'Feb.', 'mar', 'April', 'May', 'JUNE', 'Jul', 'Aug', 'Sept.', 'October'];

const SHAPES: Readonly<Record<RuleName, readonly ((below: Below) => string)[]>> = {
  text: [
    (below) => `${below(9999)} N Example  St., Apt ${below(99)}`,
    (below) => ` placeholder & sample llp ${below(99_999)}`,
    (below) => `NOTREAL, PAT ${below(99_999)}`,
    (below) => `caf\u00e9 \u201cexample\u201d\u00a0no. ${below(99_999)}`,
  ],
  picklist: [
    (below) => COURTS[below(COURTS.length)] ?? '',
    (below) => `example county court ${below(60)}`,
    (below) => `Exmaple  Cnty. Court ${below(60)}`,
    (below) => `${below(99_999)} unknown`,
  ],
  currency: [
    (below) => `$${below(999)},${String(below(1000)).padStart(3, '0')}.${two(below(100))}`,
    (below) => `${below(999)}k`,
    (below) => `approx. ${below(99_999)} usd`,
    (below) => `(${below(99_999)}.50)`,
    (below) => `${below(9)}.5 million`,
  ],
  date: [
    (below) => `${below(12) + 1}/${below(28) + 1}/${1990 + below(35)}`,
    (below) => `${below(12) + 1}-${below(28) + 1}-${two(below(100))}`,
    (below) => `${MONTHS[below(MONTHS.length)]} ${below(28) + 1}, ${1990 + below(35)}`,
    (below) => `${1990 + below(35)}-${two(below(12) + 1)}-${two(below(28) + 1)}`,
    (below) => `on or about ${below(28) + 1} ${MONTHS[below(MONTHS.length)]} ${1990 + below(35)}`,
  ],
  numeric: [
    (below) => String(below(99_999)),
    (below) => `${below(999)},${String(below(1000)).padStart(3, '0')}`,
    (below) => `about ${below(99)}`,
    (below) => `${below(99)}.50 %`,
    (below) => `twenty-${below(9)}`,
  ],
  checkbox: [
    () => 'Yes',
    () => 'n/a',
    (below) => (below(2) === 0 ? ' TRUE ' : 'no.'),
    (below) => `see note ${below(9999)}`,
  ],
  email: [
    (below) => `Pat${below(99_999)}@EXAMPLE.com`,
    (below) => `mailto:pat.${below(99_999)}@example.com;`,
    (below) => `pat${below(99_999)} at example.com`,
    (below) => `Pat Notreal <pat${below(99_999)}@example.org>`,
  ],
  url: [
    (below) => `Example.com/Files/${below(99_999)}`,
    (below) => `https://files.example.com/${below(99_999)}?page=${below(9)}`,
    (below) => `http:/example.org/${below(99_999)}`,
    (below) => `see folder ${below(99_999)}`,
  ],
  phone: [
    (below) => `(212) 555-01${two(below(100))}`,
    (below) => `1.${201 + below(700)}.555.01${two(below(100))}`,
    (below) => `+1 ${201 + below(700)} 555 01${two(below(100))} ext. ${below(999)}`,
    (below) => `555-01${two(below(100))}`,
  ],
  skip: [(below) => `anything ${below(99_999)}`],
};
