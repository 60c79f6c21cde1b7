// XML as a stream: of the elements that somebody wants whole, one at a time, and of all others that they were opened.
// Memory holds one wanted element. Nothing outside the file is ever fetched: a document type is refused, and with it all
// entities but XML's own five (OWASP, XML External Entity Prevention).
import { SaxesParser } from 'saxes';

export interface XmlElement {
  /** Without prefix; with its namespace in braces where that is not the root's. */
  readonly name: string;
  /** Where its tag begins; both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

export interface XmlItem {
  /** Names from the root, separated by slashes. */
  readonly path: string;
  /** Namespace of the root. */
  readonly namespace: string;
  /** Whole if its path is wanted; else only opened, without text and children. */
  readonly element: XmlElement;
}

/** Why a file can't be read on, and where. */
export class XmlFault extends Error {
  readonly line: number;
  readonly column: number;
  readonly code: string;

  constructor(code: string, message: string, at: { line: number; column: number }) {
    super(message);
    this.code = code;
    this.line = at.line;
    this.column = at.column;
  }
}

/** Characters without a tag among them, in one text, attribute or comment. */
const LONGEST_STRETCH = 1_000_000;
const DEEPEST = 64;
/** In an element that is wanted whole: an entry of the most lines, with what files say of each. */
const MOST_ELEMENTS = 500_000;
const MOST_CHARACTERS = 50_000_000;

type Growing = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & {
  children: XmlElement[];
};

/** @throws XmlFault at the first thing that is no XML or too large */
export async function* xmlElements(
  text: AsyncIterable<string>,
  wanted: ReadonlySet<string>,
): AsyncGenerator<XmlItem> {
  const reader = new ElementReader(wanted);
  for await (const piece of text) yield* reader.write(piece);
  yield* reader.end();
}

class ElementReader {
  private readonly parser = new SaxesParser({ xmlns: true });
  private readonly wanted: ReadonlySet<string>;
  private ready: XmlItem[] = [];
  private namespace: string | null = null;
  private readonly paths: string[] = [];
  /** Elements that are open inside a wanted one, itself the first. */
  private readonly open: Growing[] = [];
  private elements = 0;
  /** Where the wanted element began. */
  private wholeFrom = 0;
  private start = { line: 1, column: 1 };
  private lastTag = 0;

  constructor(wanted: ReadonlySet<string>) {
    this.wanted = wanted;
    const { parser } = this;
    parser.on('error', ({ message }) => {
      const said = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
      throw new XmlFault('not-xml', `The file is not well-formed XML: ${said}.`, this.here());
    });
    parser.on('doctype', () => {
      const message = 'A document type (<!DOCTYPE …>) is not taken: remove it.';
      throw new XmlFault('xml-doctype', message, this.here());
    });
    parser.on('opentagstart', ({ name }) => {
      const { columnIndex, line } = parser;
      this.start = { line, column: Math.max(1, columnIndex - name.length - 1) };
    });
    parser.on('opentag', ({ local, name, uri }) => this.opened(local, name, uri));
    parser.on('closetag', () => this.closed());
    const add = (piece: string) => {
      const inner = this.open.at(-1);
      if (inner) inner.text += piece;
    };
    parser.on('text', add);
    parser.on('cdata', add);
  }

  *write(piece: string): Generator<XmlItem> {
    this.parser.write(piece);
    if (this.parser.position - this.lastTag > LONGEST_STRETCH) {
      const message = `There is no tag in ${LONGEST_STRETCH} characters: this is too long for a text.`;
      throw new XmlFault('xml-text-too-long', message, this.here());
    }
    yield* this.taken();
  }

  *end(): Generator<XmlItem> {
    this.parser.close();
    yield* this.taken();
  }

  private taken(): XmlItem[] {
    const { ready } = this;
    this.ready = [];
    return ready;
  }

  private here() {
    const { columnIndex, line } = this.parser;
    return { line, column: columnIndex + 1 };
  }

  private opened(local: string, name: string, uri: string): void {
    this.lastTag = this.parser.position;
    this.namespace ??= uri;
    const own = uri === this.namespace ? local : `{${uri}}${name}`;
    const path = this.paths.length === 0 ? own : `${this.paths.at(-1)}/${own}`;
    this.paths.push(path);
    if (this.paths.length > DEEPEST) {
      const message = `Elements stand more than ${DEEPEST} deep in each other.`;
      throw new XmlFault('xml-too-deep', message, this.start);
    }
    const element: Growing = { name: own, ...this.start, text: '', children: [] };
    const parent = this.open.at(-1);
    if (parent) this.nest(parent, element);
    else if (this.wanted.has(path)) {
      this.wholeFrom = this.parser.position;
      this.open.push(element);
    } else this.ready.push({ path, namespace: this.namespace, element });
  }

  private nest(parent: Growing, element: Growing): void {
    this.elements += 1;
    const size = this.parser.position - this.wholeFrom;
    if (this.elements > MOST_ELEMENTS || size > MOST_CHARACTERS) {
      const message = `${this.open[0]!.name} holds more than ${MOST_ELEMENTS} elements or ${MOST_CHARACTERS} characters.`;
      throw new XmlFault('xml-too-large', message, this.start);
    }
    parent.children.push(element);
    this.open.push(element);
  }

  private closed(): void {
    this.lastTag = this.parser.position;
    const path = this.paths.pop()!;
    const element = this.open.pop();
    if (!element || this.open.length > 0) return;
    this.elements = 0;
    this.ready.push({ path, namespace: this.namespace!, element });
  }
}
