// The file around the pages. pdfkit keeps its objects, pages and document information; what stands on a page comes as
// one piece from our own pen. Equal input gives equal bytes: no clock, no random ids.
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { EmbeddedFont } from './embedded-font.ts';
import type { PageShape } from './page-columns.ts';
import { FONT_NAMES, PagePen } from './page-pen.ts';
import {
  addressOf,
  attachCsv,
  declareArchive,
  type FileFacts,
  fileTitle,
  languageOf,
} from './pdf-archive.ts';
import { paperFonts, type Weight } from './pdf-fonts.ts';
import { PdfObjects, type Ref } from './pdf-objects.ts';
import type { ReportSource } from './report-source.ts';
import { StructureTree } from './structure-tree.ts';
import { nameOf } from './title-words.ts';

type PageRef = Ref & {
  readonly data: {
    readonly MediaBox: readonly [number, number, number, number];
    Contents: unknown;
    StructParents: number;
  };
};

/** What pdfkit keeps of a page. */
interface PageObjects {
  readonly content: Ref;
  readonly dictionary: PageRef;
  readonly fonts: Record<string, Ref>;
  readonly annotations: Ref[];
}

/** Left, top, right and bottom in points from a page's upper left corner. */
export type Box = readonly [x1: number, y1: number, x2: number, y2: number];

/** A link whose words and page number stand on the page as content of these numbers. */
export interface PdfLink {
  readonly words: number;
  readonly number: number;
  /** To be called once, when the place is known. */
  leadTo(place: Ref): void;
}

const WEIGHTS: readonly Weight[] = ['regular', 'semibold', 'bold'];
const SUBSETS: Readonly<Record<Weight, string>> = {
  regular: 'DAYBKR',
  semibold: 'DAYBKS',
  bold: 'DAYBKB',
};
const NUMBERS_AT_ONCE = 256;
/** An annotation that is printed too (ISO 32000-1 §12.5.3), as PDF/A wants them. */
const PRINTED = 4;

/** A page to come: its paper, and what is drawn on it when all pages are there. */
export interface ComingPage {
  readonly shape: Pick<PageShape, 'paper' | 'landscape'>;
  /** Says which page of how many it is. */
  number(pen: PagePen, page: number, pages: number): void;
}

const forWeights = <T>(make: (weight: Weight) => T): Record<Weight, T> => ({
  regular: make('regular'),
  semibold: make('semibold'),
  bold: make('bold'),
});

export class PdfFile {
  /** Draws on the page that was begun last. */
  readonly pen: PagePen;
  /** What its pages mean. */
  readonly tree: StructureTree;
  readonly #facts: FileFacts;
  readonly #doc: PdfObjects;
  readonly #out: Writable;
  readonly #fonts: Record<Weight, EmbeddedFont>;
  readonly #dictionaries: Record<Weight, Ref>;
  /** A place on every page for its number, filled at the end: until then nobody knows how many pages there are. */
  readonly #numbers: { readonly ref: Ref; readonly number: ComingPage['number'] }[] = [];
  #coming: ComingPage | null = null;

