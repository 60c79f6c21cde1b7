// XML as a tree, by nothing but a parser: what tests read files with that Daybook wrote.
import { SaxesParser } from 'saxes';

export interface Node {
  readonly name: string;
  readonly children: Node[];
  text: string;
}

/** The file by nothing but an XML parser. */
export function parsed(xml: string): Node {
  const root: Node = { name: '', children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    const node: Node = { name, children: [], text: '' };
    open.at(-1)!.children.push(node);
    open.push(node);
  });
  parser.on('text', (said) => {
    open.at(-1)!.text += said;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  return root;
}

/** Elements of a name below another, however deep; none inside one of them. */
export const all = (of: Node, name: string): Node[] =>
  of.children.flatMap((own) => (own.name === name ? [own] : all(own, name)));
/** A child's text; empty where there is none. */
export const said = (of: Node, name: string): string =>
  of.children.find((own) => own.name === name)?.text ?? '';