  constructor(facts: FileFacts, out: Writable) {
    this.#facts = facts;
    this.#out = out;
    // Who stops reading is noticed at the next page; without a listener a stream's fault would end the process.
    out.on('error', () => {});
    this.#doc = openDocument(facts);
    this.#fonts = forWeights((weight) => new EmbeddedFont(paperFonts()[weight]));
    this.#dictionaries = forWeights(() => this.#doc.ref({}));
    this.tree = new StructureTree(this.#doc);
    this.pen = new PagePen(this.#fonts);
  }

  /** How many pages were begun. */
  get pages(): number {
    return this.#numbers.length;
  }

  /**
   * Begins a page when the reader has taken the last.
   * @param coming what it is like, if not like the last.
   * @throws when the reader has gone.
   */
  async turn(coming: ComingPage | null = this.#coming): Promise<void> {
    if (!coming) throw new Error('nobody has said what the first page is like');
    const first = this.pages === 0;
    if (!first) this.#endPage();
    this.#coming = coming;
    this.#beginPage(coming);
    if (!first) await this.#send();
  }

  /** The page is named among the bookmarks. */
  bookmark(title: string): void {
    // pdfkit counts the place from the right edge.
    const left = this.#page.dictionary.data.MediaBox[2];
    this.#doc.outline.addItem(title, { left } as { expanded?: boolean });
  }

  /** The page as links lead to it. */
  get place(): Ref {
    return this.#page.dictionary;
  }

  /**
   * A link in the list of contents.
   * @param box in points from the upper left corner. @param says what it leads to, for those who hear it.
   */
  link([x1, y1, x2, y2]: Box, says: string): PdfLink {
    const { annotations, dictionary } = this.#page;
    const height = dictionary.data.MediaBox[3];
    const ref = this.#doc.ref({});
    const { key, ...contents } = this.tree.contentsItem(ref.id);
    annotations.push(ref);
    return {
      ...contents,
      leadTo(place) {
        Object.assign(ref.data, {
          ...{ Type: 'Annot', Subtype: 'Link', Border: [0, 0, 0], F: PRINTED, StructParent: key },
          Rect: [x1, height - y2, x2, height - y1],
          Contents: new String(says),
          Dest: [place, 'XYZ', 0, (place as PageRef).data.MediaBox[3], 0],
        });
        ref.end(undefined);
      },
    };
  }

  /** Ends the file. @param sources whose figures are attached, each read when its turn comes. */
  async end(sources: Iterable<ReportSource> | AsyncIterable<ReportSource>): Promise<void> {
    this.#endPage();
    this.tree.end();
    for (const [at, { ref, number }] of this.#numbers.entries()) {
      number(this.pen, at + 1, this.#numbers.length);
      ref.compress = false;
      ref.end(this.pen.take());
      if (at % NUMBERS_AT_ONCE === NUMBERS_AT_ONCE - 1) await this.#send();
    }
    for (const weight of WEIGHTS) {
      this.#fonts[weight].embed(this.#doc, SUBSETS[weight], this.#dictionaries[weight]);
    }
    for await (const source of sources) {
      await attachCsv(this.#doc, source, () => this.#send());
    }
    declareArchive(this.#doc, this.#facts);
    this.#doc.end();
    await this.#send();
    this.#out.end();
    if (!this.#out.writableFinished) await this.#either('finish', 'close');
    if (!this.#out.writableFinished) this.#checkReader();
  }

  #endPage(): void {
    this.#doc.addContent(this.pen.take());
    this.tree.endPage();
  }

  get #page(): PageObjects {
    return this.#doc.page as unknown as PageObjects;
  }

  #beginPage({ number, shape }: ComingPage): void {
    this.#doc.addPage({
      size: shape.paper,
      layout: shape.landscape ? 'landscape' : 'portrait',
      margin: 0,
    });
    const page = this.#page;
    for (const weight of WEIGHTS) page.fonts[FONT_NAMES[weight]] = this.#dictionaries[weight];
    const ref = this.#doc.ref({});
    page.dictionary.data.Contents = [page.content, ref];
    page.dictionary.data.StructParents = this.tree.beginPage(page.dictionary.id);
    this.#numbers.push({ ref, number });
  }

  async #send(): Promise<void> {
    this.#checkReader();
    const bytes = this.#doc.read() as Buffer | null;
    if (bytes && !this.#out.write(bytes)) await this.#either('drain', 'close');
    this.#checkReader();
  }

  #checkReader(): void {
    if (this.#out.destroyed) {
      throw this.#out.errored ?? new Error('the reader of the PDF has gone');
    }
  }

  async #either(...events: readonly string[]): Promise<void> {
    const stop = new AbortController();
    try {
      await Promise.race(events.map((event) => once(this.#out, event, { signal: stop.signal })));
    } finally {
      stop.abort();
    }
  }
}

function openDocument(facts: FileFacts): PdfObjects {
  const { body, digest } = facts;
  const recorded = new Date(body.recordedAt);
  return new PdfObjects({
    autoFirstPage: false,
    pdfVersion: '1.7',
    lang: languageOf(body.book.locale),
    tagged: true,
    displayTitle: true,
    font: null,
    info: {
      Title: fileTitle(facts),
      Author: nameOf(body.book),
      Subject: `Ledger position ${body.position}`,
      Keywords: digest,
      Address: addressOf(facts),
      CreationDate: recorded,
      ModDate: recorded,
    },
  } as unknown as PDFKit.PDFDocumentOptions);
}
